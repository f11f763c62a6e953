"""The WSGI entry point, for gunicorn."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings")

application = get_wsgi_application()
# Every page's code is loaded once, before the server divides, and the first visitor does not wait for it.
get_resolver().url_patterns  # noqa: B018 - the property loads them
