"""What happened to a meeting and its register, row by row."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from datetime import date
from typing import Any

from meetings.models import (
    Action,
    ActionUpdate,
    AgendaItem,
    AgendaPublication,
    Attendance,
    Determination,
    Meeting,
    Paper,
    Presence,
    Reply,
    Withdrawal,
)
from partnership import access
from partnership.change_history import Entry, entries_of
from partnership.models import Board, Constitution

KEPT_WITH_A_ROW = (Presence, Withdrawal)
# Long, or meaningless to a reader.
TOLD_IN_WORDS = frozenset(
    {"partnership.constitution.text", "meetings.paper.uuid", "meetings.paper.file", "meetings.agendaitem.rule"}
)


def history_of_meeting(*, meeting: Meeting, user: access.Asker, on: date | None = None) -> list[Entry]:
    """Every change of the meeting itself, the latest first."""
    rows = access.visible_history(Meeting, to=user, on=on).filter(id=meeting.pk)
    return entries_of(rows, about={meeting.pk: str(meeting)})


def course_of_events(
    *, meeting: Meeting, user: access.Asker, on: date | None = None, without: AbstractSet[str] = frozenset()
) -> list[Entry]:
    """What happened to the meeting as a whole, the latest first: its date, its agenda as sent, replies.

    `without` are fields that the reader is not told of. A fixed number of queries, however much happened.
    """
    seats = dict(Reply.objects.filter(meeting=meeting).values_list("pk", "seat__name"))
    about: dict[Any, str] = {(Reply, number): name for number, name in seats.items()}
    histories: list[list[Any]] = [list(access.visible_history(Meeting, to=user, on=on).filter(id=meeting.pk))]
    histories += [
        list(access.visible_history(model, to=user, on=on).filter(meeting_id=meeting.pk))
        for model in (Reply, AgendaPublication)
    ]
    return entries_of(*histories, about=about, without=without)


def history_of_item(*, item: AgendaItem, user: access.Asker, on: date | None = None) -> list[Entry]:
    """Every change of an agenda item and of its papers, the latest first; drafts for whoever reads drafts alone."""
    papers = dict(Paper.objects.visible_to(user, on).filter(item=item).values_list("pk", "title"))
    about: dict[Any, str] = {(Paper, number): title for number, title in papers.items()}
    items = access.visible_history(AgendaItem, to=user, on=on).filter(id=item.pk)
    changed = access.visible_history(Paper, to=user, on=on).filter(id__in=papers)
    return entries_of(items, changed, about=about, without=TOLD_IN_WORDS)


def history_of_action(*, action: Action, user: access.Asker, on: date | None = None) -> list[Entry]:
    """Every change of an action, and every report on it, the latest first."""
    changed = access.visible_history(Action, to=user, on=on).filter(id=action.pk)
    reported = access.visible_history(ActionUpdate, to=user, on=on).filter(action_id=action.pk)
    return entries_of(changed, reported, about={})


def history_of_constitution(*, board: Board, user: access.Asker, on: date | None = None) -> list[Entry]:
    """Every version as it was adopted, the latest first; what a version says is compared on a page of its own."""
    rows = access.visible_history(Constitution, to=user, on=on).filter(board_id=board.pk)
    return entries_of(rows, about={row.id: f"version {row.version}" for row in rows}, without=TOLD_IN_WORDS)


def history_of_register(*, meeting: Meeting, user: access.Asker, on: date | None = None) -> list[Entry]:
    """Every change of the register, the latest first: rows, comings and goings, withdrawals, determinations.

    A fixed number of queries, however many changes.
    """
    rows = Attendance.objects.filter(meeting=meeting).select_related("seat", "person")
    names = {row.pk: str(row.seat or row.person or row.guest_name) for row in rows}
    attendances = list(access.visible_history(Attendance, to=user, on=on).filter(meeting_id=meeting.pk))
    about: dict[Any, str] = {(Attendance, number): name for number, name in names.items()}
    histories: list[list[Any]] = [attendances]
    for model in KEPT_WITH_A_ROW:
        found = list(access.visible_history(model, to=user, on=on).filter(attendance_id__in=names))
        about |= {(model, row.id): names[row.attendance_id] for row in found}
        histories.append(found)
    determinations = list(access.visible_history(Determination, to=user, on=on).filter(meeting_id=meeting.pk))
    about |= {(Determination, row.id): str(meeting) for row in determinations}
    return entries_of(*histories, determinations, about=about)
