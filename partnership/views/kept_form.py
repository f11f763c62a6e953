"""The form that waited for a proof: one button sends it, as it was filled in, to where it was going."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from partnership.signing_in.kept_form import kept_form


@never_cache
@require_safe
def send_again(request: HttpRequest) -> HttpResponse:
    """Show that it is kept. Nothing is sent by reading the page."""
    kept = kept_form(request.session)
    if kept is None:
        return HttpResponseRedirect(reverse("home"))
    return render(request, "partnership/send_again.html", {"kept": kept})
