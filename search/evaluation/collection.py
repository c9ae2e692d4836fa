"""A search collection: documents, queries, and who is a right answer to what."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from .lines import BadLine, json_object, judgement, read_lines, text_field


@dataclass(frozen=True, slots=True)
class Text:
    """A document or a query; ``title`` and ``language`` may be empty."""

    id: str
    text: str
    title: str = ""
    language: str = ""

    @property
    def whole(self) -> str:
        return f"{self.title}\n{self.text}" if self.title else self.text


@dataclass(frozen=True, slots=True)
class Collection:
    """What an evaluation reads; ``judgements`` maps query to document to grade."""

    documents: tuple[Text, ...]
    queries: tuple[Text, ...]
    judgements: Mapping[str, Mapping[str, int]]


def read_collection(
    documents: Path, queries: Path, judgements: Path, complaints: IO[str]
) -> Collection:
    """Reads the three files; raises NoGoodLine or OSError."""
    grades: dict[str, dict[str, int]] = defaultdict(dict)
    for query, document, grade in read_lines(judgements, judgement, complaints):
        grades[query][document] = grade
    return Collection(
        tuple(read_lines(documents, _text_parser(), complaints)),
        tuple(read_lines(queries, _text_parser(), complaints)),
        grades,
    )


def _text_parser() -> Callable[[str], Text]:
    seen: set[str] = set()

    def parse(line: str) -> Text:
        record = json_object(line)
        if record["id"] in seen:
            raise BadLine(f"the id {record['id']} stands here a second time")
        text = Text(
            record["id"],
            text_field(record, "text", required=True),
            text_field(record, "title"),
            text_field(record, "language"),
        )
        seen.add(text.id)
        return text

    return parse
