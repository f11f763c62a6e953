from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, transaction

from membership.models import Appointment, AppointmentKind, Seat
from membership.operations import (
    AlreadyEnded,
    OutsideTheSeat,
    SeatStillHeld,
    SeatTaken,
    abolish_seat,
    add_seat,
    appoint,
    arrange_seats,
    declare_authority,
    end_appointment,
    hand_over,
    name_deputy,
)
from membership.queries import (
    appointments_of,
    deputies_for,
    overlapping_appointments,
    past_holders,
    representative_of,
    seats_on,
    team_of,
    unequal_standings,
)
from partnership.access import Role
from partnership.authorship import deleted, saved
from partnership.models import Standing, StandingSource
from partnership.operations import EndsBeforeItStarts, adopt_constitution
from tests.cast import LONG_AGO, TODAY, Cast, amended

TOMORROW = TODAY + timedelta(days=1)


def standings(cast: Cast, name: str) -> set[tuple[str, date, date | None]]:
    rows = Standing.objects.filter(person=cast[name], source=StandingSource.APPOINTMENT)
    return set(rows.values_list("role", "starts_on", "until"))


# --- representatives --------------------------------------------------------------------------------------------------


def test_an_appointment_writes_the_standing_of_its_seat(cast: Cast) -> None:
    assert standings(cast, "chair") == {(Role.CHAIR, LONG_AGO, None)}
    assert standings(cast, "scrutineer") == {(Role.SCRUTINEER, LONG_AGO, None)}
    assert standings(cast, "member") == {(Role.MEMBER, LONG_AGO, None)}
    assert standings(cast, "deputy") == {(Role.DEPUTY, LONG_AGO, None)}
    assert standings(cast, "observer") == {(Role.OBSERVER, LONG_AGO, None)}
    assert unequal_standings() == []


def test_one_office_holder_of_two_offices_has_both_roles(cast: Cast) -> None:
    seat = Seat.objects.get(board=cast.elsewhere, key="chair")
    appoint(seat=seat, person=cast["nobody"], starts_on=TODAY, by=cast.author)
    assert standings(cast, "nobody") == {(Role.CHAIR, TODAY, None), (Role.SCRUTINEER, TODAY, None)}


def test_a_person_may_sit_on_several_boards_and_partnerships(cast: Cast) -> None:
    far = Seat.objects.get(board=cast.elsewhere, key="icb")
    appoint(seat=cast.seats["icb"], person=cast["nobody"], starts_on=TODAY, by=cast.author)
    appoint(seat=far, person=cast["nobody"], starts_on=TODAY, by=cast.author)
    held = appointments_of(person=cast["nobody"], user=cast["nobody"], on=TODAY)
    assert {appointment.seat.board for appointment in held} == {cast.board, cast.elsewhere}
    seen_by_member = appointments_of(person=cast["nobody"], user=cast["member"], on=TODAY)
    assert {appointment.seat.board for appointment in seen_by_member} == {cast.board}


def test_a_seat_has_one_representative_at_a_time(cast: Cast) -> None:
    with pytest.raises(SeatTaken, match="Chair is already representative in the seat Partnership chair"):
        appoint(seat=cast.seats["chair"], person=cast["nobody"], starts_on=TODAY, by=cast.author)
    assert not Appointment.objects.filter(person=cast["nobody"]).exists()


@pytest.mark.parametrize(
    ("first_day", "last_day", "is_free"),
    [
        (date(2027, 2, 1), date(2027, 2, 28), True),  # ends the day before
        (date(2027, 2, 1), date(2027, 3, 1), False),  # ends on the first day
        (date(2027, 3, 31), None, False),  # starts on the last day
        (date(2027, 4, 1), None, True),  # starts the day after
        (date(2027, 3, 10), date(2027, 3, 11), False),  # within
        (date(2027, 1, 1), None, False),  # around
    ],
)
def test_periods_touch_and_never_overlap(cast: Cast, first_day: date, last_day: date | None, *, is_free: bool) -> None:
    seat = cast.seats["icb"]
    appoint(seat=seat, person=cast["outsider"], starts_on=date(2027, 3, 1), ends_on=date(2027, 3, 31), by=cast.author)
    if is_free:
        appoint(seat=seat, person=cast["nobody"], starts_on=first_day, ends_on=last_day, by=cast.author)
        assert overlapping_appointments() == []
    else:
        with pytest.raises(SeatTaken):
            appoint(seat=seat, person=cast["nobody"], starts_on=first_day, ends_on=last_day, by=cast.author)


def test_the_database_refuses_two_open_ended_representatives(cast: Cast) -> None:
    row = Appointment(
        seat=cast.seats["chair"], person=cast["nobody"], kind=AppointmentKind.REPRESENTATIVE, starts_on=TODAY
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        saved(row, by=cast.author, reason="Past the operation")


def test_nobody_sits_outside_the_seat(cast: Cast) -> None:
    with pytest.raises(OutsideTheSeat):
        appoint(seat=cast.seats["icb"], person=cast["nobody"], starts_on=date(2025, 1, 1), by=cast.author)
    abolish_seat(seat=cast.seats["icb"], from_on=TOMORROW, by=cast.author)
    with pytest.raises(OutsideTheSeat):
        appoint(seat=cast.seats["icb"], person=cast["nobody"], starts_on=TODAY, by=cast.author)
    appoint(seat=cast.seats["icb"], person=cast["nobody"], starts_on=TODAY, ends_on=TODAY, by=cast.author)


def test_the_last_day_is_not_before_the_first(cast: Cast) -> None:
    with pytest.raises(EndsBeforeItStarts):
        appoint(seat=cast.seats["icb"], person=cast["nobody"], starts_on=TODAY, ends_on=LONG_AGO, by=cast.author)


# --- leaving ----------------------------------------------------------------------------------------------------------


def test_the_deputies_end_with_the_representative(cast: Cast) -> None:
    later = name_deputy(seat=cast.seats["constabulary"], person=cast["nobody"], starts_on=TOMORROW, by=cast.author)
    end_appointment(appointment=cast.appointments["member"], ends_on=TODAY, reason="Moved on", by=cast.author)
    for name, role in (("member", Role.MEMBER), ("deputy", Role.DEPUTY)):
        assert standings(cast, name) == {(role, LONG_AGO, TOMORROW)}
    assert not Appointment.objects.filter(pk=later.pk).exists()
    assert standings(cast, "nobody") == set()
    assert representative_of(seat=cast.seats["constabulary"], on=TOMORROW) is None
    gone = {one.person for one in past_holders(seat=cast.seats["constabulary"], on=TOMORROW)}
    assert gone == {cast["member"], cast["deputy"]}
    assert unequal_standings() == []


def test_an_end_is_moved_forward_never_back(cast: Cast) -> None:
    held = cast.appointments["member"]
    end_appointment(appointment=held, ends_on=TODAY, reason="Moved on", by=cast.author)
    with pytest.raises(AlreadyEnded, match="17 March 2027"):
        end_appointment(appointment=held, ends_on=TOMORROW, reason="Later after all", by=cast.author)
    end_appointment(appointment=held, ends_on=TODAY - timedelta(days=7), reason="Earlier", by=cast.author)
    with pytest.raises(EndsBeforeItStarts):
        end_appointment(appointment=held, ends_on=date(2025, 1, 1), reason="Never", by=cast.author)


def test_handing_over_leaves_no_day_between_and_keeps_deputies(cast: Cast) -> None:
    seat = cast.seats["constabulary"]
    hand_over(seat=seat, to=cast["nobody"], on=TODAY, reason="Promoted", by=cast.author)
    assert standings(cast, "member") == {(Role.MEMBER, LONG_AGO, TODAY)}
    assert standings(cast, "nobody") == {(Role.MEMBER, TODAY, None)}
    assert [one.person for one in deputies_for(seat=seat, on=TODAY)] == [cast["deputy"]]
    hand_over(seat=cast.seats["icb"], to=cast["nobody"], on=TODAY, reason="Was vacant", by=cast.author)
    assert representative_of(seat=cast.seats["icb"], on=TODAY) is not None


def test_a_deputy_who_takes_the_seat_deputises_in_it_no_longer(cast: Cast) -> None:
    hand_over(seat=cast.seats["constabulary"], to=cast["deputy"], on=TODAY, reason="Promoted", by=cast.author)
    assert standings(cast, "deputy") == {(Role.DEPUTY, LONG_AGO, TODAY), (Role.MEMBER, TODAY, None)}
    assert deputies_for(seat=cast.seats["constabulary"], on=TODAY) == []
    with pytest.raises(SeatTaken, match="Deputy is already representative"):
        name_deputy(seat=cast.seats["constabulary"], person=cast["deputy"], starts_on=TODAY, by=cast.author)


def test_handing_over_on_the_first_day_is_refused_whole(cast: Cast) -> None:
    with pytest.raises(EndsBeforeItStarts):
        hand_over(seat=cast.seats["chair"], to=cast["nobody"], on=LONG_AGO, reason="Too early", by=cast.author)
    assert standings(cast, "chair") == {(Role.CHAIR, LONG_AGO, None)}


# --- deputies ---------------------------------------------------------------------------------------------------------


def test_deputies_stand_in_an_order(cast: Cast) -> None:
    seat = cast.seats["constabulary"]
    second = name_deputy(seat=seat, person=cast["nobody"], starts_on=TODAY, by=cast.author)
    assert second.order == 2
    assert [one.order for one in deputies_for(seat=seat, on=TODAY)] == [1, 2]
    with pytest.raises(SeatTaken, match="Nobody is already a deputy"):
        name_deputy(seat=seat, person=cast["nobody"], starts_on=TODAY, by=cast.author)


def test_authority_is_declared_with_its_day(cast: Cast) -> None:
    deputy = deputies_for(seat=cast.seats["constabulary"], on=TODAY)[0]
    assert (deputy.has_same_authority, deputy.declared_on) == (True, LONG_AGO)
    declare_authority(appointment=deputy, has_same_authority=False, on=TODAY, by=cast.author)
    assert (deputy.has_same_authority, deputy.declared_on) == (False, TODAY)
    deputy.declared_on = None
    with pytest.raises(IntegrityError), transaction.atomic():
        saved(deputy, by=cast.author, reason="By hand")


# --- seats and the constitution ---------------------------------------------------------------------------------------


def test_seats_are_those_of_the_constitution_in_its_order(cast: Cast) -> None:
    seats = seats_on(board=cast.board, on=TODAY)
    assert len(seats) == 25
    assert [held.seat.key for held in seats][:2] == ["chair", "scrutineer"]
    assert {held.seat.key for held in seats if not held.is_vacant} == {
        "chair",
        "scrutineer",
        "constabulary",
        "cabinet-member",
    }
    assert seats_on(board=cast.board, on=date(2025, 12, 31)) == []


def test_a_further_version_keeps_begins_and_ends_seats(cast: Cast) -> None:
    seat = "- {id: hmp, name: HMP Isle of Wight, organisation: hmp}"
    further = "- {id: hmp-two, name: Second prison, organisation: hmp}"
    text = amended("isle-of-wight/main-board", {"number: 2\n": "number: 3\n", seat: further})
    third = adopt_constitution(board=cast.board, text=text, in_force_from=TODAY, by=cast.author)
    before = {seat.key: seat.history.count() for seat in Seat.objects.filter(board=cast.board)}
    arrange_seats(constitution=third, by=cast.author)
    seats = {seat.key: seat for seat in Seat.objects.filter(board=cast.board)}
    assert (seats["hmp"].until, seats["hmp-two"].starts_on) == (TODAY, TODAY)
    assert seats["chair"].history.count() == before["chair"]
    assert "hmp" not in {held.seat.key for held in seats_on(board=cast.board, on=TODAY)}
    assert standings(cast, "chair") == {(Role.CHAIR, LONG_AGO, None)}


def test_a_seat_does_not_end_under_its_holder(cast: Cast) -> None:
    with pytest.raises(SeatStillHeld, match="Chair holds the seat"):
        abolish_seat(seat=cast.seats["chair"], from_on=TODAY, by=cast.author)


def test_standings_follow_when_the_terms_change_a_seat(cast: Cast) -> None:
    changes = {"number: 2\n": "number: 3\n", "    capacity: participant-observer\n": ""}
    text = amended("isle-of-wight/main-board", changes)
    third = adopt_constitution(board=cast.board, text=text, in_force_from=TODAY, by=cast.author)
    assert len(unequal_standings()) == 3
    arrange_seats(constitution=third, by=cast.author)
    assert standings(cast, "observer") == {(Role.OBSERVER, LONG_AGO, TODAY), (Role.MEMBER, TODAY, None)}
    assert unequal_standings() == []


def test_a_board_whose_terms_leave_seats_open_gets_members(cast: Cast) -> None:
    seat = add_seat(board=cast.neighbours, key="police", name="Police", starts_on=LONG_AGO, by=cast.author)
    appoint(seat=seat, person=cast["nobody"], starts_on=LONG_AGO, by=cast.author)
    assert standings(cast, "nobody") == {(Role.MEMBER, LONG_AGO, None)}


def test_the_team_has_no_seat(cast: Cast) -> None:
    assert {standing.person for standing in team_of(board=cast.board, on=TODAY)} == {
        cast["coordinator"],
        cast["manager"],
    }


# --- the checks -------------------------------------------------------------------------------------------------------


def test_the_checks_pass_on_a_sound_record(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check_standings")
    call_command("check_seats")
    assert capsys.readouterr().out == ("Every standing is what its appointment gives.\nNo two appointments overlap.\n")


def test_check_standings_names_each_difference(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    chair = Standing.objects.get(person=cast["chair"])
    deleted(chair, by=cast.author, reason="By hand")
    member = Standing.objects.get(person=cast["member"], board=cast.board)
    member.until = TODAY
    saved(member, by=cast.author, reason="By hand")
    with pytest.raises(CommandError, match="3 differences"):
        call_command("check_standings")
    assert capsys.readouterr().out.splitlines() == [
        "Chair, representative, Partnership chair: chair from 2026-01-05 is missing.",
        "Member, representative, Hampshire and Isle of Wight Constabulary: member from 2026-01-05 is missing.",
        "Member, representative, Hampshire and Isle of Wight Constabulary: member from 2026-01-05 is too many.",
    ]
