"""What meetings tell of a seat on a day: the quorum of the next one, and what waits on whoever holds the seat."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from meetings.models import Meeting, Reply, ReplyAnswer
from meetings.queries import Register, register_of
from meetings.quoracy import NoTermsInForce, expected_facts, full_facts, quorum_terms_of
from meetings.seat_follower import actions_of, items_led, open_replies
from membership import effects
from membership.effects import Told
from membership.models import Appointment, Seat
from partnership import clock
from partnership.rules.plain_dates import listed, short_date
from partnership.rules.quorum.assess import assess
from partnership.rules.quorum.base import SizeNotGiven
from partnership.rules.quorum.facts import Facts


def enter() -> None:
    """Make this app tell of seats; once, when it starts."""
    effects.enter("meetings", tell)


def tell(seat: Seat, on: date) -> list[Told]:
    """The quorum of the board's next meeting on that day or after, then replies, actions and items led."""
    first = max(on, clock.today())
    ahead = Meeting.objects.filter(board=seat.board_id, opened_at=None, on__gte=first).upcoming(first)
    meeting = ahead.select_related("board__partnership").order_by("on", "starts_at").first()
    told = _quorum(meeting) if meeting is not None else []
    replies = open_replies(seat, from_on=first)
    told.append(Told("Replies for meetings ahead", _replies(replies)))
    people = Appointment.objects.filter(seat=seat).order_by("order", "starts_on").select_related("person")
    held = list({one.person_id: one.person for one in people}.values())
    actions = [f"{action.reference} ({person.name})" for person in held for action in actions_of(seat, person)]
    told.append(Told("Open actions of the seat", listed(actions) if actions else "None"))
    led = [
        f"{item.title} on {short_date(item.meeting.on)} ({person.name})"
        for person in held
        for item in items_led(seat, person, from_on=first)
    ]
    told.append(Told("Items and papers led by the seat", listed(led) if led else "None"))
    return told


def _quorum(meeting: Meeting) -> list[Told]:
    register = register_of(meeting=meeting)
    when = short_date(meeting.on)
    try:
        everybody, replied = full_facts(register), expected_facts(register)
        basis = f"Version {register.constitution.version} of the terms" if register.constitution else ""
        return [
            Told(f"Quorum on {when} if somebody comes for every seat", _sentence(register, everybody), basis),
            Told(f"Quorum on {when} by the replies so far", _sentence(register, replied), basis),
        ]
    except (NoTermsInForce, SizeNotGiven) as unknown:
        return [Told(f"Quorum on {when}", str(unknown))]


def _sentence(register: Register, facts: Facts) -> str:
    return assess(quorum_terms_of(register), facts, at=None).sentence


def _replies(replies: Iterable[Reply]) -> str:
    said = [f"{short_date(given.meeting.on)}: {_said(given)}" for given in replies]
    return "; ".join(said) or "None: the seat is asked"


def _said(given: Reply) -> str:
    if given.answer == ReplyAnswer.APOLOGIES:
        return "no one can come"
    return f"{given.person} {'comes' if given.answer == ReplyAnswer.COMING else 'comes as deputy'}"
