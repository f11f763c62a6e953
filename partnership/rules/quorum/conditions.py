"""Whether a condition of the terms holds, and whether something is in force on the day."""

from partnership.rules.quorum.base import Body, base_of, size_of
from partnership.rules.quorum.facts import MeetingFacts
from partnership.rules.quorum.register import Here
from partnership.rules.quorum.terms import (
    AnyoneConflicted,
    Base,
    Circumstance,
    Condition,
    EveryoneConflicted,
    ShareOfSeats,
    SizeWithin,
)


def holds(condition: Condition | None, body: Body) -> bool:
    """Whether it holds at the moment asked about; no condition always does."""
    match condition:
        case None:
            return True
        case ShareOfSeats(quantity, fraction, is_strict):
            size, bound = size_of(body, quantity), fraction * base_of(body, Base.SEATS)
            return size > bound if is_strict else size >= bound
        case SizeWithin(size=name, at_least=least, at_most=most):
            size = size_of(body, name)
            return (least is None or least <= size) and (most is None or size <= most)
        case EveryoneConflicted(category):
            return bool(_of(category, body.gathering.withdrawn)) and not _of(category, body.gathering.here)
        case AnyoneConflicted(category):
            return bool(_of(category, body.gathering.conflicted))
        case Circumstance(name, is_absent):
            return is_so(body.facts.meeting, name) is not is_absent


def is_so(meeting: MeetingFacts, name: str) -> bool:
    """Whether the meeting has this circumstance; its kind is one ("extraordinary")."""
    return name in meeting.circumstances or name == meeting.kind


def _of(category: str | None, rows: tuple[Here, ...]) -> list[Here]:
    """Those of the category who count as members, everybody's when no category is named."""
    return [one for one in rows if one.capacity.counts and (category is None or category in one.categories)]
