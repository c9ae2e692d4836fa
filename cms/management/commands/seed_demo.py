"""Fill an empty site with the fictional members of the demonstration."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from cms.demo.clock import demo_clock
from cms.demo.introductions import seed_introductions
from cms.demo.mandates import seed_mandates
from cms.demo.prices import seed_prices
from cms.demo.seeding import seed
from cms.demo.stories import seed_stories
from marketplace.organisations.models import Organisation
from search.indexing import drain


class Command(BaseCommand):
    help = "Make the demo's people, organisations and listings; development only."

    def handle(self, **options: object) -> None:
        if not settings.DEBUG:
            raise CommandError("demonstration data belongs on a development site only")
        if Organisation.objects.exists():
            self.stdout.write("the site holds organisations already: nothing was made")
            return
        with transaction.atomic():
            seed_prices()
            with demo_clock() as clock:
                seeded = seed(clock)
                seed_introductions(seeded, clock)
            seed_mandates(seeded)
            seed_stories()
        drain()  # findable at once; the worker's task matches, and tells of it
        self.stdout.write(
            f"made {len(seeded.people)} people, {len(seeded.organisations)}"
            f" organisations and {len(seeded.listings)} listings"
        )
