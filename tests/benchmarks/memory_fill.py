"""Fills the site that `memory.py` measures; its argument is the number of listings."""

import sys

import django
from django.core.management import call_command

django.setup()
call_command("migrate", verbosity=0)
call_command("setup_site", verbosity=0)

from search import indexing  # noqa: E402 - needs the settings
from search.models import IndexedListing  # noqa: E402
from tests.benchmarks.retrieval import seed  # noqa: E402

seed(int(sys.argv[1]))
indexing.record_changes(
    list(indexing.Listing.objects.values_list("pk", flat=True)), "bench"
)
indexing.drain()
# What the background worker holds at rest is asked for, not how it scores 10,000.
IndexedListing.objects.update(is_matched=True)
