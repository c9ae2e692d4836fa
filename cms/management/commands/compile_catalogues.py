"""Compile every translation with polib; needs no gettext on the machine."""

from django.conf import settings
from django.core.management.base import BaseCommand

from cms.catalogues import compile_catalogues


class Command(BaseCommand):
    help = "Compile the translations of every room."

    def handle(self, **options: object) -> None:
        compile_catalogues(settings.BASE_DIR)
