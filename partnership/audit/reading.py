"""Reading the audit trail: everybody what they did, those whom the table names what was done in their group."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from partnership import access
from partnership.access import Action, Kind
from partnership.clock import LONDON
from partnership.models import AuditEvent, Board, Partnership, Standing, User, What
from partnership.models.audit import GRANTS, INVITATIONS, SIGN_INS

PER_PAGE = 100
# A file holds as many of the latest.
IN_A_FILE = 20_000
LONGEST_NUMBER = 6
ABOUT_PEOPLE = (What.PERSON_ENTERED, What.PERSON_CHANGED, What.ADDRESS_CHANGED, What.DEACTIVATED)

# What a reader may narrow the list to, by the word in the address.
GROUPS: dict[str, tuple[str, tuple[What, ...]]] = {
    "sign-ins": ("Sign-ins", SIGN_INS),
    "denied": ("Access denied", (What.DENIED,)),
    "downloads": ("Files downloaded", (What.DOWNLOADED, What.SLOWED_DOWN, What.SUBJECT_ACCESS)),
    "restricted": ("Restricted items read, break-glass", (What.READ_RESTRICTED, What.BROKE_GLASS)),
    "grants": ("Standings and grants", GRANTS),
    "people": (
        "People and settings",
        (*ABOUT_PEOPLE, *INVITATIONS, What.SETTINGS_CHANGED),
    ),
    "record": ("The record itself", (What.ERASED, What.RETENTION, What.CHAIN_BEGUN, What.CHAIN_BROKEN)),
}


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a reader asked to see of a trail; what they typed and nobody can read is left out and named."""

    group: str = ""
    name: str = ""
    since: date | None = None
    until: date | None = None
    page: int = 1
    unreadable: tuple[str, ...] = ()

    @classmethod
    def from_query(cls, query: dict[str, str]) -> Narrowing:
        page, unreadable = query.get("page", ""), []
        days: dict[str, date | None] = {"since": None, "until": None}
        for field in days:
            typed = query.get(field, "").strip()
            try:
                days[field] = date.fromisoformat(typed) if typed else None
            except ValueError:
                unreadable.append(field)
        return cls(
            group=query.get("what", "") if query.get("what") in GROUPS else "",
            name=query.get("who", "")[:150],
            since=days["since"],
            until=days["until"],
            page=int(page) if page.isascii() and page.isdigit() and len(page) < LONGEST_NUMBER and int(page) else 1,
            unreadable=tuple(unreadable),
        )

    def of(self, trail: QuerySet[AuditEvent]) -> QuerySet[AuditEvent]:
        rows = trail.filter(what__in=GROUPS[self.group][1]) if self.group else trail
        if self.name:
            name = self.name.replace("\0", "")
            rows = rows.filter(Q(person__name__icontains=name) | Q(subject__name__icontains=name))
        if self.since:
            rows = rows.filter(at__gte=_midnight(self.since))
        if self.until and self.until < date.max:
            rows = rows.filter(at__lt=_midnight(self.until + timedelta(days=1)))
        return rows


def own_trail(*, user: User) -> QuerySet[AuditEvent]:
    """What the person did, and what was done about them."""
    found: QuerySet[AuditEvent] = AuditEvent.objects.of_person(user.pk)
    return _with_names(found)


def trail_of_partnership(
    *, partnership: Partnership, user: access.Asker, on: date, action: Action = Action.READ
) -> QuerySet[AuditEvent]:
    """What was done in a partnership, sign-ins of its people among it; for its administrator those and grants alone.

    Raises Http404, or PermissionDenied for a download by who may only read.
    """
    people = Standing.objects.filter(partnership=partnership).values("person")
    theirs = Q(person__in=people) | Q(subject__in=people)
    signing_in = Q(partnership=None, what__in=SIGN_INS) & theirs
    if access.may(user, action, partnership, Kind.AUDIT_OF_PARTNERSHIP, on):
        about_people = Q(partnership=None, subject__in=people)
        return _with_names(AuditEvent.objects.filter(Q(partnership=partnership) | signing_in | about_people))
    access.require(user, action, partnership, Kind.AUDIT_OF_ACCOUNTS, on)
    return _with_names(AuditEvent.objects.filter(Q(partnership=partnership, what__in=GRANTS) | signing_in))


def trail_of_board(*, board: Board, user: access.Asker, on: date, action: Action = Action.READ) -> QuerySet[AuditEvent]:
    """What was done in a group. Raises Http404, or PermissionDenied for a download by who may only read."""
    access.require(user, action, board, Kind.AUDIT, on)
    rows = AuditEvent.objects.filter(board=board)
    return _with_names(access.permitted(rows, to=user, action=action, on=on))


def page_of(trail: QuerySet[AuditEvent], asked: Narrowing) -> tuple[list[AuditEvent], bool]:
    """The events of the page that was asked for, the latest first, and whether there are earlier ones."""
    start = (asked.page - 1) * PER_PAGE
    found = list(asked.of(trail)[start : start + PER_PAGE + 1])
    return found[:PER_PAGE], len(found) > PER_PAGE


def _with_names(rows: Any) -> QuerySet[AuditEvent]:
    found: QuerySet[AuditEvent] = rows.select_related("person", "subject", "board").order_by("-at", "-pk")
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=LONDON)


__all__ = [
    "GROUPS",
    "IN_A_FILE",
    "Narrowing",
    "own_trail",
    "page_of",
    "trail_of_board",
    "trail_of_partnership",
]
