"""The letters of duties: before the day, on it, late, a date that changed, and several reminders in one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse

from partnership.models import Delivery, Obligation, Purpose
from partnership.obligations.causes import Wording
from partnership.obligations.hours import rule_of
from partnership.obligations.letters import Item, Letter
from partnership.obligations.telling_beyond import Telling, telling_of
from partnership.obligations.wordings import Line, MessageKind, Part, Placeholder, Words, enter, filled
from partnership.rules.plain_dates import brief_date, counted, long_date

CLOSING = "You will be asked to sign in with this e-mail address. Reminders end when it is done."
WHAT = Placeholder("what", "the agenda and papers for PSCP Board, 22 April,")
GROUP = Placeholder("group", "PSCP Board")
DAY = Placeholder("due day", "15 April")
DATE = Placeholder("due date", "Thursday 15 April 2027", is_strong=True)
IS_DUE, WAS_DUE = Placeholder("is due", "are due"), Placeholder("was due", "were due")
ONE_DUTY = (WHAT, GROUP, DAY, DATE)
TO_WHOM = "Whoever the constitution reminds"

DUE_SOON = MessageKind(
    name="reminder",
    label="A reminder before the day",
    goes_to=TO_WHOM,
    standard=Words("{what} {is due} by {due day}", "{what} {is due} by {due date}: {days left} left.", CLOSING),
    placeholders=(*ONE_DUTY, IS_DUE, Placeholder("days left", "7 days")),
    needs=((Part.SUBJECT, "what"), (Part.OPENING, "due date")),
)
DUE_TODAY = MessageKind(
    name="reminder-today",
    label="A reminder on the day",
    goes_to=TO_WHOM,
    standard=Words("{what} {is due} today", "{what} {is due} today, {due date}.", CLOSING),
    placeholders=(*ONE_DUTY, IS_DUE),
    needs=((Part.SUBJECT, "what"), (Part.OPENING, "due date")),
)
LATE = MessageKind(
    name="reminder-late",
    label="A reminder of something late",
    goes_to=TO_WHOM,
    standard=Words(
        "{what} {was due} on {due day}",
        "{what} {was due} on {due date}, {days late} ago. There is no record that this was done.",
        CLOSING,
    ),
    placeholders=(*ONE_DUTY, WAS_DUE, Placeholder("days late", "1 day")),
    needs=((Part.SUBJECT, "what"), (Part.OPENING, "due date")),
)
DATE_CHANGED = MessageKind(
    name="date-changed",
    label="A changed due date",
    goes_to="Whoever was reminded of another date",
    standard=Words(
        "Changed: {what} {is now due} by {due day}",
        "The date has changed: {what} {is now due} by {due date}. An earlier reminder gave another date.",
        CLOSING,
    ),
    placeholders=(*ONE_DUTY, Placeholder("is now due", "are now due")),
    needs=((Part.SUBJECT, "what"), (Part.OPENING, "due date")),
)
DIGEST = MessageKind(
    name="digest",
    label="Several reminders in one",
    goes_to="Whoever chose one message a day, or would get more than a few",
    standard=Words(
        "{things to do}",
        "This is what waits for you.",
        "You will be asked to sign in with this e-mail address. Reminders end when each is done.",
    ),
    placeholders=(Placeholder("things to do", "3 things to do, 1 of them late"), Placeholder("partnership", "PSCP")),
    needs=((Part.SUBJECT, "things to do"),),
)
KINDS = (DUE_SOON, DUE_TODAY, LATE, DATE_CHANGED, DIGEST)


def enter_kinds() -> None:
    """Make them known; once, when the app starts."""
    enter(*KINDS)


def reminder_letter(delivery: Delivery, cause: Any, today: date) -> Letter:
    """What one reminder says on that day."""
    obligation = _duty_of(delivery)
    told = telling_of(delivery, obligation, cause, today)
    wording = told.wording
    kind = _kind_of(delivery, obligation, today)
    return Letter(
        kind=kind,
        values=_values(wording, obligation, today),
        heading=_heading(kind, wording, obligation, today),
        clause=rule_of(obligation).clause,
        # What comes after a comma says in which state it is wanted.
        button=f"Open {wording.what.partition(',')[0]}",
        path=told.path,
        facts=told.facts,
        sent_as=told.sent_as or f"somebody whom this duty of {obligation.board.name} concerns",
    )


def digest_letter(parts: Iterable[tuple[Delivery, Any]], today: date) -> Letter:
    """Several reminders, each with its cause; the one due first at the top."""
    duties = [(_duty_of(part), part, cause) for part, cause in parts]
    duties.sort(key=lambda duty: duty[0].due_on)
    # Two reminders of one thing say the same on one day.
    items = {_item(duty, telling_of(part, duty, cause, today), today): duty.due_on for duty, part, cause in duties}
    late = sum(1 for due_on in items.values() if due_on < today)
    found = list(items)
    title = found[0].what if len(found) == 1 else f"{counted(len(found), 'thing')} to do"
    if late:
        title += ": late" if len(found) == 1 else f", {late} of them late"
    partnership = duties[0][0].board.partnership
    return Letter(
        kind=DIGEST,
        values={"things to do": title, "partnership": partnership.short_name},
        heading=title[:1].upper() + title[1:],
        items=tuple(items),
        path=reverse("home"),
        button="Open what waits for you",
        sent_as="somebody whose reminders of a day go in one message",
    )


def _duty_of(delivery: Delivery) -> Obligation:
    if delivery.obligation is None:
        raise ValueError("A reminder is about an obligation.")
    return delivery.obligation


def _kind_of(delivery: Delivery, obligation: Obligation, today: date) -> MessageKind:
    if delivery.purpose == Purpose.CHANGED:
        return DATE_CHANGED
    if obligation.due_on < today:
        return LATE
    return DUE_TODAY if obligation.due_on == today else DUE_SOON


def _values(wording: Wording, obligation: Obligation, today: date) -> dict[str, str]:
    """A value for every placeholder of these kinds."""
    apart = "," if "," in wording.of_what else ""
    days = (obligation.due_on - today).days
    is_one = wording.is_one
    return {
        "what": f"{wording.what} for {wording.of_what}{apart}",
        "group": obligation.board.short_name,
        "due day": brief_date(obligation.due_on, today),
        "due date": long_date(obligation.due_on),
        "is due": "is due" if is_one else "are due",
        "was due": "was due" if is_one else "were due",
        "is now due": "is now due" if is_one else "are now due",
        "days left": counted(max(days, 0), "day"),
        "days late": counted(max(-days, 0), "day"),
    }


def _heading(kind: MessageKind, wording: Wording, obligation: Obligation, today: date) -> str:
    what, verb = wording.what[:1].upper() + wording.what[1:], "is" if wording.is_one else "are"
    if kind is DATE_CHANGED:
        return f"{what} {'has' if wording.is_one else 'have'} a new date"
    if kind is LATE:
        return f"{what} {verb} {counted((today - obligation.due_on).days, 'day')} late"
    return f"{what} {verb} due {'today' if kind is DUE_TODAY else f'by {brief_date(obligation.due_on, today)}'}"


def _item(duty: Obligation, told: Telling, today: date) -> Item:
    what = f"{told.wording.what} for {told.wording.of_what}"
    return Item(
        what=what[:1].upper() + what[1:],
        due=_due_line(duty, told.wording, today),
        clause=rule_of(duty).clause,
        path=told.path,
        facts=told.facts,
    )


def _due_line(duty: Obligation, wording: Wording, today: date) -> Line:
    kind, text = DUE_SOON, "Due by {due date}, {days left} left."
    if duty.due_on < today:
        kind, text = LATE, "Due on {due date}, {days late} late."
    elif duty.due_on == today:
        kind, text = DUE_TODAY, "Due today, {due date}."
    return filled(kind, text, _values(wording, duty, today))[0]
