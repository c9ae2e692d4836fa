"""I4: what can be found is what is published, in the same version."""

from collections.abc import Iterator

from search.drift import find_drift
from search.exceptions import EngineUnavailable


def index_drift() -> Iterator[str]:
    """Changes still waiting in the outbox are no drift; I5 sees those that stay."""
    try:
        drift = find_drift()
    except EngineUnavailable:
        yield "the search engine does not answer"
        return
    for pk in drift.rows:
        yield f"listing {pk} and its index row differ"
    for pk in drift.engine:
        yield f"listing {pk} differs between index row and engine"
    for pk in drift.analyser:
        yield f"listing {pk} was analysed by an older analyser"
