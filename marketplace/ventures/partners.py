"""Who else could join: only organisations that both sides have met by both wills."""

from django.db.models import QuerySet

from marketplace.introductions.models import Introduction
from marketplace.organisations.models import Organisation


def met_by(organisation: Organisation) -> set[int]:
    """Keys of the organisations whose people this one knows by both wills."""
    open_ones = Introduction.objects.known()
    asked = open_ones.filter(asker=organisation).values_list("asked_id", flat=True)
    askers = open_ones.filter(asked=organisation).values_list("asker_id", flat=True)
    return {*asked, *askers}


def possible_partners(introduction: Introduction) -> "QuerySet[Organisation]":
    """Third organisations that both sides of this introduction already know."""
    common = met_by(introduction.asker) & met_by(introduction.asked)
    return Organisation.objects.filter(pk__in=common)
