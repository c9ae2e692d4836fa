"""Looks a sentence up in all catalogues of a language at once."""

from typing import Any

from django.conf import settings
from django.utils.translation.trans_real import TranslationCatalog, translation


class JoinedCatalogue(TranslationCatalog):
    """The catalogues of all applications, looked up at once instead of one by one.

    Django keeps one for each application, since it compares a plural rule's code with
    the rule itself and so never finds two alike: a sentence without a translation, as
    every one is in English, was looked for thirty-six times.
    """

    def __init__(self, parts: TranslationCatalog) -> None:
        known: Any = parts  # of Django's own, and not in its stubs
        self._catalogs, self._plurals = known._catalogs, known._plurals
        self._joined: dict[Any, Any] = {}
        for catalogue in reversed(self._catalogs):  # the first that knows it, speaks
            self._joined |= catalogue

    def get(self, key: Any, default: Any = None) -> Any:
        return self._joined.get(key, default)

    def __getitem__(self, key: Any) -> Any:
        return self._joined[key]

    def __contains__(self, key: object) -> bool:
        return key in self._joined


def join_catalogues() -> None:
    """Join those of every language of the site; safe to repeat."""
    for code, _name in settings.LANGUAGES:
        loaded: Any = translation(code)
        if not isinstance(loaded._catalog, JoinedCatalogue):
            loaded._catalog = JoinedCatalogue(loaded._catalog)
