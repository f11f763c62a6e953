"""What a meeting took, decided and agreed, for tests of pages."""

from __future__ import annotations

from meetings.models import Action, AgendaItem, Decision, ItemKind, Meeting
from meetings.operations import agree_action, begin_item, record_decision
from partnership import clock
from partnership.authorship import saved
from tests.cast import TODAY, Cast, at

DECISION = "The neglect strategy is adopted"
ACTION = "Write the neglect guide"


def item_on(cast: Cast, meeting: Meeting, *, title: str = "Neglect strategy") -> AgendaItem:
    """A further item at the end of the agenda, not published."""
    position = AgendaItem.objects.filter(meeting=meeting).count() + 1
    item = AgendaItem(
        meeting=meeting, position=position, title=title, kind=ItemKind.DECISION, minutes=20, added_at=clock.now()
    )
    return saved(item, by=cast["coordinator"], reason="Added to the agenda")


def taken_item(cast: Cast, meeting: Meeting) -> tuple[AgendaItem, Decision, Action]:
    """An item taken a minute past ten, with a decision and an action that the member owns."""
    item, by = item_on(cast, meeting), cast["coordinator"]
    begin_item(item=item, at=at(10, 1), by=by)
    decision = record_decision(item=item, text=DECISION, decided_at=at(10, 2), by=by)
    action = agree_action(board=meeting.board, text=ACTION, owner=cast["member"], due_on=TODAY, by=by, item=item)
    return item, decision, action
