"""The page behind the address with which a message can be stopped."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from partnership.obligations import stopping
from partnership.signing_in.middleware import without_second_step


# A mail program sends its one press without having seen a page (RFC 8058 3.2), so no token of a form can be asked for.
# None is needed: nothing here goes by who is signed in, and who has the address may stop what it names.
@csrf_exempt
@login_not_required
@without_second_step
@never_cache
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """To look at it changes nothing, as mail scanners do; its button, or a mail program's one press, does."""
    found = stopping.stop_at(token)
    if found is None:
        return render(request, "partnership/stop_over.html", {}, status=404)
    is_stopped = request.method == "POST"
    if is_stopped:
        stopping.stop(found)
    return render(request, "partnership/stop.html", {"stop": found, "is_stopped": is_stopped})
