"""Builds pages, groups, review and vocabulary; safe to repeat."""

from django.core.management.base import BaseCommand

from cms.site_setup import set_up_site


class Command(BaseCommand):
    help = "Build pages in three languages, staff groups, review and vocabulary."

    def handle(self, *, verbosity: int, **options: object) -> None:
        set_up_site()
        if verbosity:
            self.stdout.write("The site is set up.")
