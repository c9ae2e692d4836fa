"""Let unanswered times lapse, remind of meetings, ask for notes; safe at any time."""

from django.core.management.base import BaseCommand

from marketplace.meetings.actions import (
    ask_for_notes,
    finish_meetings,
    lapse_times,
    remind_of_meetings,
)


class Command(BaseCommand):
    help = "Tend meetings: lapse times, note what is over, remind, ask for notes."

    def handle(self, *, verbosity: int, **options: object) -> None:
        done = {
            "lapsed": lapse_times(),
            "over": finish_meetings(),
            "reminded": remind_of_meetings(),
            "asked": ask_for_notes(),
        }
        if verbosity:
            said = ", ".join(f"{name}: {count}" for name, count in done.items())
            self.stdout.write(said)
