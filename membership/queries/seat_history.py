"""One seat over time: who held it, who deputised, when nobody did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from membership.models import Appointment, Leave, LeftVacant, Seat
from partnership import access
from partnership.models import Board, Standing, StandingSource, User


@dataclass(frozen=True, slots=True)
class Gap:
    """Days on which nobody represented the seat, over [starts_on, until); None while it lasts."""

    starts_on: date
    until: date | None


@dataclass(frozen=True, slots=True)
class SeatOverTime:
    """Everybody of a seat, the latest first, with its gaps, leave and the times it was left vacant on purpose."""

    seat: Seat
    representatives: tuple[Appointment, ...]
    deputies: tuple[Appointment, ...]
    gaps: tuple[Gap, ...]
    leaves: tuple[Leave, ...]
    left_vacant: tuple[LeftVacant, ...]


def seat_over_time(*, seat: Seat) -> SeatOverTime:
    """Three queries."""
    appointments = list(
        Appointment.objects.filter(seat=seat).select_related("person", "grade").order_by("-starts_on", "order", "-pk")
    )
    representatives = [one for one in appointments if one.order == 0]
    return SeatOverTime(
        seat=seat,
        representatives=tuple(representatives),
        deputies=tuple(one for one in appointments if one.order > 0),
        gaps=tuple(gaps_between(seat, representatives)),
        leaves=tuple(Leave.objects.filter(appointment__seat=seat).order_by("starts_on")),
        left_vacant=tuple(LeftVacant.objects.filter(seat=seat).order_by("-starts_on")),
    )


def gaps_between(seat: Seat, representatives: Sequence[Appointment]) -> list[Gap]:
    """The days of the seat that none of these holds, the latest first."""
    found: list[Gap] = []
    free_from: date | None = seat.starts_on
    for held in sorted(representatives, key=lambda one: one.starts_on):
        if free_from is not None and free_from < held.starts_on:
            found.append(Gap(free_from, held.starts_on))
        free_from = held.until
        if free_from is None:
            break
    if free_from is not None and (seat.until is None or free_from < seat.until):
        found.append(Gap(free_from, seat.until))
    return found[::-1]


def times_changed(*, seat: Seat) -> int:
    """How often anything of a seat was written: a form says from which state it was drawn. Four queries."""
    history = (
        Seat.history.filter(id=seat.pk),
        Appointment.history.filter(seat=seat.pk),
        Leave.history.filter(appointment__in=Appointment.history.filter(seat=seat.pk).values("id")),
        LeftVacant.history.filter(seat=seat.pk),
    )
    return sum(rows.count() for rows in history)


def known_people(*, partnership_id: int) -> list[tuple[int, str, str]]:
    """The people who hold, held, or will hold a seat or a place in the team of a partnership: id, name, address."""
    from_seats = Q(appointments__seat__board__partnership=partnership_id)
    from_team = Q(standings__partnership=partnership_id)
    people = User.objects.people().active().filter(from_seats | from_team).distinct().order_by("name", "pk")
    return list(people.values_list("pk", "name", "email"))


def left_vacant_on(*, board: Board, on: date) -> dict[int, str]:
    """Why a seat of the board is left vacant on purpose on that date, by the seat's id. One query."""
    left = LeftVacant.objects.filter(access.in_force(on), seat__board=board)
    return dict(left.values_list("seat_id", "reason"))


def team_over_time(*, board: Board) -> list[Standing]:
    """Everybody who worked, works or will work in the team of the board, or of its whole partnership. One query."""
    here = Q(board=board) | Q(board=None, partnership=board.partnership_id)
    standings = Standing.objects.filter(here, source=StandingSource.TEAM).select_related("person")
    return list(standings.order_by("-starts_on", "person__name", "pk"))
