"""What anybody may read without signing in: how accessible the product is, and what it keeps of whom."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partnership.signing_in.middleware import without_second_step


@login_not_required
@without_second_step
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement (Accessibility Regulations 2018, regulation 8)."""
    return render(request, "partnership/accessibility.html")


@login_not_required
@without_second_step
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept, for how long, who sees it, and the cookies."""
    return render(request, "partnership/privacy.html")
