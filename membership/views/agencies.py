"""The register of agencies of a partnership."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from membership.presenters import agency_rows
from membership.queries import agencies_of, relevant_agencies_of
from partnership import access, clock
from partnership.models import Partnership


def agencies(request: HttpRequest, partnership_slug: str) -> HttpResponse:
    """Every agency of the partnership: its names, its seats, and whether it is on the list of relevant agencies."""
    today = clock.today()
    here = access.get_visible_or_404(Partnership.objects.all(), request.user, today, slug=partnership_slug)
    rows = agency_rows(
        agencies_of(partnership=here, user=request.user, on=today),
        relevant_agencies_of(partnership=here, user=request.user, on=today),
    )
    return render(request, "membership/agencies.html", {"partnership": here, "rows": rows})
