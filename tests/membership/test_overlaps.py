"""Two people in one place, or one person in two places of a seat: the database refuses it of itself, on both kinds."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from membership.models import Appointment, AppointmentKind, Seat
from membership.queries import overlapping_appointments
from tests.cast import Cast

DAY = timedelta(days=1)
FIRST, LAST = date(2027, 3, 1), date(2027, 4, 1)


def row(cast: Cast, who: str, order: int = 0, starts_on: date = FIRST, until: date | None = LAST) -> Appointment:
    kind = AppointmentKind.DEPUTY if order else AppointmentKind.REPRESENTATIVE
    return Appointment(
        seat=cast.seats["icb"], person=cast.person(who), kind=kind, order=order, starts_on=starts_on, until=until
    )


@pytest.mark.parametrize(
    ("starts_on", "until"),
    [
        (FIRST, LAST),
        (FIRST - DAY, FIRST + DAY),
        (LAST - DAY, None),
        (FIRST + DAY, FIRST + 2 * DAY),
        (FIRST - DAY, None),
    ],
)
@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("one", 0), ("another", 0)),  # two representatives
        (("one", 1), ("another", 1)),  # two deputies in one place
        (("one", 0), ("one", 1)),  # their own deputy
        (("one", 1), ("one", 2)),  # twice a deputy
    ],
)
def test_the_database_refuses_any_day_shared(
    cast: Cast, first: tuple[str, int], second: tuple[str, int], starts_on: date, until: date | None
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.bulk_create([row(cast, *first), row(cast, *second, starts_on=starts_on, until=until)])
    assert not Appointment.objects.filter(seat=cast.seats["icb"]).exists()


def test_it_refuses_a_move_into_another_too(cast: Cast) -> None:
    Appointment.objects.bulk_create([row(cast, "one"), row(cast, "another", starts_on=LAST, until=None)])
    held = Appointment.objects.filter(seat=cast.seats["icb"], person=cast["another"])
    with pytest.raises(IntegrityError), transaction.atomic():
        held.update(starts_on=LAST - DAY)
    held.update(starts_on=LAST + DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.filter(person=cast["one"]).update(until=None)


def test_neighbours_other_places_other_seats_and_gaps_are_let_in(cast: Cast) -> None:
    rows = [
        row(cast, "one"),
        row(cast, "another", starts_on=LAST, until=LAST + DAY),
        row(cast, "one", starts_on=LAST + 9 * DAY, until=None),
        row(cast, "third", order=1, until=None),
        row(cast, "fourth", order=2, until=None),
    ]
    elsewhere = row(cast, "one")
    elsewhere.seat = Seat.objects.get(board=cast.elsewhere, key="icb")
    Appointment.objects.bulk_create([*rows, elsewhere])
    assert overlapping_appointments() == []
