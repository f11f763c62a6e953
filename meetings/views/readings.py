"""What a page or file that shows restricted items leaves in the record."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest

from meetings.queries import Agenda
from meetings.queries.protected_items import limited_among
from partnership.models import Protection, User
from partnership.readings import record_reading


def note_reading(request: HttpRequest, *, items: Iterable[int], how: str, papers: Iterable[int] = ()) -> None:
    """Record each limited protection before these items and papers as read by whoever asks. One query for none."""
    if isinstance(request.user, User):
        limited = limited_among(items=items, papers=papers)
        record_reading(person=request.user, protections=limited, how=how)


def note_agenda(request: HttpRequest, agenda: Agenda, *, how: str) -> None:
    """The same for an agenda as it was seen. No query where nothing of it is limited."""
    limited = [each.item.protection for each in agenda.items if _is_limited(each.item.protection)]
    limited += [paper.protection for each in agenda.items for paper in each.papers if _is_limited(paper.protection)]
    if isinstance(request.user, User):
        record_reading(person=request.user, protections=[one for one in limited if one is not None], how=how)


def _is_limited(protection: Protection | None) -> bool:
    return protection is not None and protection.is_limited
