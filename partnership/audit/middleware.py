"""The one place that sees every request: what it refused and what it handed out goes into the audit trail.

A download is recorded before its answer leaves, and none leaves unrecorded. A denial is recorded after the answer has
gone, so that nobody can tell by the time it took whether there was something to deny.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.db import Error
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from partnership.access import Kind
from partnership.audit import asking
from partnership.audit.asking import Asking
from partnership.audit.recording import record
from partnership.models import Board, Partnership, User, What
from partnership.signing_in.client import client_address

log = logging.getLogger(__name__)


class AuditMiddleware:
    """Numbers the request, and records its downloads and denials."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with asking.begun(client_address(request)) as here:
            response = self.get_response(request)
            response.headers["X-Request-ID"] = here.number
            is_denied = response.status_code in {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}
            is_download = "Content-Disposition" in response.headers and request.method != "HEAD"
            # The reader is looked up for these alone: most machines that watch us carry no session.
            if (is_denied or is_download) and request.resolver_match and isinstance(request.user, User):
                if is_denied:
                    _deny_later(request, request.user, response, here)
                else:
                    _record_download(request, request.user)
        return response


def _record_download(request: HttpRequest, person: User) -> None:
    match = request.resolver_match
    board = _board_of(request)
    record(
        What.DOWNLOADED,
        by=person,
        partnership_id=_partnership_of(request) if board is None else board.partnership_id,
        board_id=None if board is None else board.pk,
        kind=(match.url_name or "") if match else "",
        detail=request.path,
    )


def _deny_later(request: HttpRequest, person: User, response: HttpResponse, here: Asking) -> None:
    def record_denials() -> None:
        with asking.resumed(here):
            try:
                _record_denials(request, person, response.status_code, here.denied)
            except Error:
                log.exception("denial not recorded", extra={"request": here.number})

    # Django's own list of what is closed once the last byte has been sent.
    response._resource_closers.append(record_denials)  # type: ignore[attr-defined]  # noqa: SLF001 - no public name


def _record_denials(request: HttpRequest, person: User, status: int, denied: list[QuerySet[Any]]) -> None:
    number = 0
    for rows in denied:
        for row in rows.order_by("pk")[:1]:
            number += 1
            _record_denial(person, row, request)
    if not number and status == HTTPStatus.FORBIDDEN:
        board = _board_of(request)
        if board is not None:
            _record_denial(person, board, request)


def _record_denial(person: User, row: Any, request: HttpRequest) -> None:
    subject = type(row).access_subject
    placed = type(row)._default_manager.filter(pk=row.pk)
    board = None if subject.board is None else placed.values_list(subject.board, flat=True).first()
    # Of the case tier no other trail tells, not even that there is something to refuse.
    is_walled_off = subject.kind is Kind.CASE_FILE
    partnership = None if is_walled_off else placed.values_list(subject.partnership_path, flat=True).first()
    record(
        What.DENIED,
        by=person,
        partnership_id=partnership,
        board_id=board,
        kind=row._meta.model_name,
        number=row.pk,
        detail=f"{request.method} {request.resolver_match.url_name if request.resolver_match else ''}",
    )


def _partnership_of(request: HttpRequest) -> int | None:
    slug = request.resolver_match.kwargs.get("partnership_slug") if request.resolver_match else None
    return Partnership.objects.filter(slug=slug).values_list("pk", flat=True).first() if slug else None


def _board_of(request: HttpRequest) -> Board | None:
    kwargs = request.resolver_match.kwargs if request.resolver_match else {}
    if "board_slug" not in kwargs:
        return None
    return Board.objects.filter(slug=kwargs["board_slug"], partnership__slug=kwargs["partnership_slug"]).first()
