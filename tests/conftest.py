"""What every test may lean on."""

import pytest
from django.conf import settings
from django.core.cache import cache

from cms.catalogues import compile_catalogues


def pytest_configure(config: pytest.Config) -> None:
    """Texts are compiled before the first of them is asked for."""
    compile_catalogues(settings.BASE_DIR)


@pytest.fixture(autouse=True)
def empty_cache():
    """Menus and limits of one test are not met by the next."""
    cache.clear()


@pytest.fixture
def site_tree(db):
    """Locales, site, pages, groups and the review; as after `setup_site`.

    Tests with `transaction=True` flush them, so every test that needs them asks.
    """
    from cms.site_setup import set_up_site
    from cms.site_setup.tree import set_up_tree

    set_up_site(vocabulary=False, translations=False)
    return set_up_tree()
