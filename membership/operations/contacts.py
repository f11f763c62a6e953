"""Keeping contact details right: confirmed or changed by their person, corrected by the team, asked for in time."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q

from membership.duties import DETAILS
from membership.models import Appointment, ContactDetails, DetailsCheck
from partnership import clock
from partnership.authorship import saved
from partnership.models import Board, Partnership, User
from partnership.obligations.kept_rules import falls_due, rule_on
from partnership.obligations.operations import (
    cancel_obligations,
    ensure_obligation,
    meet_obligation,
    open_obligation,
)

NO_LONGER_ASKED = "The board asks this person no longer."


class DetailsClash(Exception):
    """Somebody else changed the details since the form was drawn; `theirs` is what they say now."""

    def __init__(self, theirs: ContactDetails) -> None:
        super().__init__("Somebody else changed these details while you were writing. Nothing was saved.")
        self.theirs = theirs


class NotTheirOwn(Exception):
    """Only the person can say that their details are right."""


@dataclass(frozen=True, slots=True)
class Entered:
    """What a form says of a person, whole."""

    post_title: str = ""
    telephone: str = ""
    work_address: str = ""
    preferred_way: str = ""
    postal_address: str = ""
    access_needs: str = ""
    paper_needs: str = ""


@transaction.atomic
def confirm_details(*, partnership: Partnership, person: User, seen: int, by: User) -> ContactDetails:
    """The person says that what is recorded is right. Raises NotTheirOwn, DetailsClash."""
    if by != person:
        raise NotTheirOwn(f"Only {person} can confirm these details.")
    details = _held(partnership, person, seen)
    return _confirmed(details, reason="Confirmed as right", by=by)


@transaction.atomic
def change_details(
    *, partnership: Partnership, person: User, entered: Entered, seen: int, by: User, reason: str = ""
) -> ContactDetails:
    """Record what is right now. By the person themselves it confirms the whole; by the team it does not.

    Raises DetailsClash where they were changed since version `seen`.
    """
    details = _held(partnership, person, seen)
    for name, value in asdict(entered).items():
        setattr(details, name, value)
    if by == person:
        return _confirmed(details, reason="Changed by the person", by=by)
    details.version += 1
    return saved(details, by=by, reason=f"Corrected by the team: {reason}" if reason else "Corrected by the team")


def _confirmed(details: ContactDetails, *, reason: str, by: User) -> ContactDetails:
    today = clock.today()
    details.confirmed_on = today
    details.version += 1
    saved(details, by=by, reason=reason)
    checks = DetailsCheck.objects.filter(person=details.person, board__partnership=details.partnership)
    for check in checks.select_related("board__partnership").order_by("pk"):
        asked = open_obligation(duty=DETAILS, cause=check)
        # Said twice on one day, it is the same confirmation.
        if asked is not None and asked.occurrence != today.isoformat():
            meet_obligation(
                duty=DETAILS,
                cause=check,
                occurrence=asked.occurrence,
                on=today,
                evidence=f"{reason}, {today:%-d %B %Y}",
                by=by,
            )
        keep_details_check(person=details.person, board=check.board, by=by)
    return details


def _held(partnership: Partnership, person: User, seen: int) -> ContactDetails:
    """The details, locked; new ones where there are none. Raises DetailsClash."""
    # The person's row is what two first entries have in common.
    User.objects.select_for_update().get(pk=person.pk)
    held = ContactDetails.objects.filter(partnership=partnership, person=person)
    details = held.first() or ContactDetails(partnership=partnership, person=person)
    if details.version != seen:
        raise DetailsClash(details)
    details.partnership, details.person = partnership, person
    return details


# --- what falls due ---------------------------------------------------------------------------------------------------


@transaction.atomic
def keep_details_check(*, person: User, board: Board, by: User) -> None:
    """Let the next confirmation fall due as the board's terms say, or nothing where they or the seats ask for none.

    Counted from the last confirmation; before any, from the first day of the appointment, or the day on which an
    earlier one was entered.
    """
    today = clock.today()
    check = DetailsCheck.objects.filter(board=board, person=person).first()
    held = Appointment.objects.filter(Q(until=None) | Q(until__gt=today), person=person, seat__board=board)
    first = held.order_by("starts_on", "pk").first()
    found = rule_on(board=board, duty=DETAILS, on=today) if first is not None else None
    if first is None or found is None:
        if check is not None:
            cancel_obligations(cause=check, reason=NO_LONGER_ASKED, by=by)
        return
    rule, constitution = found
    check = check or saved(DetailsCheck(board=board, person=person), by=by, reason="The terms ask for it")
    after = _counted_from(check, first, today)
    ensure_obligation(
        duty=DETAILS,
        cause=check,
        occurrence=after.isoformat(),
        owner=rule.owner,
        due_on=falls_due(rule, board=board, after=after),
        constitution=constitution,
        by=by,
    )


def _counted_from(check: DetailsCheck, first: Appointment, today: date) -> date:
    """The day of which the open obligation speaks, else of the last confirmation while seated, else of the seat."""
    asked = open_obligation(duty=DETAILS, cause=check)
    if asked is not None:
        return date.fromisoformat(asked.occurrence)
    details = ContactDetails.objects.filter(partnership=check.board.partnership_id, person=check.person_id).first()
    if details is not None and details.confirmed_on is not None and details.confirmed_on >= first.starts_on:
        return details.confirmed_on
    return max(first.starts_on, today)
