from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from meetings.models import Attendance, AttendsAs, Meeting, Mode, Presence, PresentAs, Recorded, Withdrawal
from meetings.operations import (
    AlreadyHere,
    NobodyNamed,
    NotInTheMeeting,
    RegisterNotOpen,
    TimesOverlap,
    add_guest,
    close_register,
    correct_times,
    end_withdrawal,
    record_arrival,
    record_departure,
    record_return,
    withdraw,
)
from partnership.authorship import saved
from tests.cast import Cast, at


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return cast.open_meeting()


def row(meeting: Meeting, key: str) -> Attendance:
    return Attendance.objects.get(meeting=meeting, seat__key=key)


def times(meeting: Meeting, key: str) -> list[tuple[str, object, object]]:
    presences = Presence.objects.filter(attendance__meeting=meeting, attendance__seat__key=key)
    return [(str(one.person), one.arrived_at, one.left_at) for one in presences.order_by("arrived_at")]


def test_arriving_leaving_and_coming_back_are_intervals(cast: Cast, meeting: Meeting) -> None:
    team = cast["coordinator"]
    record_arrival(attendance=row(meeting, "chair"), at=at(9, 58), mode=Mode.REMOTE, by=team)
    record_departure(attendance=row(meeting, "chair"), at=at(10, 30), by=team)
    record_return(attendance=row(meeting, "chair"), at=at(10, 45), by=team)
    assert times(meeting, "chair") == [("Chair", at(9, 58), at(10, 30)), ("Chair", at(10, 45), None)]
    chair = row(meeting, "chair")
    assert (chair.recorded, chair.mode, chair.version) == (Recorded.PRESENT, Mode.REMOTE, 4)


def test_a_deputy_arrives_for_the_seat(cast: Cast, meeting: Meeting) -> None:
    record_arrival(attendance=row(meeting, "constabulary"), at=at(10, 20), as_deputy=True, by=cast["coordinator"])
    police = row(meeting, "constabulary")
    assert (police.recorded, police.person) == (Recorded.DEPUTY, cast["deputy"])
    assert police.presences.get().present_as == PresentAs.DEPUTY


def test_the_representative_takes_the_row_back_and_both_are_kept(cast: Cast, meeting: Meeting) -> None:
    team = cast["coordinator"]
    record_arrival(attendance=row(meeting, "constabulary"), at=at(10), as_deputy=True, by=team)
    record_arrival(attendance=row(meeting, "constabulary"), at=at(10, 30), by=team)
    police = row(meeting, "constabulary")
    assert (police.recorded, police.person) == (Recorded.PRESENT, cast["member"])
    assert times(meeting, "constabulary") == [("Deputy", at(10), None), ("Member", at(10, 30), None)]
    record_departure(attendance=police, person=cast["deputy"], at=at(10, 31), by=team)
    assert times(meeting, "constabulary")[0] == ("Deputy", at(10), at(10, 31))


def test_a_deputy_who_comes_beside_the_representative_leaves_the_row_alone(cast: Cast, meeting: Meeting) -> None:
    team = cast["coordinator"]
    record_arrival(attendance=row(meeting, "constabulary"), at=at(10), by=team)
    record_arrival(attendance=row(meeting, "constabulary"), at=at(10, 30), as_deputy=True, by=team)
    police = row(meeting, "constabulary")
    assert (police.recorded, police.person, police.presences.count()) == (Recorded.PRESENT, cast["member"], 2)


def test_a_substitute_without_an_account_arrives_by_name(cast: Cast, meeting: Meeting) -> None:
    record_arrival(attendance=row(meeting, "icb"), at=at(10), name="Robin Ash", by=cast["coordinator"])
    icb = row(meeting, "icb")
    assert (icb.recorded, icb.guest_name, icb.presences.get().present_as) == (
        Recorded.DEPUTY,
        "Robin Ash",
        PresentAs.SUBSTITUTE,
    )
    with pytest.raises(NobodyNamed):
        record_arrival(attendance=row(meeting, "hmp"), at=at(10), by=cast["coordinator"])


def test_what_cannot_be_is_refused_and_changes_nothing(cast: Cast, meeting: Meeting) -> None:
    team, chair = cast["coordinator"], row(meeting, "chair")
    for absent in (record_departure, record_return):
        with pytest.raises(NotInTheMeeting):
            absent(attendance=chair, at=at(10), by=team)
    record_arrival(attendance=chair, at=at(10), by=team)
    with pytest.raises(AlreadyHere):
        record_arrival(attendance=chair, at=at(10, 10), by=team)
    with pytest.raises(AlreadyHere):
        record_return(attendance=chair, at=at(10, 10), by=team)
    with pytest.raises(TimesOverlap):
        record_departure(attendance=chair, at=at(10), by=team)
    record_departure(attendance=chair, at=at(10, 30), by=team)
    with pytest.raises(TimesOverlap):
        record_return(attendance=chair, at=at(10, 29), by=team)
    assert times(meeting, "chair") == [("Chair", at(10), at(10, 30))]


def test_times_are_corrected_without_overlapping(cast: Cast, meeting: Meeting) -> None:
    team, chair = cast["coordinator"], row(meeting, "chair")
    record_arrival(attendance=chair, at=at(10), by=team)
    record_departure(attendance=chair, at=at(10, 30), by=team)
    record_return(attendance=chair, at=at(10, 45), by=team)
    first, second = Presence.objects.filter(attendance=chair).order_by("arrived_at")
    correct_times(presence=first, arrived_at=at(9, 50), left_at=at(10, 45), by=team)
    for arrived, left in ((at(10), at(10)), (at(10), at(10, 46)), (at(11), None)):
        with pytest.raises(TimesOverlap):
            correct_times(presence=first, arrived_at=arrived, left_at=left, by=team)
    correct_times(presence=second, arrived_at=at(11), left_at=at(11, 30), by=team)
    assert times(meeting, "chair") == [("Chair", at(9, 50), at(10, 45)), ("Chair", at(11), at(11, 30))]


def test_guests_have_rows_of_their_own(cast: Cast, meeting: Meeting) -> None:
    team = cast["coordinator"]
    adviser = add_guest(meeting=meeting, attends_as=AttendsAs.ADVISER, name=" Kit Moss ", arrived_at=at(10), by=team)
    manager = add_guest(meeting=meeting, attends_as=AttendsAs.IN_ATTENDANCE, person=cast["manager"], by=team)
    assert (adviser.guest_name, adviser.recorded, adviser.seat) == ("Kit Moss", Recorded.PRESENT, None)
    assert adviser.presences.get().arrived_at == at(10)
    assert manager.presences.get().arrived_at == at(10, 5)
    with pytest.raises(AlreadyHere):
        add_guest(meeting=meeting, attends_as=AttendsAs.GUEST, person=cast["manager"], by=team)
    with pytest.raises(NobodyNamed, match="Say who is there"):
        add_guest(meeting=meeting, attends_as=AttendsAs.GUEST, name="  ", by=team)


def test_withdrawing_from_an_item_and_coming_back(cast: Cast, meeting: Meeting) -> None:
    team, chair = cast["coordinator"], row(meeting, "chair")
    with pytest.raises(NotInTheMeeting):
        withdraw(attendance=chair, item_number="6", at=at(10, 40), reason="Sits on its board", by=team)
    record_arrival(attendance=chair, at=at(10), by=team)
    withdrawal = withdraw(attendance=chair, item_number="6", at=at(10, 40), reason="Sits on its board", by=team)
    with pytest.raises(TimesOverlap):
        end_withdrawal(withdrawal=withdrawal, at=at(10, 40), by=team)
    end_withdrawal(withdrawal=withdrawal, at=at(10, 55), by=team)
    kept = Withdrawal.objects.get()
    assert (kept.item_number, kept.from_at, kept.until_at) == ("6", at(10, 40), at(10, 55))


def test_a_closed_register_takes_no_times(cast: Cast, meeting: Meeting) -> None:
    team, chair = cast["coordinator"], row(meeting, "chair")
    record_arrival(attendance=chair, at=at(10), by=team)
    close_register(meeting=meeting, at=at(12), by=team)
    with pytest.raises(RegisterNotOpen):
        record_departure(attendance=chair, at=at(11), by=team)
    with pytest.raises(RegisterNotOpen):
        add_guest(meeting=meeting, attends_as=AttendsAs.GUEST, name="Kim", by=team)


def test_the_database_refuses_times_that_cannot_be(cast: Cast, meeting: Meeting) -> None:
    chair = row(meeting, "chair")
    record_arrival(attendance=chair, at=at(10), by=cast["coordinator"])
    again = Presence(attendance=chair, person=cast["chair"], present_as=PresentAs.REPRESENTATIVE, arrived_at=at(10, 30))
    with pytest.raises(IntegrityError), transaction.atomic():
        saved(again, by=cast.author, reason="By hand")
    again.left_at = at(10, 15)
    with pytest.raises(IntegrityError), transaction.atomic():
        saved(again, by=cast.author, reason="By hand")
