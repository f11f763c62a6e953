"""A line for each thing that is asked of a person beside meetings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from partnership.rules.plain_dates import long_date
from reviews.presenters.addresses import of_meeting
from reviews.queries.people import AskedOfPerson


@dataclass(frozen=True, slots=True)
class OwnDuty:
    """What to do, where, and by when."""

    title: str
    href: str
    hint: str
    is_late: bool


def own_duties(asked: AskedOfPerson, *, today: date) -> tuple[OwnDuty, ...]:
    return (*_unsigned(asked, today), *_details(asked, today), *_inductions(asked, today), *_arrangements(asked, today))


def _unsigned(asked: AskedOfPerson, today: date) -> Iterable[OwnDuty]:
    for meeting in asked.unsigned:
        yield OwnDuty(
            title="Sign the confidentiality agreement",
            href=of_meeting("confidentiality_sign", meeting),
            hint=f"{meeting.board.short_name}, meeting of {long_date(meeting.on)}",
            is_late=meeting.on < today,
        )


def _details(asked: AskedOfPerson, today: date) -> Iterable[OwnDuty]:
    for own in asked.details:
        if own.asked is not None:
            yield OwnDuty(
                title="Confirm or correct your contact details",
                href=reverse("my_details"),
                hint=f"{own.partnership.short_name}. {_by(own.asked.due_on, today)}",
                is_late=own.asked.due_on < today,
            )


def _inductions(asked: AskedOfPerson, today: date) -> Iterable[OwnDuty]:
    for induction in asked.inductions:
        partnership = induction.board.partnership
        yield OwnDuty(
            title="Go on with your induction",
            href=reverse("induction", args=[partnership.slug, induction.uuid]),
            hint=f"{partnership.short_name}. {_by(induction.due_on, today)}",
            is_late=induction.due_on < today,
        )


def _arrangements(asked: AskedOfPerson, today: date) -> Iterable[OwnDuty]:
    for each in asked.arrangements:
        if each.obligation is not None:
            version = each.row.constitution
            yield OwnDuty(
                title=f"Read and acknowledge version {version.version} of the arrangements",
                href=reverse("my_arrangement", args=[each.row.uuid]),
                hint=f"{version.board.short_name}. {_by(each.obligation.due_on, today)}",
                is_late=each.obligation.due_on < today,
            )


def _by(due_on: date, today: date) -> str:
    return f"By {long_date(due_on)}" if due_on >= today else f"It was due on {long_date(due_on)}"
