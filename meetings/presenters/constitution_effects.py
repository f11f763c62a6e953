"""What a further version would change, in words: for the page on which it is confirmed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from meetings.presenters.constitution_changes import Changes, changes_between
from meetings.version_effects import DueDate, MeetingAhead, PastMeeting, VersionEffects
from membership.models import Appointment
from membership.seat_changes import ChangingSeat, GoingSeat
from partnership.access import Role
from partnership.rules.book.arrangement_sentences import signatories_sentence
from partnership.rules.plain_dates import counted, listed, long_date, plain_date
from partnership.rules.quorum.answers import Answer, Outcome

NO_SUCH_RULE = "not asked for"
NOT_KNOWN_YET = "bank holidays of that time are not known yet"
LABELS = {
    Outcome.QUORATE: "Quorate",
    Outcome.NOT_QUORATE: "Not quorate",
    Outcome.NOT_QUORATE_UNLESS_DETERMINED: "Not quorate",
    Outcome.NOT_STATED: "Not stated",
}
NOT_IN_THE_REGISTER = "It hangs on a size that the register does not hold."
CANNOT_BE_SAID = "Cannot be said"


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    """One deadline of a planned meeting, before and after."""

    meeting: str
    duty: str
    before: str
    after: str
    note: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """An outcome in a word; `is_quorate` None where no quorum is stated or nothing can be said."""

    label: str
    is_quorate: bool | None


@dataclass(frozen=True, slots=True)
class PastRow:
    """A meeting held, under the version before and the further one."""

    on: str
    present: str
    before: Verdict
    after: Verdict
    change: str
    is_changed: bool


@dataclass(frozen=True, slots=True)
class EffectsPage:
    """Everything the page prints above its form."""

    name: str
    older_name: str
    begins_on: str
    title: str
    signed_by: str
    changes: Changes | None
    seats_coming: tuple[str, ...]
    seats_going: tuple[str, ...]
    seats_changing: tuple[str, ...]
    seats_words: str
    ahead: tuple[DeadlineRow, ...]
    ahead_words: str
    past: tuple[PastRow, ...]
    past_heading: str
    past_note: str


def effects_page(effects: VersionEffects, *, today: date) -> EffectsPage:
    """The effects in the order in which they are read."""
    number = effects.terms.version.number
    follows = effects.follows
    past = tuple(_past(each) for each in effects.past)
    return EffectsPage(
        name=f"version {number}",
        older_name=f"Version {follows.version}" if follows else "",
        begins_on=plain_date(effects.in_force_from),
        title=effects.terms.version.title,
        signed_by=_signed_by(effects),
        changes=changes_between(effects.comparison) if effects.comparison is not None else None,
        seats_coming=effects.seats.coming,
        seats_going=tuple(_going(each, effects) for each in effects.seats.going),
        seats_changing=tuple(_changing(each) for each in effects.seats.changing),
        seats_words=_seats_words(effects),
        ahead=tuple(row for each in effects.ahead for row in _deadlines(each, today)),
        ahead_words=_ahead_words(effects.ahead),
        past=past,
        past_heading=_past_heading(past),
        past_note=_past_note(effects),
    )


def _signed_by(effects: VersionEffects) -> str:
    """Who signs, by the version before (it is in force while they sign), else by the further one."""
    for terms in (effects.before, effects.terms):
        if terms is not None and terms.signatories is not None:
            return signatories_sentence(terms.signatories, terms.quorum)
    return ""


# --- seats ------------------------------------------------------------------------------------------------------------


def _seats_words(effects: VersionEffects) -> str:
    seats = effects.seats
    if not (seats.coming or seats.going or seats.changing):
        return f"No seat comes, goes or changes: {counted(seats.kept, 'seat')}." if seats.kept else "No seat is listed."
    return f"{counted(seats.kept, 'other seat stays', 'other seats stay')} as before."


def _going(going: GoingSeat, effects: VersionEffects) -> str:
    """`HMP Isle of Wight: ends on 30 April 2027, and with it the appointment of Ann Lee as representative.`"""
    last_day = effects.in_force_from - timedelta(days=1)
    if not going.holders:
        return f"{going.seat.name}: nobody holds it."
    begun = [holder for holder in going.holders if holder.starts_on <= last_day]
    words = f"{going.seat.name}: ends on {plain_date(last_day)}"
    words += f", and with it {listed([_holder(holder) for holder in begun])}." if begun else "."
    later = [holder for holder in going.holders if holder not in begun]
    if later:
        names = listed([_holder(holder) for holder in later])
        words += f" But {names} would begin after that: end it first."
    return words


def _holder(holder: Appointment) -> str:
    return f"the appointment of {holder.person} as {holder.get_kind_display().lower()}"


def _changing(seat: ChangingSeat) -> str:
    renamed = "" if seat.name_before == seat.name_after else f" is called {seat.name_after}"
    roles = ""
    if seat.roles_before != seat.roles_after:
        before, after = _roles(seat.roles_before), _roles(seat.roles_after)
        roles = f"{' and' if renamed else ''} changes from {before} to {after}"
    return f"{seat.name_before}{renamed}{roles}."


def _roles(roles: frozenset[Role]) -> str:
    return listed(sorted(str(role.label).lower() for role in roles))


# --- the meetings ahead -----------------------------------------------------------------------------------------------


def _deadlines(ahead: MeetingAhead, today: date) -> Iterator[DeadlineRow]:
    for moved in ahead.moved:
        is_past = moved.after is not None and moved.after.on is not None and moved.after.on < today
        yield DeadlineRow(
            meeting=plain_date(ahead.meeting.on),
            duty=next(each.duty for each in (moved.after, moved.before) if each is not None),
            before=_due(moved.before),
            after=_due(moved.after),
            note="That day has passed." if is_past else "",
        )


def _due(due: DueDate | None) -> str:
    if due is None:
        return NO_SUCH_RULE
    return long_date(due.on) if due.on is not None else NOT_KNOWN_YET


def _ahead_words(ahead: Sequence[MeetingAhead]) -> str:
    if not ahead:
        return "No meeting is planned from that day on."
    moved = sum(bool(each.moved) for each in ahead)
    if not moved:
        return f"No deadline moves at the {counted(len(ahead), 'meeting')} planned from that day on."
    return (
        f"Deadlines of {moved} of {counted(len(ahead), 'meeting')} planned from that day on would change. "
        "Reminders follow the new dates; what went out for the old ones is not sent again."
    )


# --- the meetings held ------------------------------------------------------------------------------------------------


def _past(past: PastMeeting) -> PastRow:
    before, after = _verdict(past.before), _verdict(past.after)
    is_changed = before != after
    change = "Same"
    if is_changed:
        change = (
            past.after.sentence if past.after is not None else "It hangs on a size that the register does not hold."
        )
    heads = past.before.heads if past.before is not None else None
    return PastRow(
        on=plain_date(past.meeting.on),
        present="" if heads is None else str(heads),
        before=before,
        after=after,
        change=change,
        is_changed=is_changed,
    )


def _verdict(answer: Answer | None) -> Verdict:
    if answer is None:
        return Verdict(CANNOT_BE_SAID, is_quorate=None)
    return Verdict(LABELS[answer.outcome], answer.is_quorate)


def _past_heading(rows: Sequence[PastRow]) -> str:
    """`2 of the last 8 meetings would not have been quorate`."""
    if not rows:
        return "No meeting has been held yet"
    of = f"of the last {len(rows)} meetings" if len(rows) > 1 else "of the one meeting held"
    lost = sum(row.is_changed and row.after.is_quorate is False for row in rows)
    won = sum(row.is_changed and row.after.is_quorate is True for row in rows)
    other = sum(row.is_changed for row in rows) - lost - won
    said = [
        f"{number} {words}"
        for number, words in (
            (lost, "would not have been quorate"),
            (won, "would have been quorate"),
            (other, "would have no answer"),
        )
        if number
    ]
    if not said:
        return f"None {of} would have another answer"
    first, *others = said
    number, _, words = first.partition(" ")
    return ", ".join([f"{number} {of} {words}", *others])


def _past_note(effects: VersionEffects) -> str:
    """What the table leaves as it is."""
    note = "Only a preview: those meetings keep the answer of the version in force on their day."
    follows = effects.follows
    others = {past.decided_by for past in effects.past if follows is not None and past.decided_by != follows.version}
    if others:
        numbers = " and ".join(str(number) for number in sorted(number for number in others if number is not None))
        note += f" Some were decided by version {numbers}." if numbers else ""
    return f"{note} Deputies count as they were found on the day."
