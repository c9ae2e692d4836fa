"""The command as an operator runs it, on files of its own."""

import gzip
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from search.models import IndexedListing, TermFrequency

pytestmark = pytest.mark.django_db

DOCUMENTS = """\
{"id":"d17","title":"Drip lines for greenhouses","text":"We fit and repair drip irrigation.","language":"en"}
{"id":"d18","text":"אנחנו מתקינים השקיה בטפטוף בחממות.","language":"he","other":1}
{"id":"d19","text":"نركب أنظمة الري بالتنقيط في الدفيئات.","language":"ar"}
{"id":"d20","text":"Bread and cakes.","language":"en"}
"""
QUERIES = """\
{"id":"q3","text":"מי מתקין השקיה בטפטוף בחממות?","language":"he"}
{"id":"q4","text":"Who repairs drip irrigation?","language":"en"}
{"id":"q5","text":"nobody judged this"}
"""
QRELS = "q3\td18\t1\nq4\td17\t2\nq4\td20\t0\n"


class Files:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.write("d.jsonl", DOCUMENTS)
        self.write("q.jsonl", QUERIES)
        self.write("r.tsv", QRELS)

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")

    def evaluate(self, **options: object) -> tuple[dict[str, str], str]:
        out, err = StringIO(), StringIO()
        options.setdefault("documents", self.folder / "d.jsonl")
        call_command(
            "evaluate_retrieval",
            queries=self.folder / "q.jsonl",
            qrels=self.folder / "r.tsv",
            stdout=out,
            stderr=err,
            **options,
        )
        lines = (line.split(" ") for line in out.getvalue().splitlines())
        return dict(lines), err.getvalue()


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


def test_the_figures_of_a_small_collection(files):
    figures, complaints = files.evaluate()
    assert complaints == ""
    assert figures["engine"] == "embedded"
    assert figures["documents"] == "4"
    for name in ("mrr@10", "recall@1", "recall@10", "recall@100", "ndcg@10"):
        assert figures[name] == "1.0000"
        assert figures[f"he-he.{name}"] == "1.0000"
        assert figures[f"en-en.{name}"] == "1.0000"
    for name in ("ms_p50", "ms_p95", "ms_candidates_p50", "ms_candidates_p95"):
        assert float(figures[name]) >= 0
    assert float(figures["ms_candidates_p50"]) <= float(figures["ms_p50"])


def test_the_json_says_what_was_printed(files):
    out = files.folder / "out.json"
    figures, _ = files.evaluate(json=out)
    written = json.loads(out.read_text())
    assert set(written) == set(figures)
    assert written["mrr@10"] == 1


def test_bad_lines_are_named_and_the_rest_is_used(files):
    bad = DOCUMENTS + (
        "no json\n"
        '{"id":"d17","text":"twice"}\n'
        '{"id":"a b","text":"space in the id"}\n'
        '{"id":"d21"}\n'
        "[1]\n"
    )
    files.write("d.jsonl", bad)
    figures, complaints = files.evaluate()
    assert figures["documents"] == "4"
    reported = [
        line.split(": ", 1)[0].rpartition(":")[2] for line in complaints.splitlines()
    ]
    assert reported == ["5", "6", "7", "8", "9"]


def test_compressed_files_are_read_as_such(files):
    path = files.folder / "d.jsonl.gz"
    path.write_bytes(gzip.compress(DOCUMENTS.encode()))
    figures, _ = files.evaluate(documents=path)
    assert figures["documents"] == "4"


def test_a_file_without_a_good_line_ends_it(files):
    files.write("r.tsv", "q3 d18 1\n")
    with pytest.raises(CommandError, match="no good line"):
        files.evaluate()


def test_the_sites_own_index_is_not_touched(files):
    files.evaluate()
    assert not IndexedListing.objects.exists()
    assert not TermFrequency.objects.exists()
