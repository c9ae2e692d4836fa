"""Builds what every installation starts from; safe to repeat, overwrites nothing."""

from django.db import transaction

from cms.menus import forget_menus
from marketplace.people.clock import clock_user
from marketplace.taxonomy.loading import load_taxonomy

from .staff import set_up_groups, set_up_review
from .translations import link_translations
from .tree import set_up_tree


@transaction.atomic
def set_up_site(*, vocabulary: bool = True, translations: bool = True) -> None:
    """Locales, pages in three languages, groups, the review, vocabulary, the clock.

    Tests that only need the tree leave out the two slow parts.
    """
    pages = set_up_tree()
    set_up_groups()
    set_up_review()
    clock_user()
    if vocabulary:
        load_taxonomy()
    if translations:
        link_translations(pages)
    forget_menus()
