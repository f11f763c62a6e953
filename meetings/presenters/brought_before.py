"""What the terms bring before a meeting, as lines of its page: what is late, whose it is, and by which clause."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from meetings.models import Meeting
from meetings.presenters.meeting_tasks import Tag, Task, clause_words
from meetings.queries.brought_before import Brought
from partnership.rules.plain_dates import counted


def brought_tasks(brought: Iterable[Brought], meeting: Meeting, *, today: date) -> tuple[Task, ...]:
    return tuple(_task(each, meeting, today) for each in brought)


def _task(brought: Brought, meeting: Meeting, today: date) -> Task:
    days = (today - brought.obligation.due_on).days
    what = f"{brought.wording.what} for {brought.wording.of_what}"
    clause = clause_words(brought.rule.clause)
    of_another = "" if brought.obligation.board_id == meeting.board_id else f"{brought.obligation.board.name}. "
    return Task(
        on=brought.obligation.due_on,
        rel=f"{counted(days, 'day')} late" if days > 0 else "",
        rel_css="q-rel--no" if days > 0 else "",
        name=f"{what[:1].upper()}{what[1:]}",
        hint=f"{of_another}{clause}.",
        href=brought.address,
        tag=Tag("Not done", "no") if days > 0 else Tag("Not done yet"),
    )
