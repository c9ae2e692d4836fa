"""Concepts in texts of three languages."""

import pytest

from marketplace.taxonomy.models import Capability, LexiconEntry
from search.analysis import analyse
from search.lexicon import Concept, Lexicon, current_lexicon
from tests.factories import make_sector

OIL = Concept("con_olive_oil", ("isic_c1040",))
OLIVE = Concept("con_olive")
EXPORT = Concept("con_export")
LEXICON = Lexicon(
    [
        (OIL, ["olive oil", "שמן זית", "زيت زيتون", "زيت الزيتون"]),
        (OLIVE, ["olive", "זית", "زيتون"]),
        (EXPORT, ["export", "יצוא", "تصدير"]),
    ]
)


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("Olive oils in bulk", (OIL, OLIVE)),
        ("שמן הזית שלנו", (OIL, OLIVE)),
        ("زيت الزيتون البكر", (OIL, OLIVE)),
        ("olives and oil", (OLIVE,)),
        ("הזיתים ליצוא", (OLIVE, EXPORT)),
        ("exporting olive oil and olives", (EXPORT, OIL, OLIVE)),
        ("software", ()),
        ("", ()),
    ],
)
def test_the_longest_phrase_is_found_in_any_form(text, concepts):
    assert LEXICON.find(analyse(text)) == concepts


def test_a_word_of_several_meanings_keeps_them_together():
    voice, sound = Concept("con_voice"), Concept("con_sound")
    lexicon = Lexicon([(voice, ["קול"]), (sound, ["קול"]), (EXPORT, ["יצוא"])])
    words = analyse("קול היצוא והקול")
    assert lexicon.meanings(words) == ((voice, sound), (EXPORT,))
    assert lexicon.find(words) == (voice, sound, EXPORT)


def test_a_phrase_at_the_very_end_is_not_read_past_it():
    assert LEXICON.find(analyse("olive")) == (OLIVE,)


def test_short_stems_do_not_make_words_alike():
    guarantee = Lexicon([(Concept("con_guarantee"), ["ערבות"])])
    assert guarantee.find(analyse("בערב")) == ()
    assert guarantee.find(analyse("לערבות")) == (Concept("con_guarantee"),)


@pytest.mark.django_db
def test_staffs_entries_and_names_of_kinds_of_help_are_known():
    entry = LexiconEntry.objects.create(
        concept="quince-jam-test",
        words_en=["quince jam"],
        words_he=["ריבת חבושים"],
        words_ar=["مربى السفرجل"],
    )
    entry.sectors.add(make_sector("1030", level="class"))
    Capability.objects.create(
        slug="jar-lending-test",
        step="x",
        name_en="jar lending",
        name_he="השאלת צנצנות",
        name_ar="إعارة المرطبانات",
    )
    found = current_lexicon().find(analyse("מחפשים ריבת חבושים והשאלת צנצנות"))
    jam = Concept("con_quince_jam_test", ("isic_c1030",))
    lending = Concept("cap_jar_lending_test", ("cap_jar_lending_test",))
    assert {jam, lending} <= set(found)


@pytest.mark.django_db
def test_an_edited_entry_is_known_at_once():
    entry = LexiconEntry.objects.create(concept="medlar-test", words_en=["medlarish"])
    assert current_lexicon().find(analyse("medlarish"))
    entry.delete()
    assert not current_lexicon().find(analyse("medlarish"))


@pytest.mark.django_db
def test_rows_that_say_the_same_make_no_lexicon_anew(monkeypatch):
    before = current_lexicon()
    monkeypatch.setattr("search.lexicon.monotonic", lambda: 10**9)
    assert current_lexicon() is before
    # As another process would: without a signal in this one.
    LexiconEntry.objects.bulk_create([LexiconEntry(concept="sloe", words_en=["sloe"])])
    monkeypatch.setattr("search.lexicon.monotonic", lambda: 2 * 10**9)
    assert current_lexicon().find(analyse("sloe"))
