"""What staff pages ask this room."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def is_second_factor_waived() -> bool:
    """Does development let staff in by password alone?"""
    return not settings.STAFF_SECOND_FACTOR_REQUIRED
