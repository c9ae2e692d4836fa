"""The door for a WSGI server."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")
application = get_wsgi_application()
# What is loaded by now stays as long as the process. A full collection would walk all of
# it in the middle of somebody's page, and copy it for each worker that was forked.
gc.collect()
gc.freeze()
