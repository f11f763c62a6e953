"""What the terms bring before the next meeting of a group because it is late: its own duties, or another group's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from meetings.models import Meeting, MeetingStatus
from partnership import access
from partnership.models import Board, Constitution, Obligation
from partnership.obligations.causes import Wording, cause_of, loaded
from partnership.obligations.groups_named import group_named
from partnership.obligations.hours import rule_of, steps_of
from partnership.queries import terms_of
from partnership.rules.deadlines.deadlines import Deadline

# Terms escalate at most so long before the due date.
BEFORE = timedelta(days=92)
MOST = 20


@dataclass(frozen=True, slots=True)
class Brought:
    """One duty to be put before a meeting, by the rule that brings it there."""

    obligation: Obligation
    rule: Deadline
    wording: Wording
    address: str


def brought_before(*, meeting: Meeting, user: access.Asker, today: date) -> list[Brought]:
    """Open duties whose terms escalate them to that group by today, the first due first, as far as the reader may see.

    Shown on the next meeting of the group alone. Four queries where there are none, then one for each kind of cause.
    """
    if not _is_next(meeting, today):
        return []
    boards = list(Board.objects.filter(partnership=meeting.board.partnership_id))
    pairs = _escalating_to(meeting.board, boards)
    if not pairs:
        return []
    asked = Q()
    for constitution, duty in pairs:
        asked |= Q(constitution=constitution, duty=duty)
    rows = Obligation.objects.visible_to(user, today).open().filter(asked, due_on__lte=today + BEFORE)
    found = [
        row
        for row in rows.select_related("board__partnership", "constitution").order_by("due_on", "pk")
        if _is_escalated(row, meeting.board, boards, today)
    ][:MOST]
    causes = loaded(found)
    return [
        Brought(
            obligation=row,
            rule=rule_of(row),
            wording=cause_of(row.cause_type).wording(causes[row.pk], row),
            address=cause_of(row.cause_type).address(causes[row.pk], row),
        )
        for row in found
    ]


def _is_next(meeting: Meeting, today: date) -> bool:
    """Whether it is the group's next meeting, or the one that is being held."""
    if meeting.status != MeetingStatus.PLANNED or meeting.closed_at is not None or meeting.on < today:
        return False
    planned = Meeting.objects.filter(board=meeting.board_id, status=MeetingStatus.PLANNED, closed_at=None)
    sooner = planned.filter(Q(on__gte=today, on__lt=meeting.on) | Q(on=meeting.on, starts_at__lt=meeting.starts_at))
    return not sooner.exists()


def _escalating_to(group: Board, boards: Iterable[Board]) -> list[tuple[int, str]]:
    """Constitution and duty of each rule of the partnership, under which anything is open, that names the group."""
    those = {board.pk: board for board in boards}
    in_use = Obligation.objects.open().filter(board__in=those).values("constitution")
    versions = Constitution.objects.filter(pk__in=in_use)
    return [
        (version.pk, rule.id)
        for version in versions
        for rule in terms_of(constitution=version).deadlines
        if any(
            group_named(word, those.values(), those[version.board_id]) == group
            for each in rule.escalation
            for word in each.to
        )
    ]


def _is_escalated(row: Obligation, group: Board, boards: Iterable[Board], today: date) -> bool:
    days = (today - row.due_on).days
    return any(
        group_named(word, boards, row.board) == group
        for step in steps_of(row)
        if step.offset <= days
        for word in step.words
    )
