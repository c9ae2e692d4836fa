"""The door for a WSGI server."""

import gc
import os
from contextlib import suppress

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError, connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")
application = get_wsgi_application()


def _read_ahead() -> None:
    """Makes the lexicon once, for all workers that are forked from this process.

    It takes a second and some 50 MB, which the first search of each worker would else
    wait for and keep by itself. A database that cannot be asked yet is asked by then.
    """
    from search.lexicon import current_lexicon  # needs the apps

    with suppress(DatabaseError):
        current_lexicon()
    # A connection must not be shared by processes.
    connections.close_all()


if not settings.DEBUG:
    _read_ahead()
# What is loaded by now stays as long as the process. A full collection would walk all of
# it in the middle of somebody's page, and copy it for each worker that was forked.
gc.collect()
gc.freeze()
