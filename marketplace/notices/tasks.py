"""Wake-ups of delivery; the rows are the truth."""

from django_tasks import task

from .delivery import deliver


@task(queue_name="mail")
def deliver_mail(pk: int) -> None:
    deliver(pk)
