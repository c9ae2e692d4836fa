"""Reads `cms/texts/<language>.json` and turns it into the body of a page.

A body is a list of pieces: ["h", words], ["p", paragraph or [points] …],
["steps", title, [[title, text] …]], ["points", title, [[icon, title, text] …]],
["listings", title, sector code, number], ["cta", sentence, label, place].
"""

import json
from collections.abc import Callable
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from django.utils.html import escape

FOLDER = Path(__file__).resolve().parents[1] / "texts"


def read_texts(language: str) -> dict[str, dict]:
    return json.loads((FOLDER / f"{language}.json").read_text(encoding="utf-8"))


def body_of(key: str, pieces: list[list]) -> str:
    """The JSON of a page's StreamField.

    Ids come from the place alone, so that the same piece has the same id in every
    language: translations are matched by them.
    """
    return json.dumps(
        [_block(f"{key}/{place}", *piece) for place, piece in enumerate(pieces)]
    )


def paragraphs(*texts: str | list[str]) -> str:
    """Rich text of plain paragraphs and lists."""
    return "".join(
        f"<p>{escape(text)}</p>"
        if isinstance(text, str)
        else "<ul>" + "".join(f"<li>{escape(point)}</li>" for point in text) + "</ul>"
        for text in texts
    )


def _id(place: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"page:{place}"))


def _items(place: str, values: list[dict]) -> list[dict]:
    return [
        {"type": "item", "value": value, "id": _id(f"{place}/{number}")}
        for number, value in enumerate(values)
    ]


def _block(place: str, kind: str, *parts: object) -> dict:
    name, make = KINDS[kind]
    return {"type": name, "value": make(place, *parts), "id": _id(place)}


def _steps(place: str, title: str, steps: list[list[str]]) -> dict:
    values = [{"title": step[0], "text": step[1]} for step in steps]
    return {"title": title, "steps": _items(place, values)}


def _points(place: str, title: str, points: list[list[str]]) -> dict:
    values = [
        {"icon": icon, "title": name, "text": text} for icon, name, text in points
    ]
    return {"title": title, "points": _items(place, values)}


def _listings(place: str, title: str, sector: str, number: int) -> dict:
    return {"title": title, "sector": sector, "number": number}


def _call(place: str, text: str, label: str, target: str) -> dict:
    return {"text": text, "label": label, "page": None, "place": target}


KINDS: dict[str, tuple[str, Callable[..., object]]] = {
    "h": ("heading", lambda place, words: words),
    "p": ("text", lambda place, *texts: paragraphs(*texts)),
    "steps": ("steps", _steps),
    "points": ("points", _points),
    "listings": ("listings", _listings),
    "cta": ("call_to_action", _call),
}
