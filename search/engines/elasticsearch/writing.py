"""Documents as lines of a bulk request, and what the server says of each of them."""

from collections.abc import Iterable, Mapping
from typing import Any

from search.documents import ListingDocument
from search.exceptions import EngineUnavailable

OLDER_LOSES = "external_gte"
ONLY_NEWER = "external"
_REFUSED = 400
_NOT_FOUND = 404
_CONFLICT = 409

Line = dict[str, Any]


class DocumentRefused(Exception):
    """The server finds fault with a document itself; trying again would not help."""


def lines_for(
    documents: Iterable[ListingDocument], target: str, version_type: str
) -> list[Line]:
    """Action and source of every document, for one index or alias."""
    lines: list[Line] = []
    for document in documents:
        address = _address(target, document.id, document.version, version_type)
        lines += [{"index": address}, fields_of(document)]
    return lines


def lines_without(versions: Mapping[int, int], target: str) -> list[Line]:
    """Removals of documents as they are known; a newer one will stay.

    A removal leaves a marker with that version behind, so that an older document
    under way elsewhere cannot come after it.
    """
    return [
        {"delete": _address(target, pk, version, OLDER_LOSES)}
        for pk, version in versions.items()
    ]


def fields_of(document: ListingDocument) -> Line:
    """What is indexed of a listing; a side without text or codes is left out."""
    fields = {
        "key": document.id,
        "gate": list(document.gates),
        "terms": document.offer_terms.replace("/", " "),
        "need_terms": document.need_terms.replace("/", " "),
        "codes": list(document.offer_codes),
        "need_codes": list(document.need_codes),
    }
    return {name: value for name, value in fields.items() if value or name == "key"}


def check(answer: Any) -> None:
    """Raises for the first line that was not done; one a newer version bars is done."""
    try:
        items = [result for item in answer["items"] for result in item.items()]
    except (KeyError, TypeError, AttributeError) as error:
        raise EngineUnavailable("the answer has another shape") from error
    refused = None
    for action, result in items:
        status = result.get("status", 0)
        if status < _REFUSED or status == _CONFLICT:
            continue
        if action == "delete" and status == _NOT_FOUND and "error" not in result:
            continue
        if status != _REFUSED:
            raise EngineUnavailable(f"a line was not written: {status}")
        refused = f"document {result.get('_id')}: {result['error'].get('type')}"
    if refused:
        raise DocumentRefused(refused)


def _address(target: str, pk: int, version: int, version_type: str) -> Line:
    return {
        "_index": target,
        "_id": str(pk),
        "version": version,
        "version_type": version_type,
    }
