"""How many notices wait for the reader; a tag, so that only pages that show it ask."""

from django import template
from django.http import HttpRequest

from marketplace.notices.models import Notice

register = template.Library()


@register.simple_tag(takes_context=True)
def unread_notices(context: template.Context) -> int:
    """{% unread_notices as unread %}: one count for a signed-in reader, else 0."""
    request: HttpRequest | None = context.get("request")
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return 0
    return Notice.objects.to(user).unread().count()
