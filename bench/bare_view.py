"""The floor of the pages' benchmark: one more address, whose view asks the database once and answers in plain text.

Like every page it is for those who are signed in: the middleware sees to that.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from partnership.models import Board


def bare(request: HttpRequest) -> HttpResponse:
    """The name of one board."""
    return HttpResponse(Board.objects.get(slug="main-board").name, content_type="text/plain")


urlpatterns = [path("bare/", bare), path("", include("partnership.urls"))]
