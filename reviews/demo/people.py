"""Fictional people, the team that serves the boards, and who sits in which seat."""

from __future__ import annotations

from datetime import date

from membership.models import Grade, Seat
from membership.operations import add_seat, appoint, name_deputy
from partnership.access import Role
from partnership.operations import admit_to_team, register_person
from reviews.demo import tables
from reviews.demo.stage import Stage
from reviews.demo.tables import AppointmentRow

TEAM_SINCE_DAYS = 3 * 365
# The network's terms leave its seats open: the team has added these.
NETWORK = "portsmouth/dsl-network"
SEATS_OF_THE_NETWORK = {
    "lead-early-years": "Safeguarding lead, early years",
    "lead-primary": "Safeguarding lead, primary schools",
    "lead-secondary": "Safeguarding lead, secondary schools",
    "lead-special": "Safeguarding lead, special schools",
    "lead-post-16": "Safeguarding lead, post-16 education",
    "lead-council": "Education safeguarding, Portsmouth City Council",
}


def register_people(stage: Stage) -> None:
    names = {row.person for row in tables.appointments()} | {row.person for row in tables.team()}
    for name in sorted(names):
        stage.people[name] = register_person(email=tables.address_of(name), name=name, is_demo=True, by=stage.author)


def admit_team(stage: Stage) -> None:
    """Coordinators and managers, each for a whole partnership."""
    for row in tables.team():
        person, role = stage.people[row.person], Role(row.role)
        admit_to_team(
            person=person,
            role=role,
            partnership=stage.partnerships[row.partnership],
            starts_on=stage.days_ago(TEAM_SINCE_DAYS),
            by=stage.author,
        )
        if role is Role.COORDINATOR:
            stage.coordinators[row.partnership] = person


def add_seats_of_the_network(stage: Stage) -> None:
    for position, (key, name) in enumerate(SEATS_OF_THE_NETWORK.items(), start=1):
        add_seat(
            board=stage.boards[NETWORK],
            key=key,
            name=name,
            position=position,
            starts_on=stage.days_ago(TEAM_SINCE_DAYS),
            by=stage.author,
        )


def fill_seats(stage: Stage) -> None:
    """Everybody in their seat, predecessors first, so that successors find it free."""
    seats = {
        (place, seat.key): seat
        for place, board in stage.boards.items()
        for seat in Seat.objects.filter(board=board).select_related("agency")
    }
    grades = {(grade.ladder.agency_id, grade.name): grade for grade in Grade.objects.select_related("ladder")}
    for row in tables.appointments():
        seat = seats[row.board, row.seat]
        grade = grades[seat.agency_id, row.grade] if row.grade and seat.agency_id else None
        _appoint(stage, row, seat, grade)


def _appoint(stage: Stage, row: AppointmentRow, seat: Seat, grade: Grade | None) -> None:
    person = stage.people[row.person]
    starts_on = seat.starts_on if row.from_days_ago is None else stage.days_ago(row.from_days_ago)
    ends_on: date | None = None if row.to_days_ago is None else stage.days_ago(row.to_days_ago)
    if row.is_deputy:
        name_deputy(
            seat=seat,
            person=person,
            starts_on=starts_on,
            ends_on=ends_on,
            grade=grade,
            has_same_authority=row.has_same_authority,
            by=stage.author,
        )
    else:
        appoint(seat=seat, person=person, starts_on=starts_on, ends_on=ends_on, grade=grade, by=stage.author)
