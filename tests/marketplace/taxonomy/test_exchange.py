"""The lexicon leaves as a file and comes back, line by line."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from marketplace.taxonomy.exchange import read_lexicon, write_lexicon
from marketplace.taxonomy.models import Capability, LexiconEntry
from tests.factories import make_sector

pytestmark = pytest.mark.django_db
HEADER = "concept\twords_en\twords_he\twords_ar\tsectors\tcapabilities\n"


@pytest.fixture
def quince() -> LexiconEntry:
    Capability.objects.create(
        slug="jam-test", step="x", name_en="jam", name_he="ריבה", name_ar="مربى"
    )
    entry = LexiconEntry.objects.create(
        concept="quince", words_en=["quince", "quinces"], words_he=["חבוש"]
    )
    entry.sectors.add(make_sector("1030"))
    entry.capabilities.add(Capability.objects.get(slug="jam-test"))
    return entry


def written() -> str:
    out = StringIO()
    write_lexicon(out)
    return out.getvalue().replace("\r\n", "\n")


def read(*lines: str, **options: bool):
    return read_lexicon(
        StringIO(HEADER + "".join(f"{line}\n" for line in lines)), **options
    )


def test_what_was_written_is_read_without_a_change(quince):
    text = written()
    assert "quince\tquince;quinces\tחבוש\t\t1030\tjam-test\n" in text
    outcome = read_lexicon(StringIO(text))
    assert (outcome.created, outcome.changed, outcome.bad) == (0, 0, [])
    assert outcome.unchanged == LexiconEntry.objects.count()


def test_lines_change_create_and_leave_the_rest(quince):
    LexiconEntry.objects.create(concept="medlar", words_en=["medlar"])
    outcome = read("quince\tquince\tחבוש\tسفرجل\t\tjam-test", "sorrel\tsorrel\t\t\t\t")
    assert (outcome.created, outcome.changed) == (1, 1)
    quince.refresh_from_db()
    assert (quince.words_en, quince.words_ar) == (["quince"], ["سفرجل"])
    assert not quince.sectors.exists()
    assert quince.capabilities.count() == 1
    assert LexiconEntry.objects.filter(concept__in=["medlar", "sorrel"]).count() == 2


def test_a_dry_run_counts_and_changes_nothing(quince):
    outcome = read("quince\tother\t\t\t\t", "sorrel\tsorrel\t\t\t\t", is_dry=True)
    assert (outcome.created, outcome.changed) == (1, 1)
    assert not LexiconEntry.objects.filter(concept="sorrel").exists()


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("\tword\t\t\t\t", "small letters"),
        ("Two Words\tword\t\t\t\t", "small letters"),
        ("x" * 65 + "\tword\t\t\t\t", "small letters"),
        ("sorrel\t\t ; \t\t\t", "no word"),
        ("sorrel\tsorrel\t\t\t9999\t", "sectors knows no 9999"),
        ("sorrel\tsorrel\t\t\t\tnothing", "capabilities knows no nothing"),
        ("sorrel", "no word"),
    ],
)
def test_a_bad_line_is_named_and_passed_over(quince, line, reason):
    outcome = read(line, "cress\tcress\t\t\t\t", "cress\tcress\t\t\t\t")
    assert outcome.created == 1
    assert [number for number, _ in outcome.bad] == [2, 4]
    assert reason in outcome.bad[0][1]
    assert "second time" in outcome.bad[1][1]


def test_the_commands_carry_a_file_there_and_back(quince, tmp_path):
    path, out = tmp_path / "lexicon.tsv", StringIO()
    call_command("export_lexicon", path, stdout=out)
    path.write_text("\ufeff" + path.read_text(encoding="utf-8"), encoding="utf-8")
    call_command("import_lexicon", path, stdout=out)
    assert "created 0\nchanged 0\n" in out.getvalue()


@pytest.mark.parametrize("content", [b"", b"concept\n", b"\xff\xfe\x00"])
def test_a_file_that_is_no_lexicon_is_refused_in_a_line(content, tmp_path):
    path = tmp_path / "lexicon.tsv"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=r"lexicon\.tsv"):
        call_command("import_lexicon", path)
