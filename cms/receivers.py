"""What the site does when an editor changes a page."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished

from .menus import forget_menus


@receiver([page_published, page_unpublished, page_slug_changed])
@receiver([post_save, post_delete])
def renew_menus(sender: type, **kwargs: object) -> None:
    """The menus name pages, so any change of a page makes them anew."""
    if issubclass(sender, Page):
        forget_menus()
