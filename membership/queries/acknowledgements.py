"""Which agencies are asked to acknowledge the arrangements, who may do so for them, and who has."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from membership.models import (
    Acknowledgement,
    AgencyOfficer,
    Appointment,
    LeadRepresentative,
    RelevantAgency,
    Seat,
)
from partnership.access import in_force
from partnership.models import Board, Constitution, Obligation, User

ACKNOWLEDGEMENT = "membership.acknowledgement"


@dataclass(frozen=True, slots=True)
class Asked:
    """One acknowledgement and the obligation that is open for it; None where none is."""

    row: Acknowledgement
    obligation: Obligation | None

    @property
    def is_open(self) -> bool:
        return self.obligation is not None


def agencies_named(*, board: Board, on: date) -> set[int]:
    """The agencies that hold a seat of the board, and those on its partnership's list, by id. Two queries."""
    seated = Seat.objects.filter(board=board, agency__isnull=False).on_board(on).values_list("agency", flat=True)
    lines = RelevantAgency.objects.filter(partnership=board.partnership_id).standing(on)
    return set(seated) | set(lines.values_list("agency", flat=True))


def latest_version(board: Board) -> Constitution | None:
    """The version that was adopted last, be it still to come into force."""
    return Constitution.objects.filter(board=board).order_by("-in_force_from").first()


def asked_of_board(*, board: Board, user: User, on: date) -> list[Asked]:
    """Every agency that is or was asked to acknowledge the latest version, as far as the reader may know. 3 queries."""
    version = latest_version(board)
    if version is None:
        return []
    rows = Acknowledgement.objects.visible_to(user, on).filter(constitution=version)
    return _with_obligations(rows.select_related("constitution__board__partnership", "person"))


def asked_of_person(*, person: User, on: date) -> list[Asked]:
    """What the person may acknowledge or has acknowledged, for the agencies they speak for. Two queries."""
    rows = Acknowledgement.objects.filter(_speaks(person, on) | Q(person=person))
    rows = rows.select_related("constitution__board__partnership", "person")
    return _with_obligations(rows.order_by("-constitution__in_force_from", "agency__slug"))


def may_speak(*, person: User, row: Acknowledgement, on: date) -> bool:
    """Whether the person speaks for that agency there today. One query."""
    return Acknowledgement.objects.filter(_speaks(person, on), pk=row.pk).exists()


def _speaks(person: User, on: date) -> Q:
    """The agency's senior officer or lead representative in that partnership, or its representative on that board."""
    here = {"agency": OuterRef("agency"), "partnership": OuterRef("constitution__board__partnership"), "person": person}
    seated = Appointment.objects.representatives().filter(
        in_force(on), person=person, seat__agency=OuterRef("agency"), seat__board=OuterRef("constitution__board")
    )
    officers, leads = (
        AgencyOfficer.objects.filter(in_force(on), **here),
        LeadRepresentative.objects.filter(in_force(on), **here),
    )
    return Q(Exists(officers)) | Q(Exists(leads)) | Q(Exists(seated))


def speakers(rows: Collection[Acknowledgement], on: date) -> dict[int, list[User]]:
    """Who is told that an agency is asked, by the row: officer and lead representative, else who sits for it.

    Each row comes with its version and board. Three queries.
    """
    agencies = {row.agency_id for row in rows}
    of_agency: dict[tuple[int, int], list[User]] = {}
    for model in (AgencyOfficer, LeadRepresentative):
        found = model._default_manager.filter(in_force(on), agency__in=agencies, person__is_active=True)
        for each in found.select_related("person"):
            people = of_agency.setdefault((each.agency_id, each.partnership_id), [])
            people += [each.person] if each.person is not None and each.person not in people else []
    seated: dict[tuple[int, int], list[User]] = {}
    held = Appointment.objects.representatives().filter(in_force(on), seat__agency__in=agencies, person__is_active=True)
    for held_seat in held.select_related("person", "seat"):
        people = seated.setdefault((held_seat.seat.agency_id or 0, held_seat.seat.board_id), [])
        people += [held_seat.person] if held_seat.person not in people else []
    return {
        row.pk: of_agency.get((row.agency_id, row.constitution.board.partnership_id))
        or seated.get((row.agency_id, row.constitution.board_id), [])
        for row in rows
    }


def waiting_by_board(*, boards: Iterable[Board], on: date) -> dict[int, tuple[int, int]]:
    """How many agencies have not acknowledged, and how many of them are late, by board. One query."""
    rows = Obligation.objects.open().filter(board__in=list(boards), cause_type=ACKNOWLEDGEMENT)
    found: dict[int, tuple[int, int]] = {}
    for board, due_on in rows.values_list("board", "due_on"):
        waiting, late = found.get(board, (0, 0))
        found[board] = (waiting + 1, late + (due_on < on))
    return found


def _with_obligations(rows: Iterable[Acknowledgement]) -> list[Asked]:
    those = list(rows)
    still_open = Obligation.objects.open().filter(cause_type=ACKNOWLEDGEMENT, cause_id__in=[row.pk for row in those])
    by_cause = {each.cause_id: each for each in still_open.select_related("constitution")}
    return [Asked(row, by_cause.get(row.pk)) for row in those]
