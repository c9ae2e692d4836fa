"""What tests of finding start from."""

from collections.abc import Iterator

import pytest

from search.lexicon import forget_lexicon
from search.matching.wording import forget_names


@pytest.fixture(autouse=True)
def _fresh_lexicon() -> Iterator[None]:
    """Rows of one test must not speak in the next."""
    for forget in (forget_lexicon, forget_names):
        forget()
    yield
    for forget in (forget_lexicon, forget_names):
        forget()
