"""What a reminder says to somebody whom the terms name beside those whose duty it is, or to the team instead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from partnership import access
from partnership.clock import LONDON
from partnership.models import Delivery, Obligation, Purpose, User
from partnership.obligations.causes import Cause, Wording, cause_of
from partnership.obligations.groups_named import groups_named
from partnership.obligations.hearers import Hearers, hearers_of
from partnership.obligations.holders import holder_of
from partnership.obligations.hours import Step, late_step, step_of
from partnership.rules.plain_dates import long_date


@dataclass(frozen=True, slots=True)
class Telling:
    """How one message names what is due, where it leads (nowhere, if empty), and what it says besides."""

    wording: Wording
    path: str
    facts: tuple[str, ...] = ()
    sent_as: str = ""


def telling_of(delivery: Delivery, obligation: Obligation, cause: Any, today: date) -> Telling:
    """To those whose duty it is nothing besides; the database is asked only where the step escalates."""
    known = cause_of(obligation.cause_type)
    plain = Telling(known.wording(cause, obligation), known.address(cause, obligation))
    step = step_of(obligation, delivery.offset)
    told = plain
    if step is not None and (step.roles or step.words):
        told = _beyond(plain, delivery.recipient, step, obligation, cause, today)
    return replace(told, facts=(*_entered_late(delivery, obligation), *told.facts))


def _entered_late(delivery: Delivery, obligation: Obligation) -> Iterator[str]:
    late, at = late_step(obligation), obligation.entered_late_at
    if late is None or at is None or late.offset != delivery.offset or delivery.purpose != Purpose.REMINDER:
        return
    entered_on = at.astimezone(LONDON).date()
    if entered_on > obligation.due_on:
        yield f"It was entered here on {long_date(entered_on)}, after that day."


def _beyond(plain: Telling, person: User, step: Step, obligation: Obligation, cause: Any, today: date) -> Telling:
    hearers = hearers_of([obligation], today)[obligation.pk]
    known = cause_of(obligation.cause_type)
    facts = tuple(_nobody(step, hearers, obligation)) if person in hearers.team else ()
    if person in hearers.concerned:
        return Telling(plain.wording, plain.path, facts)
    wording = known.wording_beyond(cause, obligation) if known.wording_beyond else plain.wording
    told_as = _told_as(person, step, hearers)
    if not told_as:
        return Telling(wording, plain.path, facts)
    named = f"The terms name you, as {told_as}, for what is late this long."
    if _may_open(person, known, cause, today):
        return Telling(wording, plain.path, (*facts, named), told_as)
    ask = "Members of the group can open its page: whoever represents your agency there, or its team, tells you more."
    return Telling(wording, "", (*facts, named, ask), told_as)


def _told_as(person: User, step: Step, hearers: Hearers) -> str:
    """As what the terms name somebody who has no role on the board; empty for the others."""
    if any(person in hearers.by_role.get(role, ()) for role in step.roles) or person in hearers.team:
        return ""
    for word in step.words:
        holder = holder_of(word)
        if holder is not None and person in hearers.by_word.get(word, ()):
            return holder.told_as
    return ""


def _may_open(person: User, known: Cause, cause: Any, today: date) -> bool:
    return access.may(person, access.Action.READ, cause, on=today)


def _nobody(step: Step, hearers: Hearers, obligation: Obligation) -> Iterator[str]:
    """A sentence for each word of the step that tells nobody by itself."""
    missing = hearers.nobody_is(step)
    groups = groups_named(missing, obligation)
    for word in missing:
        if word in groups:
            is_own = groups[word] == obligation.board
            meeting = "the group's own next meeting" if is_own else f"the next meeting of {groups[word].name}"
            yield f"The terms bring this before {meeting}. Its page shows it, for its team to put on the agenda."
        else:
            yield (
                f"The terms let this be told to the {word} now, and nobody is named here who can be written to as "
                "that. Please tell them."
            )
