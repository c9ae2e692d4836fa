"""One hash that rests on all before it: what was written cannot be changed unseen (pure)."""

import hashlib
import json
from collections.abc import Mapping

START = "0" * 64


def link(previous: str, facts: Mapping[str, object]) -> str:
    """SHA-256 of the hash before and the facts, as canonical JSON (RFC 8785 in spirit)."""
    text = json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{previous}{text}".encode()).hexdigest()
