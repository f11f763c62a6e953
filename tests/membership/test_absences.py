"""Leave of absence, a seat left vacant on purpose, the order of deputies, corrections: and the access that follows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pytest_django import Settings

from membership.models import Leave, LeftVacant
from membership.operations import (
    LeaveTwice,
    OutsideTheAppointment,
    ReasonMissing,
    SeatNotVacant,
    SeatTaken,
    appoint,
    correct_appointment,
    end_appointment,
    end_leave,
    grant_leave,
    leave_vacant,
    move_deputy,
    name_deputy,
)
from membership.queries import deputies_for, seats_on, unequal_standings
from partnership import access
from partnership.access import Action, Role
from partnership.models import Board
from tests.cast import LONG_AGO, TODAY, Cast, at
from tests.membership.test_appointments import standings

DAY = timedelta(days=1)


# --- leave ------------------------------------------------------------------------------------------------------------


def test_on_leave_the_deputy_acts_and_access_rests(cast: Cast) -> None:
    member = cast.appointments["member"]
    grant_leave(
        appointment=member, starts_on=TODAY, ends_on=TODAY + 30 * DAY, reason="Parental leave", by=cast["coordinator"]
    )
    (held,) = [one for one in seats_on(board=cast.board, on=TODAY) if one.seat.key == "constabulary"]
    assert held.is_represented_by_a_deputy
    assert not held.is_vacant
    assert held.acting_deputy is not None
    assert held.acting_deputy.person == cast["deputy"]
    assert standings(cast, "member") == {
        (Role.MEMBER, LONG_AGO, TODAY),
        (Role.MEMBER, TODAY + 31 * DAY, None),
    }
    assert unequal_standings() == []
    boards = Board.objects.filter(pk=cast.board.pk)
    days = {on: boards.visible_to(cast["member"], on).exists() for on in (TODAY - DAY, TODAY, TODAY + 30 * DAY)}
    assert days == {TODAY - DAY: True, TODAY: False, TODAY + 30 * DAY: False}
    assert boards.visible_to(cast["member"], TODAY + 31 * DAY).exists()


def test_why_somebody_is_on_leave_is_for_the_team_and_themselves(cast: Cast) -> None:
    leave = grant_leave(
        appointment=cast.appointments["member"], starts_on=TODAY + DAY, reason="Illness", by=cast["coordinator"]
    )
    may_read = {
        name: access.may(cast[name], Action.READ, leave)
        for name in ("coordinator", "manager", "member", "deputy", "scrutineer", "neighbour", "nobody")
    }
    assert [name for name, may in may_read.items() if may] == ["coordinator", "manager", "member"]


def test_back_from_leave(cast: Cast) -> None:
    member = cast.appointments["member"]
    leave = grant_leave(appointment=member, starts_on=TODAY - 9 * DAY, by=cast["coordinator"])
    end_leave(leave=leave, ends_on=TODAY, by=cast["coordinator"])
    assert standings(cast, "member") == {
        (Role.MEMBER, LONG_AGO, TODAY - 9 * DAY),
        (Role.MEMBER, TODAY + DAY, None),
    }
    never = grant_leave(appointment=member, starts_on=TODAY + 9 * DAY, by=cast["coordinator"])
    end_leave(leave=never, ends_on=TODAY, by=cast["coordinator"])
    assert Leave.objects.count() == 1
    assert unequal_standings() == []


def test_a_deputy_on_leave_does_not_act(cast: Cast) -> None:
    seat = cast.seats["constabulary"]
    name_deputy(seat=seat, person=cast["nobody"], starts_on=LONG_AGO, by=cast.author)
    first = deputies_for(seat=seat, on=TODAY)[0]
    grant_leave(appointment=first, starts_on=TODAY, by=cast["coordinator"])
    assert [one.person for one in deputies_for(seat=seat, on=TODAY, who_can_act=True)] == [cast["nobody"]]
    assert [one.person for one in deputies_for(seat=seat, on=TODAY)] == [cast["deputy"], cast["nobody"]]


def test_leave_stays_within_the_appointment_and_is_had_once(cast: Cast) -> None:
    member = cast.appointments["member"]
    with pytest.raises(OutsideTheAppointment):
        grant_leave(appointment=member, starts_on=LONG_AGO - DAY, by=cast.author)
    grant_leave(appointment=member, starts_on=TODAY, ends_on=TODAY + DAY, by=cast.author)
    with pytest.raises(LeaveTwice):
        grant_leave(appointment=member, starts_on=TODAY + DAY, by=cast.author)
    grant_leave(appointment=member, starts_on=TODAY + 2 * DAY, by=cast.author)


# --- vacancies --------------------------------------------------------------------------------------------------------


def test_a_seat_is_left_vacant_until_somebody_takes_it(cast: Cast) -> None:
    seat = cast.seats["icb"]
    with pytest.raises(ReasonMissing):
        leave_vacant(seat=seat, starts_on=TODAY, reason=" ", by=cast["coordinator"])
    left = leave_vacant(seat=seat, starts_on=TODAY, reason="The post is being recruited to", by=cast["coordinator"])
    assert leave_vacant(seat=seat, starts_on=TODAY, reason="Frozen", by=cast["coordinator"]).pk == left.pk
    appoint(seat=seat, person=cast["nobody"], starts_on=TODAY + 5 * DAY, by=cast["coordinator"])
    assert LeftVacant.objects.get().until == TODAY + 5 * DAY
    with pytest.raises(SeatNotVacant, match="Nobody represents this seat"):
        leave_vacant(seat=seat, starts_on=TODAY, reason="Again", by=cast["coordinator"])


# --- the order of deputies --------------------------------------------------------------------------------------------


def test_deputies_change_places_and_nobody_takes_a_place_of_the_past(cast: Cast) -> None:
    seat = cast.seats["constabulary"]
    for name in ("second", "third"):
        name_deputy(seat=seat, person=cast.person(name), starts_on=LONG_AGO, by=cast.author)
    first, second, third = deputies_for(seat=seat, on=TODAY)
    end_appointment(appointment=second, ends_on=TODAY - DAY, reason="Left", by=cast.author)

    def names() -> list[str]:
        return [one.person.name for one in deputies_for(seat=seat, on=TODAY)]

    move_deputy(appointment=third, up=True, by=cast["coordinator"])
    assert names() == ["Third", "Deputy"]
    move_deputy(appointment=third, up=True, by=cast["coordinator"])
    assert names() == ["Third", "Deputy"]
    move_deputy(appointment=third, up=False, by=cast["coordinator"])
    assert names() == ["Deputy", "Third"]
    first.refresh_from_db()
    assert first.history.first().history_user == cast["coordinator"]


# --- corrections ------------------------------------------------------------------------------------------------------


def test_a_correction_moves_the_days_both_ways_with_their_access(cast: Cast) -> None:
    member = cast.appointments["member"]
    said = {"grade": None, "by": cast["coordinator"]}
    with pytest.raises(ReasonMissing):
        correct_appointment(appointment=member, starts_on=TODAY, ends_on=None, reason="", **said)  # type: ignore[arg-type]
    correct_appointment(appointment=member, starts_on=TODAY, ends_on=TODAY, reason="Mistyped", **said)  # type: ignore[arg-type]
    assert standings(cast, "member") == {(Role.MEMBER, TODAY, TODAY + DAY)}
    appoint(seat=cast.seats["constabulary"], person=cast["nobody"], starts_on=TODAY + DAY, by=cast.author)
    with pytest.raises(SeatTaken, match="Nobody is already representative"):
        correct_appointment(appointment=member, starts_on=TODAY, ends_on=None, reason="Open", **said)  # type: ignore[arg-type]
    assert unequal_standings() == []


# --- midnight ---------------------------------------------------------------------------------------------------------


def test_rights_begin_and_end_at_midnight_in_london(cast: Cast, stopped_clock: Settings) -> None:
    """Summer time begins in that night: midnight in London is 11pm of the day before by Greenwich from then on."""
    last_day = date(2027, 3, 28)
    end_appointment(appointment=cast.appointments["member"], ends_on=last_day, reason="Left", by=cast.author)
    appoint(seat=cast.seats["constabulary"], person=cast["nobody"], starts_on=last_day + DAY, by=cast.author)
    meeting = cast.meeting(on=date(2027, 6, 16))

    def who_may() -> list[str]:
        return [name for name in ("member", "nobody") if access.may(cast[name], Action.READ, meeting)]

    for instant, may in (
        (at(23, 59).replace(day=28), ["member"]),
        (at(0).replace(day=29), ["nobody"]),
    ):
        stopped_clock.CLOCK_STOPPED_AT = instant
        assert who_may() == may
