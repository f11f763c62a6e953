"""What every answer carries."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirectBase
from django.utils.cache import add_never_cache_headers

from partnership.held import read_once


class PermissionsPolicyMiddleware:
    """Tells the browser which of the machine's devices no page of ours ever asks for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers["Permissions-Policy"] = settings.PERMISSIONS_POLICY
        return response


class NothingKeptMiddleware:
    """Tells the browser, and whatever stands between, to keep no page: each is drawn for one person at one moment."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        add_never_cache_headers(response)
        return response


class OneReadingOfRightsMiddleware:
    """Reads what its reader holds once for a page; a request that writes has it read anew at each question."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        with read_once():
            return self.get_response(request)


class WholePageMiddleware:
    """Lets a part of a page that is sent to sign in take the whole page there, not the sign-in page into the part."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "HX-Request" not in request.headers or not isinstance(response, HttpResponseRedirectBase):
            return response
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"HX-Redirect": response.url})
