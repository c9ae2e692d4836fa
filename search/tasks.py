"""Wake-ups: the outbox is the truth, a task only hurries."""

from django_tasks import task

from search import indexing


@task(queue_name="search")
def drain_index() -> None:
    """Works off what changed, and forgets nothing that fails."""
    indexing.drain()
