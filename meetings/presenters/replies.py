"""What seats said about coming, in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from meetings.models import AnswerOutcome, CalendarAnswer, CalendarSays, Meeting, Reply, ReplyAnswer
from meetings.operations import confirmation
from meetings.presenters.meeting_tasks import address
from meetings.queries import RepliedSeat
from partnership.clock import LONDON
from partnership.rules.plain_dates import short_date


@dataclass(frozen=True, slots=True)
class ReplyRow:
    """One seat in the list of replies."""

    seat: str
    who: str
    says: str
    reason: str
    calendar: str
    href: str
    has_replied: bool


@dataclass(frozen=True, slots=True)
class NotTaken:
    """An answer of a calendar that was not taken, and why."""

    who: str
    says: str
    why: str


def reply_rows(
    seats: Iterable[RepliedSeat],
    meeting: Meeting,
    *,
    reasons_of: Collection[int],
    calendars: Mapping[int, CalendarAnswer],
) -> list[ReplyRow]:
    """Seats in the order given; `reasons_of` are the ids of those whose reasons the reader may read, `calendars` what
    calendars answered, by the person's id.
    """
    return [
        ReplyRow(
            seat=each.held.seat.name,
            who=each.held.representative.person.name if each.held.representative else "Vacant",
            says=reply_words(each.reply) or "Has not told us.",
            reason=_reason(each.reply) if each.held.seat.pk in reasons_of else "",
            calendar=calendar_words(calendars.get(representative_id(each))),
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


def representative_id(seat: RepliedSeat) -> int:
    """Who is invited for the seat, by id; 0 for nobody."""
    return seat.held.representative.person_id if seat.held.representative else 0


def calendar_words(answer: CalendarAnswer | None) -> str:
    """`In Outlook: accepted, 3 May`; empty where the calendar said nothing."""
    if answer is None:
        return ""
    on = short_date(answer.answered_at.astimezone(LONDON).date())
    return f"{answer.get_program_display()}: {answer.get_says_display()}, {on}"


def calendars_alone(seats: Iterable[RepliedSeat], calendars: Mapping[int, CalendarAnswer]) -> str:
    """`2 accepted, 1 declined`: what calendars say for seats that have told us nothing; empty where none does."""
    answers = [calendars.get(representative_id(seat)) for seat in seats if seat.reply is None]
    said = [answer.says for answer in answers if answer is not None]
    return ", ".join(f"{said.count(each)} {each.label}" for each in CalendarSays if each in said)


def not_taken(answers: Iterable[CalendarAnswer]) -> list[NotTaken]:
    """In the order given."""
    return [_not_taken(answer) for answer in answers]


def _not_taken(answer: CalendarAnswer) -> NotTaken:
    on = short_date(answer.read_at.astimezone(LONDON).date())
    person, sender = answer.person.name if answer.person else "", answer.sender or "no one address"
    who = (
        f"{sender}, in the name of {person}" if person and answer.outcome == AnswerOutcome.FORGED else person or sender
    )
    return NotTaken(who, f"{answer.get_says_display() or 'answered'}, {on}", AnswerOutcome(answer.outcome).label)


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
