"""The living style page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reviews.presenters.style import style_page


def style(request: HttpRequest) -> HttpResponse:
    """Every component in every state, for anybody who is signed in."""
    return render(request, "reviews/style.html", {"page": style_page()})
