"""The joined catalogue says what Django's own says, of every sentence it knows."""

import pytest
from django.utils.translation.trans_real import (
    DjangoTranslation,
    TranslationCatalog,
    translation,
)

from cms.joined_catalogues import JoinedCatalogue, join_catalogues


@pytest.mark.parametrize("language", ["en", "he", "ar"])
def test_a_joined_catalogue_answers_as_its_parts_do(language):
    parts = DjangoTranslation(language)._catalog
    assert type(parts) is TranslationCatalog
    joined = JoinedCatalogue(parts)
    for key in set(parts.keys()):
        assert joined[key] == joined.get(key) == parts[key]
        assert key in joined
        if isinstance(key, tuple):
            for number in (0, 1, 2, 3, 11, 100):
                assert _plural(joined, key[0], number) == _plural(parts, key[0], number)
    assert joined.get("said nowhere") is None
    assert "said nowhere" not in joined


def _plural(catalogue: TranslationCatalog, sentence: str, number: int) -> str | None:
    try:
        return catalogue.plural(sentence, number)
    except KeyError:
        return None


def test_the_first_application_that_knows_a_sentence_speaks():
    parts = TranslationCatalog()
    parts._catalogs = [{"Send": "ours"}, {"Send": "theirs", "End": "theirs"}]
    joined = JoinedCatalogue(parts)
    assert (joined["Send"], joined["End"]) == ("ours", "theirs")


def test_joining_twice_changes_nothing():
    join_catalogues()
    first = translation("he")._catalog
    join_catalogues()
    assert translation("he")._catalog is first
