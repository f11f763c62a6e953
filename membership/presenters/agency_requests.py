"""Requests to be named as a relevant agency, as the team's page prints them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from membership.models import AgencyRequest, RequestOutcome
from partnership.rules.plain_dates import plain_date


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One request; `slug` leads to the agency that it became."""

    number: int
    body: str
    asked: str
    contact: str
    case_for: str
    outcome: str
    decided: str
    reason: str
    slug: str


@dataclass(frozen=True, slots=True)
class RequestLines:
    """Those that wait, the longest waiting first, and those that were decided, the latest first."""

    waiting: tuple[RequestLine, ...]
    decided: tuple[RequestLine, ...]


def request_lines(requests: Iterable[AgencyRequest]) -> RequestLines:
    """The requests in words."""
    found = list(requests)
    waiting = sorted((one for one in found if one.decided_on is None), key=lambda one: (one.asked_on, one.pk))
    decided = [one for one in found if one.decided_on is not None]
    return RequestLines(tuple(_line(one) for one in waiting), tuple(_line(one) for one in decided))


def _line(request: AgencyRequest) -> RequestLine:
    decided = f"{plain_date(request.decided_on)}, by {request.decided_by}" if request.decided_on else ""
    return RequestLine(
        number=request.pk,
        body=request.body,
        asked=f"{plain_date(request.asked_on)}, by {request.asked_by}",
        contact=request.contact,
        case_for=request.case_for,
        outcome=RequestOutcome(request.outcome).label,
        decided=decided,
        reason=request.reason,
        slug=request.agency.slug if request.agency else "",
    )
