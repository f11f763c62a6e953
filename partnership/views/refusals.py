"""The answer to a request that cannot be read at all."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.template.loader import render_to_string


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Without asking for the form's token, as Django's own does: what cannot be read would fail there once more."""
    return HttpResponseBadRequest(render_to_string("400.html"))
