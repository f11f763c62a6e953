"""Where a mail service tells what became of messages: open only where the settings name a service and a secret."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cache

from anymail import urls
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseNotAllowed
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from partnership.obligations.service_events import is_listening
from partnership.signing_in.middleware import without_second_step

log = logging.getLogger(__name__)


@login_not_required
@without_second_step
@csrf_exempt
@never_cache
def mail_events(request: HttpRequest) -> HttpResponse:
    """Hand a post of the service to django-anymail, which asks for the secret, and for a signature where there is one.

    Raises Http404 while nobody is listened to.
    """
    view = _view_of(settings.MAIL_THROUGH) if is_listening() else None
    if view is None:
        raise Http404
    if request.method not in {"POST", "HEAD"}:
        return HttpResponseNotAllowed(["POST", "HEAD"])
    try:
        return view(request)
    except (AttributeError, LookupError, TypeError, ValueError):
        # Whoever knows the secret posted what makes no sense: no server error, and the log has where it broke.
        log.exception("mail event not read")
        return HttpResponseBadRequest()


@cache
def _view_of(service: str) -> Callable[[HttpRequest], HttpResponse] | None:
    """What django-anymail listens to that service with; None where it cannot."""
    found: list[Callable[[HttpRequest], HttpResponse]] = [
        pattern.callback for pattern in urls.urlpatterns if pattern.name == f"{service}_tracking_webhook"
    ]
    return found[0] if found else None
