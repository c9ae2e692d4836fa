"""Where private words could come to light, and finding them there.

Each function yields `(place, canary)` for every canary that stands where nobody may
read it. An empty answer is the pass figure.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.mail import EmailMessage
from django.db import connection

from marketplace.notices.faces import faces_of
from marketplace.notices.models import Notice
from marketplace.organisations.stages import Stage
from search.engines.embedded.schema import TABLES
from search.engines.loader import engines
from search.models import IndexedWord
from tests.security.world import World

STAGES = Path(__file__).with_name("stages.toml")
FULL_TEXT = [table for table in TABLES if table != "search_versions"]
Found = Iterator[tuple[str, str]]

# How near each party has come to another, as the world was built: reader, then whom.
# Who is not named here is a member to the other.
RELATIONS: dict[tuple[str, str], Stage] = {
    ("haifa", "jenin"): Stage.INTERESTED,
    ("haifa", "hebron"): Stage.PERSON,
    ("hebron", "haifa"): Stage.PERSON,
    ("haifa", "nablus"): Stage.VENTURE,
    ("nablus", "haifa"): Stage.VENTURE,
}
# Columns that hold private words because that is what they are for.
HOMES = {
    "people_user": {"email"},
    "account_emailaddress": {"email"},
    "organisations_invitation": {"email"},
    "introductions_introduction": {
        "i_bring",
        "i_need",
        "why_you",
        "first_step",
        "constraints",
        "question",
        "reply",
        "reason",
        "note",
    },
    "introductions_message": {"text"},
    "introductions_context": {"text"},
    "introductions_draftwording": {"before", "after"},
    "introductions_concern": {"note"},
    "listings_report": {"note"},
    "organisations_verificationdecision": {"note"},
    "payments_adjustment": {"note"},
    "search_matchevent": {"reason"},
    "mandates_investormandate": {"name", "words"},
    "meetings_meeting": {"place"},
    "meetings_proposal": {"place", "note"},
    "meetings_sidenote": {"text"},
    "meetings_sharedline": {"text", "step"},
    "ventures_jointventure": {"title", "purpose"},
    "ventures_wording": {"title", "purpose"},
    "ventures_textversion": {"text"},
    "ventures_dissent": {"text"},
    "ventures_arrangement": {"what", "who", "place"},
    "ventures_closingnote": {"note"},
    "ventures_milestone": {"text", "stood_text"},
}


def stage_table() -> dict[str, dict[str, str]]:
    return tomllib.loads(STAGES.read_text())


def readers_of(world: World) -> dict[str, tuple[str, frozenset[str]]]:
    """Each canary's word and the parties whose pages may show it, by hand-made tables."""
    table = {
        field: word for part in stage_table().values() for field, word in part.items()
    }
    readers = {key: (word.text, word.readers) for key, word in world.words.items()}
    names = [party.name for party in world.parties]
    for party in world.parties:
        for field, word in party.canaries.items():
            near = {name for name in names if _is_near(name, party.name, table[field])}
            readers[f"{party.name}.{field}"] = word, frozenset({party.name, *near})
    return readers


def _is_near(reader: str, whom: str, stage: str) -> bool:
    if stage == "NEVER" or reader == whom:
        return False
    return RELATIONS.get((reader, whom), Stage.MEMBER) >= Stage[stage]


def _in(text: str, words: Iterable[tuple[str, str]], place: str) -> Found:
    for key, word in words:
        if word in text:
            yield place, key


# -- pages ------------------------------------------------------------------------


def on_pages(world: World, reader: str, pages: Mapping[str, str]) -> Found:
    """What a reader's pages show of others before its time."""
    closed = [
        (key, word)
        for key, (word, readers) in readers_of(world).items()
        if reader not in readers
    ]
    for path, html in pages.items():
        yield from _in(html, closed, path)


def not_shown(world: World, reader: str, pages: Mapping[str, str]) -> set[str]:
    """What a reader has been shown by agreement and finds on none of the pages."""
    everything = "\n".join(pages.values())
    return {
        key
        for key, (word, readers) in readers_of(world).items()
        if reader in readers and word not in everything
    }


FOREIGN = re.compile(
    r"""\b(?:src|href|action|srcset|poster)\s*=\s*["']?(?:https?:)?//"""
)


def foreign_hosts(pages: Mapping[str, str]) -> set[str]:
    return {path for path, html in pages.items() if FOREIGN.search(html)}


# -- rows, index, log, mail, files --------------------------------------------------


def in_rows(world: World) -> Found:
    """Every text of every table but the columns that are made for it."""
    canaries = world.canaries.items()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            columns = [
                column.name
                for column in connection.introspection.get_table_description(
                    cursor, table
                )
                if column.name not in HOMES.get(table, ())
            ]
            named = ", ".join(connection.ops.quote_name(name) for name in columns)
            cursor.execute(f"SELECT {named} FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                yield from _in("\n".join(map(_text, row)), canaries, table)
    for session in Session.objects.all():
        yield from _in(str(session.get_decoded()), canaries, "a log-in session")


def _text(cell: object) -> str:
    if isinstance(cell, bytes | memoryview):
        return bytes(cell).decode("latin-1")
    return str(cell)


def in_index(world: World) -> Found:
    """Terms of the full-text tables, and words of the index: canaries begin with `zq`."""
    words = IndexedWord.objects.values_list("spelling", flat=True)
    yield from (("the words", word) for word in words if "zq" in word)
    store = engines()["embedded"].store
    for table in FULL_TEXT:
        store.read(
            f"CREATE VIRTUAL TABLE temp.leaks_{table}"
            f" USING fts5vocab('main', '{table}', 'row')"
        )
        terms = [term for (term,) in store.read(f"SELECT term FROM temp.leaks_{table}")]
        store.read(f"DROP TABLE temp.leaks_{table}")
        assert terms, f"{table} is empty: nothing was looked at"
        yield from ((table, term) for term in terms if "zq" in term)


def in_notices(world: World) -> Found:
    """The lines as their readers see them, and all that is kept of them."""
    for notice in Notice.objects.select_related("recipient"):
        (face,) = faces_of([notice], notice.recipient, "en")
        said = f"{face.line} {notice.parameters} {notice.url}"
        yield from _in(said, world.canaries.items(), f"notice {notice.kind}")


def in_mails(world: World, mails: Iterable[EmailMessage]) -> Found:
    """Subject, text, other parts and headers; the reader's own address is in `to`."""
    for message in mails:
        parts = [message.subject, message.body, message.from_email]
        parts += [str(part[0]) for part in getattr(message, "alternatives", [])]
        parts += [f"{name}: {value}" for name, value in message.extra_headers.items()]
        yield from _in("\n".join(parts), world.canaries.items(), "a mail")


def in_lines(world: World, lines: Iterable[str]) -> Found:
    yield from _in("\n".join(lines), world.canaries.items(), "the log")


def in_files(world: World) -> Found:
    """Names and bytes of every stored file, served or not."""
    roots = (Path(settings.MEDIA_ROOT), Path(settings.PRIVATE_ROOT))
    paths = [(root, path) for root in roots for path in root.rglob("*")]
    for root, path in (pair for pair in paths if pair[1].is_file()):
        place = str(path.relative_to(root))
        content = path.read_bytes().decode("latin-1")
        yield from _in(f"{place}\n{content}", world.canaries.items(), place)
