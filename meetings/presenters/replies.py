"""What seats said about coming, in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from meetings.models import Meeting, Reply, ReplyAnswer
from meetings.operations import confirmation
from meetings.presenters.meeting_tasks import address
from meetings.queries import RepliedSeat
from partnership.rules.plain_dates import short_date


@dataclass(frozen=True, slots=True)
class ReplyRow:
    """One seat in the list of replies."""

    seat: str
    who: str
    says: str
    reason: str
    href: str
    has_replied: bool


def reply_rows(seats: Iterable[RepliedSeat], meeting: Meeting, *, reasons_of: Collection[int]) -> list[ReplyRow]:
    """Seats in the order given; `reasons_of` are the ids of those whose reasons the reader may read."""
    return [
        ReplyRow(
            seat=each.held.seat.name,
            who=each.held.representative.person.name if each.held.representative else "Vacant",
            says=reply_words(each.reply) or "Has not told us.",
            reason=_reason(each.reply) if each.held.seat.pk in reasons_of else "",
            href=f"{address('meeting_reply', meeting)}?seat={each.held.seat.key}",
            has_replied=each.reply is not None,
        )
        for each in seats
    ]


def _reason(given: Reply | None) -> str:
    return given.reason or given.deputy_reason if given else ""


def reply_words(given: Reply | None) -> str:
    """`Sam Lee is coming as deputy.`; empty where nothing was said."""
    if given is None:
        return ""
    if given.answer == ReplyAnswer.COMING:
        return f"{given.person} is coming."
    if given.answer == ReplyAnswer.DEPUTY:
        return f"{given.person} is coming as deputy."
    return "No one can come."


def own_words(given: Reply | None) -> str:
    """The same, told to whoever answers for the seat."""
    if given is not None and given.answer == ReplyAnswer.COMING:
        return "You are coming."
    return reply_words(given)


def done_words(given: Reply, *, is_own: bool) -> str:
    """What is said once a reply is saved."""
    if given.answer == ReplyAnswer.DEPUTY:
        return confirmation(given) if is_own else f"{given.seat.name}: {reply_words(given)}"
    if not is_own:
        return f"{given.seat.name}: {reply_words(given)}"
    on = short_date(given.meeting.on)
    return (
        f"You are coming on {on}." if given.answer == ReplyAnswer.COMING else f"Your apologies for {on} are recorded."
    )
