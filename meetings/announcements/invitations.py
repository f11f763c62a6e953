"""A meeting called, moved or cancelled: told to whoever holds a seat, with an entry for their calendar."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from meetings.announcements import kinds
from meetings.announcements.words import as_recipient, named, on_day, page, values_of, where
from meetings.calendars import invitation
from meetings.models import Meeting, MeetingKind, MeetingStatus
from meetings.queries.deadlines import notice_rules
from membership.queries import seats_on
from partnership.models import Announcement, User
from partnership.obligations.announcements import AnnouncementKind
from partnership.obligations.causes import Wording
from partnership.obligations.letters import Letter
from partnership.queries import constitution_in_force
from partnership.rules.clauses import Clause
from partnership.rules.plain_dates import long_date


def load(ids: Collection[int]) -> Mapping[int, Meeting]:
    return Meeting.objects.select_related("board__partnership").in_bulk(ids)


def holders(meeting: Meeting, announcement: Announcement, on: date) -> set[int]:
    return invited_on(meeting, on)


def invited_on(meeting: Meeting, on: date) -> set[int]:
    """Whoever represents a seat that day: members, office holders and observers; their deputies come when sent."""
    return {
        held.representative.person_id
        for held in seats_on(board=meeting.board, on=on)
        if held.representative is not None
    }


def changes_of(meeting: Meeting) -> int:
    """How often the meeting has changed since it was called: the SEQUENCE of its calendar entry."""
    return int(meeting.history.count()) - 1


def last_sequence(meeting: Meeting) -> int:
    """The lowest SEQUENCE that an answer to the meeting as it stands can bear: that of its last move, 0 before any."""
    moves = Announcement.objects.filter(kind=MOVED.name, cause_type=MOVED.model, cause_id=meeting.pk)
    return max((int(occurrence) for occurrence in moves.values_list("occurrence", flat=True)), default=0)


def _is_planned(meeting: Meeting, announcement: Announcement) -> bool:
    return meeting.status == MeetingStatus.PLANNED and meeting.opened_at is None


def _is_latest_move(meeting: Meeting, announcement: Announcement) -> bool:
    return _is_planned(meeting, announcement) and announcement.occurrence == str(changes_of(meeting))


def _is_cancelled(meeting: Meeting, announcement: Announcement) -> bool:
    return meeting.status == MeetingStatus.CANCELLED


def _called(meeting: Meeting, announcement: Announcement, person: User, today: date) -> Letter:
    return Letter(
        kind=kinds.EXTRAORDINARY if meeting.kind == MeetingKind.EXTRAORDINARY else kinds.CALLED,
        values=values_of(meeting),
        heading=f"{meeting.board.short_name} meets on {long_date(meeting.on)}",
        details=where(meeting),
        clause=_clause_of_notice(meeting),
        button="Tell us if you are coming",
        path=page("meeting_reply", meeting),
        sent_as=as_recipient(meeting),
        calendar=invitation(meeting, to=person, sequence=changes_of(meeting)),
    )


def _moved(meeting: Meeting, announcement: Announcement, person: User, today: date) -> Letter:
    was = _before(meeting)
    return Letter(
        kind=kinds.MOVED,
        values=values_of(meeting) | {"before": on_day(was) if was else "at another time"},
        heading=f"{meeting.board.short_name} is now {long_date(meeting.on)}",
        details=where(meeting),
        button="Tell us if you are coming",
        path=page("meeting_reply", meeting),
        sent_as=as_recipient(meeting),
        calendar=invitation(meeting, to=person, sequence=changes_of(meeting)),
    )


def _cancelled(meeting: Meeting, announcement: Announcement, person: User, today: date) -> Letter:
    return Letter(
        kind=kinds.CANCELLED,
        values=values_of(meeting),
        heading=f"{meeting.board.short_name} does not meet on {long_date(meeting.on)}",
        button="Open the meeting",
        path=page("meeting", meeting),
        sent_as=as_recipient(meeting),
        calendar=invitation(meeting, to=person, sequence=changes_of(meeting)),
    )


def _before(meeting: Meeting) -> Meeting | None:
    """The meeting as it stood before its last change."""
    earlier = meeting.history.order_by("-history_date", "-history_id")[1:2]
    return next((row.instance for row in earlier), None)


def _clause_of_notice(meeting: Meeting) -> Clause | None:
    terms = constitution_in_force(board=meeting.board, on=meeting.on)
    rules = notice_rules(MeetingKind(meeting.kind), terms) if terms else ()
    return next((rule.clause for rule in rules), None)


CALLED = AnnouncementKind(
    name="meeting called",
    model="meetings.meeting",
    load=load,
    is_current=_is_planned,
    recipients=holders,
    letter=_called,
    wording=lambda meeting: Wording(what="an invitation", of_what=named(meeting)),
)
MOVED = AnnouncementKind(
    name="meeting moved",
    model="meetings.meeting",
    load=load,
    is_current=_is_latest_move,
    recipients=holders,
    letter=_moved,
    wording=lambda meeting: Wording(what="a change of date", of_what=named(meeting)),
)
CANCELLED = AnnouncementKind(
    name="meeting cancelled",
    model="meetings.meeting",
    load=load,
    is_current=_is_cancelled,
    recipients=holders,
    letter=_cancelled,
    wording=lambda meeting: Wording(what="a cancellation", of_what=named(meeting)),
)
