"""What a card draws of a match."""

from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString, mark_safe

from search.matching.wording import Reason

register = template.Library()


@register.filter
def segments(reasons: Sequence[Reason]) -> SafeString:
    """The points laid end to end on a line of 100, a hair apart.

    Drawn here, for a template takes as long over four pieces as over half a card.
    """
    drawn, before = "", 0
    for reason in reasons:
        width = max(reason.points - 0.6, 0.4)
        drawn += (
            f'<rect class="seg seg--{reason.family}" x="{before}" y="0"'
            f' width="{width:.1f}" height="4"/>'
        )
        before += reason.points
    return mark_safe(drawn)  # noqa: S308 - numbers, and families that the code names
