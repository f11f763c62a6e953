"""Who sits where, on a date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q

from membership.models import (
    Agency,
    AgencyName,
    Appointment,
    AppointmentKind,
    Leave,
    RelevantAgency,
    Seat,
    StatutoryRole,
)
from membership.roles import RolePeriod, role_periods, without
from partnership import access
from partnership.models import Board, Partnership, Standing, StandingSource, User
from partnership.queries import constitution_versions, terms_of
from partnership.rules.constitution import Constitution as Terms


@dataclass(frozen=True, slots=True)
class HeldSeat:
    """A seat on a date: who represents it (None: vacant), its deputies in order, and who of them is on leave."""

    seat: Seat
    representative: Appointment | None
    deputies: tuple[Appointment, ...]
    leaves: tuple[Leave, ...] = ()

    @property
    def is_vacant(self) -> bool:
        return self.representative is None

    @property
    def is_represented_by_a_deputy(self) -> bool:
        """Whether the representative is on leave, so that the first deputy who is not acts for the seat."""
        return self.representative is not None and self.leave_of(self.representative) is not None

    @property
    def acting_deputy(self) -> Appointment | None:
        return next((deputy for deputy in self.deputies if self.leave_of(deputy) is None), None)

    def leave_of(self, holder: Appointment) -> Leave | None:
        return next((leave for leave in self.leaves if leave.appointment_id == holder.pk), None)


@dataclass(frozen=True, slots=True)
class NamedAgency:
    """An agency under the name a partnership knows it by, with its other names and the seats it holds there."""

    agency: Agency
    name: str
    also_known_as: tuple[str, ...]
    seats: tuple[Seat, ...] = field(default=())


# --- seats and their holders ------------------------------------------------------------------------------------------


def seats_on(*, board: Board, on: date) -> list[HeldSeat]:
    """The board's seats on that date, in the constitution's order, with their holders. A fixed two queries."""
    return seats_on_days(days=[(board, on)])[board.pk, on]


def seats_on_days(*, days: Iterable[tuple[Board, date]]) -> dict[tuple[int, date], list[HeldSeat]]:
    """The same for several boards, each on a date, by the board's id and the date: two queries however many, and one
    more where anybody is on leave.
    """
    asked = {(board.pk, on) for board, on in days}
    if not asked:
        return {}
    first, last = min(on for _, on in asked), max(on for _, on in asked)
    exists = Q(starts_on__lte=last) & (Q(until=None) | Q(until__gt=first))
    boards = {board for board, _ in asked}
    seats = list(Seat.objects.filter(exists, board__in=boards))
    annotated = {"has_leave": Exists(Leave.objects.filter(exists, appointment=OuterRef("pk")))}
    held = Appointment.objects.filter(exists, seat__board__in=boards).select_related("person", "grade")
    holders: dict[int, list[Appointment]] = {}
    for appointment in held.annotate(**annotated).order_by("order", "starts_on"):
        holders.setdefault(appointment.seat_id, []).append(appointment)
    leaves = _leaves([one.pk for those in holders.values() for one in those if one.has_leave])
    return {
        (board_id, on): [
            _held_seat(seat, [one for one in holders.get(seat.pk, ()) if _is_in_force(one, on)], leaves, on)
            for seat in seats
            if seat.board_id == board_id and _is_in_force(seat, on)
        ]
        for board_id, on in asked
    }


def _leaves(appointments: Sequence[int]) -> dict[int, list[Leave]]:
    found: dict[int, list[Leave]] = {}
    for leave in Leave.objects.filter(appointment__in=appointments) if appointments else ():
        found.setdefault(leave.appointment_id, []).append(leave)
    return found


def _is_in_force(row: Seat | Appointment | Leave, on: date) -> bool:
    return row.starts_on <= on and (row.until is None or on < row.until)


@dataclass(frozen=True, slots=True)
class SeatsInFigures:
    """How many seats a board has on a date, and how many of them nobody holds."""

    existing: int
    vacant: int


def seats_in_figures(*, board: Board, on: date) -> SeatsInFigures:
    """One query."""
    held = Appointment.objects.representatives().in_force(on).filter(seat=OuterRef("pk"))
    seats = Seat.objects.filter(board=board).on_board(on)
    return SeatsInFigures(**seats.aggregate(existing=Count("pk"), vacant=Count("pk", filter=~Exists(held))))


def deputies_for(*, seat: Seat, on: date, who_can_act: bool = False) -> list[Appointment]:
    """The seat's designated deputies on that date, in their order; `who_can_act` without those on leave."""
    deputies = Appointment.objects.filter(seat=seat).deputies().in_force(on).select_related("person", "grade")
    return list(deputies.exclude(leaves__in=Leave.objects.in_force(on)) if who_can_act else deputies)


def representative_of(*, seat: Seat, on: date) -> Appointment | None:
    """Who represents the seat on that date; None while it is vacant."""
    held = Appointment.objects.filter(seat=seat).representatives().in_force(on)
    return held.select_related("person", "grade").first()


def past_holders(*, seat: Seat, on: date) -> list[Appointment]:
    """Who held or deputised in the seat before that date, the latest first."""
    ended = Appointment.objects.filter(seat=seat, until__lte=on)
    return list(ended.select_related("person").order_by("-until"))


def appointments_of(*, person: User, user: access.Asker, on: date) -> list[Appointment]:
    """The seats a person holds on that date, as far as the user may know of them."""
    held = Appointment.objects.visible_to(user, on).filter(person=person).in_force(on)
    return list(held.select_related("seat__board__partnership").order_by("seat__board", "order"))


def team_of(*, board: Board, on: date) -> list[Standing]:
    """The coordinators and managers of a board on that date, those of the whole partnership among them."""
    here = Q(board=board) | Q(board=None, partnership=board.partnership_id)
    standings = Standing.objects.in_force(on).filter(here, source=StandingSource.TEAM)
    return list(standings.select_related("person").order_by("role", "person__name"))


def _held_seat(seat: Seat, holders: Sequence[Appointment], leaves: Mapping[int, Sequence[Leave]], on: date) -> HeldSeat:
    by_kind: dict[str, list[Appointment]] = {kind: [] for kind in AppointmentKind.values}
    for appointment in holders:
        by_kind[appointment.kind].append(appointment)
    representatives = by_kind[AppointmentKind.REPRESENTATIVE]
    return HeldSeat(
        seat=seat,
        representative=representatives[0] if representatives else None,
        deputies=tuple(by_kind[AppointmentKind.DEPUTY]),
        leaves=tuple(leave for one in holders for leave in leaves.get(one.pk, ()) if _is_in_force(leave, on)),
    )


# --- agencies ---------------------------------------------------------------------------------------------------------


def agency_names(*, agencies: Iterable[int], partnership_id: int, on: date) -> dict[int, str]:
    """How a partnership calls each agency on that date, by id: its own name for it, else the name in use. One query."""
    names = names_of_agencies(agencies=((agency, partnership_id) for agency in agencies), on=on)
    return {agency: name for (agency, _), name in names.items()}


def agencies_called(*, agencies: Iterable[int], partnership_id: int, on: date) -> tuple[dict[int, str], frozenset[int]]:
    """The names as of `agency_names`, and which of the agencies are statutory safeguarding partners. One query."""
    asked = set(agencies)
    names = _Names(asked)
    called = {agency: names.on(on, agency_id=agency, partnership_id=partnership_id) for agency in asked}
    return called, frozenset(names.partners)


def names_of_agencies(*, agencies: Iterable[tuple[int, int]], on: date) -> dict[tuple[int, int], str]:
    """The same for several partnerships at once, by (agency, partnership). One query."""
    asked = set(agencies)
    names = _Names({agency for agency, _ in asked})
    return {
        (agency, partnership): names.on(on, agency_id=agency, partnership_id=partnership)
        for agency, partnership in asked
    }


class _Names:
    """The names of agencies on any date, as every partnership calls them, and who of them is a partner. One query."""

    def __init__(self, agencies: Iterable[int]) -> None:
        self._own: dict[tuple[int, int], str] = {}
        self._held: dict[int, list[tuple[date, date | None, str]]] = {}
        self.partners: set[int] = set()
        rows = Agency.objects.filter(pk__in=list(agencies)).filter(Q(names=None) | Q(names__is_alias=False))
        for agency, role, name, starts_on, until, partnership, own in rows.order_by(
            "pk", "-names__starts_on"
        ).values_list(
            "pk",
            "statutory_role",
            "names__name",
            "names__starts_on",
            "names__until",
            "display_names__partnership",
            "display_names__name",
        ):
            if role == StatutoryRole.SAFEGUARDING_PARTNER:
                self.partners.add(agency)
            if own is not None:
                self._own[agency, partnership] = own
            if name is not None:
                self._held.setdefault(agency, []).append((starts_on or date.min, until, name))

    def on(self, day: date, *, agency_id: int | None, partnership_id: int) -> str:
        """The partnership's own name for it, else the name in use that day; empty where it has none."""
        if agency_id is None:
            return ""
        if (agency_id, partnership_id) in self._own:
            return self._own[agency_id, partnership_id]
        held = self._held.get(agency_id, ())
        return next((name for start, until, name in held if start <= day and (until is None or day < until)), "")


def agencies_of(*, partnership: Partnership, user: access.Asker, on: date) -> list[NamedAgency]:
    """The agencies that sit on a board of the partnership or are on its list, by name, with the seats they hold."""
    here = Q(seats__board__partnership=partnership) | Q(listings__partnership=partnership)
    known = Agency.objects.filter(pk__in=Agency.objects.filter(here).values("pk")).visible_to(user, on)
    agencies = list(known)
    names = agency_names(agencies=[agency.pk for agency in agencies], partnership_id=partnership.pk, on=on)
    others: dict[int, list[str]] = {}
    for name in AgencyName.objects.in_use(on).filter(agency__in=agencies).order_by("name"):
        if name.name != names[name.agency_id]:
            others.setdefault(name.agency_id, []).append(name.name)
    seats: dict[int, list[Seat]] = {}
    held = Seat.objects.visible_to(user, on).on_board(on).filter(board__partnership=partnership, agency__in=agencies)
    for seat in held.select_related("board"):
        seats.setdefault(seat.agency_id or 0, []).append(seat)
    named = [
        NamedAgency(agency, names[agency.pk], tuple(others.get(agency.pk, ())), tuple(seats.get(agency.pk, ())))
        for agency in agencies
    ]
    return sorted(named, key=lambda agency: agency.name.casefold())


def relevant_agencies_of(*, partnership: Partnership, user: access.Asker, on: date) -> list[RelevantAgency]:
    """The partnership's list of relevant agencies, by category."""
    lines = RelevantAgency.objects.visible_to(user, on).filter(partnership=partnership)
    return list(lines.select_related("agency"))


# --- standings --------------------------------------------------------------------------------------------------------


Versions = Sequence[tuple[date, Terms]]


def terms_by_date(*, board: Board) -> Versions:
    """The board's terms of reference with the date each is in force from, the earliest first."""
    versions = reversed(constitution_versions(board=board))
    return [(constitution.in_force_from, terms_of(constitution=constitution)) for constitution in versions]


def standings_due(*, appointment: Appointment, versions: Versions | None = None) -> frozenset[RolePeriod]:
    """The standings an appointment gives, by the versions of the board's constitution over its period, less leave."""
    periods = role_periods(
        terms_by_date(board=appointment.seat.board) if versions is None else versions,
        key=appointment.seat.key,
        is_deputy=appointment.kind == AppointmentKind.DEPUTY,
        starts_on=appointment.starts_on,
        until=appointment.until,
    )
    return without(periods, [(leave.starts_on, leave.until) for leave in appointment.leaves.all()])


def unequal_standings() -> list[str]:
    """One sentence for each difference between the standings that are written and those the appointments give."""
    written: dict[int, set[_StandingLine]] = {}
    for standing in Standing.objects.filter(source=StandingSource.APPOINTMENT):
        line = (standing.person_id, standing.role, standing.starts_on, standing.until)
        written.setdefault(standing.source_id or 0, set()).add(line)
    versions: dict[int, Versions] = {}
    sentences: list[str] = []
    appointments = Appointment.objects.select_related("seat__board", "person").prefetch_related("leaves")
    for appointment in appointments.order_by("pk"):
        board = appointment.seat.board
        if board.pk not in versions:
            versions[board.pk] = terms_by_date(board=board)
        due = {
            (appointment.person_id, period.role.value, period.starts_on, period.until)
            for period in standings_due(appointment=appointment, versions=versions[board.pk])
        }
        has = written.pop(appointment.pk, set())
        sentences += [f"{appointment}: {line[1]} from {line[2]} is missing." for line in sorted(due - has, key=str)]
        sentences += [f"{appointment}: {line[1]} from {line[2]} is too many." for line in sorted(has - due, key=str)]
    return sentences + [f"Appointment {number} does not exist and has a standing." for number in sorted(written)]


_StandingLine = tuple[int, str, date, date | None]


def overlapping_appointments() -> list[str]:
    """One sentence for each seat in which two people hold one place, or one person two places, on the same day."""
    in_common: dict[tuple[str, int, int], list[Appointment]] = {}
    for appointment in Appointment.objects.select_related("seat", "person").order_by("starts_on", "pk"):
        in_common.setdefault(("place", appointment.seat_id, appointment.order), []).append(appointment)
        in_common.setdefault(("person", appointment.seat_id, appointment.person_id), []).append(appointment)
    return [sentence for those in in_common.values() for sentence in _overlaps(those)]


def _overlaps(place: Sequence[Appointment]) -> list[str]:
    return [
        f"{earlier} and {later} both from {later.starts_on:%-d %B %Y}."
        for number, earlier in enumerate(place)
        for later in place[number + 1 :]
        if earlier.until is None or later.starts_on < earlier.until
    ]
