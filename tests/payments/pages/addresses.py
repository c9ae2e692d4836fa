"""Where the pages of a payer are."""

from django.urls import reverse


def address(name, thing):
    return reverse(f"payments:{name}", args=[thing.public_id])
