"""What the meeting did: its items with what was said and decided, and the actions, new and held over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from string import ascii_lowercase

from meetings.decision_worth import NOT_QUORATE, worth_of
from meetings.delegation_worth import remarks_on
from meetings.minutes.content import MinutedAction, MinutedDecision, MinutedItem, MinutedRemark
from meetings.minutes.words import local_time, paragraphs, with_comma
from meetings.models import Action, ActionStatus, ActionUpdate, Decision, Meeting
from meetings.queries import Gap, Register
from meetings.queries.delegations import Delegations
from meetings.queries.outcomes import RecordedItem
from membership.queries import agency_names
from partnership.clock import LONDON
from partnership.rules.clauses import cited
from partnership.rules.decisions.minuted import minuted_sentence
from partnership.rules.plain_dates import listed, plain_date
from partnership.rules.quorum.facts import Interval
from partnership.rules.quorum.timeline import Span, without_quorum

NEW, HELD_OVER = "New", "Held over"


def minuted_items(
    recorded: Sequence[RecordedItem], register: Register, spans: tuple[Span, ...], delegations: Delegations
) -> tuple[MinutedItem, ...]:
    """The items in order. No query."""
    not_quorate = without_quorum(spans, _times(recorded, register.meeting.closed_at))
    return tuple(
        MinutedItem(
            number=each.number,
            title=each.item.title,
            begun=local_time(each.record.begun_at) if each.record and each.record.begun_at else "",
            label=NOT_QUORATE if str(each.number) in not_quorate else "",
            discussion=paragraphs(each.record.discussion) if each.record else (),
            decisions=tuple(_decisions(each, register, delegations)),
        )
        for each in recorded
    )


def _times(recorded: Sequence[RecordedItem], closed_at: datetime | None) -> dict[str, Interval]:
    """From when to when each item was taken: to the beginning of the one taken next, or the close."""
    begun = sorted(
        (each.record.begun_at, str(each.number)) for each in recorded if each.record and each.record.begun_at
    )
    ends = [*(at for at, _ in begun[1:]), closed_at]
    return {number: Interval(at, end) for (at, number), end in zip(begun, ends, strict=False)}


def _decisions(each: RecordedItem, register: Register, delegations: Delegations) -> Iterator[MinutedDecision]:
    for index, decision in enumerate(each.decisions):
        worth = worth_of(decision, register=register, number=each.number)
        which = ascii_lowercase[index % len(ascii_lowercase)] if len(each.decisions) > 1 else ""
        at = decision.decided_at.astimezone(LONDON).time()
        yield MinutedDecision(
            title=f"Decision {each.number}{which}",
            text=decision.text,
            sentence=minuted_sentence(worth.sentence, worth.clause, at=at, is_quorate=worth.is_quorate),
            label=NOT_QUORATE if worth.is_quorate is False else "",
            remarks=_remarks(decision, register.meeting, delegations),
        )


def _remarks(decision: Decision, meeting: Meeting, delegations: Delegations) -> tuple[MinutedRemark, ...]:
    return tuple(
        MinutedRemark(
            f"{remark.sentence.rstrip('.')} ({cited(remark.clause)})." if remark.clause else remark.sentence,
            remark.label,
        )
        for remark in remarks_on(decision, meeting=meeting, rules=delegations)
    )


def summary_of(items: Sequence[MinutedItem], actions: Sequence[MinutedAction]) -> str:
    """`Decisions: 3, at items 3, 5 and 8. Actions: 3 new, 1 held over.`"""
    at = [str(item.number) for item in items if item.decisions]
    decisions = sum(len(item.decisions) for item in items)
    where = f", at {'item' if len(at) == 1 else 'items'} {listed(at)}" if at else ""
    new = sum(action.state == NEW for action in actions)
    held_over = sum(action.state.startswith(HELD_OVER) for action in actions)
    return f"Decisions: {decisions or 'none'}{where}. Actions: {new} new, {held_over} held over."


# --- actions ----------------------------------------------------------------------------------------------------------


def minuted_gaps(gaps: Iterable[Gap]) -> tuple[MinutedItem, ...]:
    """What stands for items that are not the reader's to know of."""
    return tuple(MinutedItem(gap.number, "", "", "", (), (), gap=gap.words) for gap in gaps)


def minuted_actions(meeting: Meeting, actions: Sequence[Action]) -> tuple[MinutedAction, ...]:
    """The tracker as of the meeting: held over, closed since the one before, then new. Three queries."""
    previous = Meeting.objects.filter(board=meeting.board_id, on__lt=meeting.on).held().order_by("-on").first()
    told = [(state, action) for action in actions if (state := _state(action, meeting, previous))]
    told.sort(key=lambda each: (each[0] == NEW, each[1].number))
    agencies = [action.agency_id for _, action in told if action.agency_id]
    names = agency_names(agencies=agencies, partnership_id=meeting.board.partnership_id, on=meeting.on)
    reports = _last_reports(action for _, action in told)
    return tuple(
        MinutedAction(
            reference=action.reference,
            text=action.text,
            who=with_comma(names.get(action.agency_id or 0, ""), action.owner.name),
            due=plain_date(action.due_on),
            state=state,
            latest=reports.get(action.pk, ""),
        )
        for state, action in told
    )


def _state(action: Action, meeting: Meeting, previous: Meeting | None) -> str:
    """How the minutes name it; empty for an action of another time."""
    is_from_here = action.item.meeting_id == meeting.pk if action.item else action.agreed_on == meeting.on
    if is_from_here:
        return NEW
    if action.agreed_on > meeting.on or (action.item and action.agreed_on == meeting.on):
        return ""
    if action.closed_on is not None and action.closed_on <= meeting.on:
        is_news = previous is None or action.closed_on > previous.on
        return f"Closed {plain_date(action.closed_on)}" if is_news else ""
    if action.status == ActionStatus.ASKED_TO_CLOSE:
        return f"{HELD_OVER}, asked to close"
    return f"{HELD_OVER}, overdue" if action.due_on < meeting.on else HELD_OVER


def _last_reports(actions: Iterable[Action]) -> Mapping[int, str]:
    """The last that was reported of each."""
    updates = ActionUpdate.objects.filter(action__in=[action.pk for action in actions])
    return {update.action_id: update.text for update in updates.order_by("at", "pk")}
