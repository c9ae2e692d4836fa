"""Remind who is to answer, twice at most; safe to run at any time."""

from django.core.management.base import BaseCommand

from marketplace.introductions.actions import remind_introductions


class Command(BaseCommand):
    help = "Send the gentle reminders of requests for an introduction."

    def handle(self, *, verbosity: int, **options: object) -> None:
        reminded = remind_introductions()
        if verbosity:
            self.stdout.write(f"reminded: {reminded}")
