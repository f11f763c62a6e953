"""What happens to seats in the year of the demonstration: a handover, leave, a second deputy, a vice-chair."""

from __future__ import annotations

from membership.models import Appointment, Seat
from membership.operations import (
    appoint_to_office,
    confirm_may_commit,
    grant_leave,
    hand_over,
    leave_vacant,
    name_deputy,
)
from reviews.demo.stage import Stage

ISLAND, EXECUTIVE, PORTSMOUTH = "isle-of-wight/main-board", "isle-of-wight/executive-group", "portsmouth/board"


def change_seats(stage: Stage) -> None:
    """After the past meetings were held, so that their registers name whoever held the seats then."""
    _second_deputy(stage)
    _handover(stage)
    _leave(stage)
    leave_vacant(
        seat=_seat(stage, ISLAND, "special-school"),
        starts_on=stage.days_ago(119),
        reason="The schools are choosing somebody together",
        by=stage.coordinator_of(ISLAND),
    )
    appoint_to_office(
        board=stage.boards[PORTSMOUTH],
        office="vice-chair",
        person=stage.people["Elena Marsh"],
        starts_on=stage.days_ago(200),
        appointed_by="Ros Tremayne, the chair",
        consulted="All members, by e-mail; nobody objected",
        consulted_on=stage.days_ago(214),
        by=stage.coordinator_of(PORTSMOUTH),
    )
    confirm_may_commit(
        appointment=_representative(stage, ISLAND, "constabulary"),
        confirmed_by="The deputy chief constable",
        on=stage.days_ago(300),
        by=stage.coordinator_of(ISLAND),
    )


def _second_deputy(stage: Stage) -> None:
    name_deputy(
        seat=_seat(stage, ISLAND, "public-health"),
        person=stage.people["Dawn Petrie"],
        starts_on=stage.days_ago(100),
        has_same_authority=True,
        declared_by="Dr Sunil Bapat",
        by=stage.coordinator_of(ISLAND),
    )


def _handover(stage: Stage) -> None:
    hand_over(
        seat=_seat(stage, EXECUTIVE, "icb-seat"),
        to=stage.people["Ruth Okonjo"],
        on=stage.days_ago(12),
        reason="The executive is now the deputy director's",
        by=stage.coordinator_of(EXECUTIVE),
    )


def _leave(stage: Stage) -> None:
    grant_leave(
        appointment=_representative(stage, EXECUTIVE, "childrens-services-seat"),
        starts_on=stage.days_ago(5),
        ends_on=stage.days_ago(-40),
        reason="Recovering from an operation",
        by=stage.coordinator_of(EXECUTIVE),
    )


def _seat(stage: Stage, board: str, key: str) -> Seat:
    return Seat.objects.select_related("board").get(board=stage.boards[board], key=key)


def _representative(stage: Stage, board: str, key: str) -> Appointment:
    held = Appointment.objects.representatives().in_force(stage.today)
    return held.select_related("seat__board", "person").get(seat=_seat(stage, board, key))
