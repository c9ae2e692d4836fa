"""What tests of finding start from."""

from collections.abc import Iterator

import pytest

from search.lexicon import forget_lexicon


@pytest.fixture(autouse=True)
def _fresh_lexicon() -> Iterator[None]:
    """Rows of one test must not speak in the next."""
    forget_lexicon()
    yield
    forget_lexicon()
