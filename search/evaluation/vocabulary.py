"""The words and codes an evaluation reads by: the site's, or those of its files."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db import DatabaseError

from marketplace.taxonomy import vocabulary as files
from marketplace.taxonomy.models import Capability, LexiconEntry
from search.codes import is_section
from search.lexicon import Lexicon, current_lexicon, lexicon_in
from search.matching.profiles import current_rates


@dataclass(frozen=True)
class Vocabulary:
    """The lexicon, the kinds of help, and units of each currency for a US dollar."""

    lexicon: Lexicon
    capabilities: frozenset[str]
    rates: Mapping[str, Decimal]

    @cached_property
    def codes(self) -> Mapping[str, tuple[str, ...]]:
        """The sectors each concept stands for, by the concept's term."""
        return {
            concept.term: tuple(
                code.removeprefix("isic_")[1:]
                for code in concept.codes
                if code.startswith("isic_") and not is_section(code)
            )
            for concept in self.lexicon.concepts()
        }

    @classmethod
    def current(cls) -> "Vocabulary":
        """What staff keep in the database; from the files where none was loaded yet."""
        try:
            if LexiconEntry.objects.exists():
                return cls(
                    current_lexicon(),
                    frozenset(Capability.objects.values_list("slug", flat=True)),
                    current_rates(),
                )
        except DatabaseError:
            pass  # no table yet: whoever evaluates need not set up the site
        kinds = files.capabilities()
        rates = {code: per_usd for code, per_usd, _ in files.exchange_rates()}
        return cls(
            lexicon_in(files.lexicon(), kinds),
            frozenset(kinds),
            {"USD": Decimal(1), **rates},
        )
