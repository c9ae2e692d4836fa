"""Ask partners how their ventures go; safe to run at any time."""

from django.core.management.base import BaseCommand

from marketplace.ventures.actions import ask_ventures


class Command(BaseCommand):
    help = "Ask each partner whose day has come how its venture goes."

    def handle(self, *, verbosity: int, **options: object) -> None:
        asked = ask_ventures()
        if verbosity:
            self.stdout.write(f"asked: {asked}")
