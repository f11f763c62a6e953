"""The order of a seat's deputies, and what was declared of one."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from membership.deputy_naming import deputies_rule_on, judged_naming
from membership.models import Appointment, Grade, Seat
from membership.operations.appointments import name_deputy
from membership.queries import representative_of
from partnership import clock
from partnership.authorship import saved
from partnership.models import User
from partnership.rules.attendance.deputies import Outcome
from partnership.rules.deadlines.duty_sentences import deputy_sentences_about


class NamingRefused(Exception):
    """The terms do not let that person be the seat's deputy."""


class NamingReasonNeeded(Exception):
    """The terms would rather have another deputy: this one needs a reason, which is kept."""


@transaction.atomic
def declare_authority(
    *, appointment: Appointment, has_same_authority: bool, on: date, by: User, declared_by: str = ""
) -> Appointment:
    """Record what was declared of a deputy's decision-making authority, by whom, and when."""
    appointment.has_same_authority, appointment.declared_on = has_same_authority, on
    appointment.declared_by = declared_by
    fields = ["has_same_authority", "declared_on", "declared_by"]
    return saved(appointment, by=by, reason="Authority declared", fields=fields)


@transaction.atomic
def move_deputy(*, appointment: Appointment, up: bool, by: User) -> None:
    """Change places with the deputy before, or after; at either end nothing happens.

    Places only grow: nobody is ever put into one that another had on a day of theirs, which the database would refuse.
    """
    seat = Seat.objects.select_for_update(of=("self",)).get(pk=appointment.seat_id)
    deputies = Appointment.objects.filter(seat=seat).deputies()
    order = list(deputies.overlapping(clock.today(), None).order_by("order", "starts_on"))
    here = next((number for number, one in enumerate(order) if one.pk == appointment.pk), None)
    there = None if here is None else here + (-1 if up else 1)
    if here is None or there is None or not 0 <= there < len(order):
        return
    first, second = sorted((here, there))
    order[first], order[second] = order[second], order[first]
    for before, after in zip(order[first:], order[first + 1 :], strict=False):
        if after.order <= before.order:
            after.order = _free_place(after, above=before.order)
            saved(after, by=by, reason="Order of deputies changed", fields=["order"])


def _free_place(appointment: Appointment, *, above: int) -> int:
    """The first place above that one in which nobody else deputises on a day of this appointment."""
    others = Appointment.objects.filter(seat=appointment.seat_id).deputies().exclude(pk=appointment.pk)
    taken = set(others.overlapping(appointment.starts_on, appointment.until).values_list("order", flat=True))
    place = above + 1
    while place in taken:
        place += 1
    return place


@transaction.atomic
def name_checked_deputy(
    *,
    seat: Seat,
    person: User,
    starts_on: date,
    by: User,
    ends_on: date | None = None,
    grade: Grade | None = None,
    has_same_authority: bool | None = None,
    declared_by: str = "",
    reason: str = "",
) -> Appointment:
    """Name a deputy as the board's own rule lets: where it says "must", another is refused; where "should", asked why.

    What was not declared or compared yet is left open. Raises NamingRefused, NamingReasonNeeded, and as `name_deputy`.
    """
    rule = deputies_rule_on(seat=seat, on=starts_on)
    member = representative_of(seat=seat, on=starts_on)
    kept = ""
    if rule is not None:
        judged = judged_naming(
            rule,
            name=person.name,
            member=member.grade if member else None,
            grade=grade,
            has_same_authority=has_same_authority,
            reason=reason,
        )
        said = " ".join(deputy_sentences_about(judged, member.person.name if member else "the member"))
        if judged.outcome is Outcome.REFUSED:
            raise NamingRefused(said)
        if judged.outcome is Outcome.REASON_NEEDED:
            raise NamingReasonNeeded(f"{said} Say why this deputy is named.")
        kept = reason.strip() if judged.outcome is Outcome.ACCEPTED_WITH_REASON else ""
    return name_deputy(
        seat=seat,
        person=person,
        starts_on=starts_on,
        ends_on=ends_on,
        grade=grade,
        has_same_authority=has_same_authority,
        declared_by=declared_by.strip(),
        deputy_reason=kept,
        by=by,
    )
