"""Wake-ups: the outbox is the truth, a task only hurries."""

from django_tasks import task

from search import alerts, indexing
from search.matching import matcher


@task(queue_name="search")
def drain_index() -> None:
    """Works off what changed, and forgets nothing that fails."""
    indexing.drain()
    match_listings.enqueue()


@task(queue_name="search")
def match_listings() -> None:
    """Scores what is newly indexed; the rows say what is still to be done."""
    matcher.refresh_due()
    alerts.tell_at_once()
