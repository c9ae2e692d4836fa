"""Wake-ups: the rows are the truth, `retry_stripe_events` finishes what these miss."""

from django_tasks import task

from payments import event_handlers


@task()
def process_stripe_event(event_pk: int) -> None:
    event_handlers.process(event_pk)
