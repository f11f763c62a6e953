"""Where everybody lands: today's meetings first, then the next of each of their boards."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from partnership import clock
from partnership.queries import partnerships_of
from reviews.presenters.home import agenda_of_days
from reviews.queries import meetings_ahead


def home(request: HttpRequest) -> HttpResponse:
    """The reader's own meetings by date."""
    today = clock.today()
    rows = agenda_of_days(meetings_ahead(user=request.user, today=today), today)
    context = {
        "heading": rows.heading,
        "today": rows.today,
        "later": rows.later,
        "partnerships": partnerships_of(user=request.user, on=today),
    }
    return render(request, "reviews/home.html", context)
