"""What falls due between meetings and over a year: planned by its cause, moved with it, met by the act itself."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from meetings.models import Action, MeetingKind
from meetings.operations import agree_action, call_meeting, close_action, close_register, open_register, send_minutes
from meetings.operations.actions import change_action, reopen_action, report_on_action
from meetings.operations.decided_duties import (
    NotDoneByDeciding,
    NotThatDecision,
    decisions_to_choose,
    meet_by_decision,
)
from meetings.operations.register import reopen_register
from meetings.year_duties import missing_dates
from membership.models import Agency, Appointment
from membership.operations import appoint, end_appointment, name_deputy
from membership.seat_duties import seat_changed
from partnership.authorship import saved
from partnership.clock import LONDON
from partnership.models import Constitution, Obligation, Standing
from partnership.obligations import causes
from partnership.obligations.features import plan_all, plan_board
from partnership.obligations.kept_rules import NoSuchPractice, switch_practice
from partnership.obligations.operations import ensure_obligation
from tests.cast import LONG_AGO, TODAY, Cast
from tests.pages.outcomes import taken_item

JUNE = date(2027, 6, 30)


def of(duty: str) -> list[Obligation]:
    return list(Obligation.objects.filter(duty=duty).order_by("pk"))


def the(duty: str) -> Obligation:
    return Obligation.objects.get(duty=duty, cancelled_at=None)


def told(obligation: Obligation, on: date = TODAY) -> list[str]:
    return [person.name for person in causes.recipients_of([obligation], on)[obligation.pk]]


def an_action(cast: Cast, due_on: date = JUNE) -> Action:
    return agree_action(board=cast.board, text="Review it", owner=cast["member"], due_on=due_on, by=cast["coordinator"])


# --- actions ----------------------------------------------------------------------------------------------------------


def test_an_action_falls_due_on_its_own_date_and_is_told_to_its_owner_and_their_deputy(cast: Cast) -> None:
    an_action(cast)
    assert the("action-done").due_on == JUNE
    assert told(the("action-done")) == ["Member", "Deputy"]


def test_an_action_moved_moves_what_is_due(cast: Cast) -> None:
    action = an_action(cast)
    later = date(2027, 7, 14)
    by = cast["coordinator"]
    change_action(action=action, version=1, owner=cast["member"], due_on=later, reason="More time", by=by)
    assert (the("action-done").due_on, the("action-done").due_version) == (later, 2)


def test_asking_to_close_stops_the_reminders_and_not_the_clock(cast: Cast) -> None:
    action = an_action(cast)
    report_on_action(action=action, text="Done, I think", by=cast["member"], asks_to_close=True)
    assert the("action-done").is_open
    assert told(the("action-done")) == []


def test_closing_meets_it_and_opening_it_again_undoes_that(cast: Cast) -> None:
    action = an_action(cast)
    close_action(action=action, by=cast["chair"], reason="The policy is out")
    assert (the("action-done").met_on, "closed on 17 March 2027" in the("action-done").evidence) == (TODAY, True)
    reopen_action(action=action, by=cast["chair"], reason="It is not")
    assert the("action-done").is_open


def test_an_owner_who_left_the_group_is_told_no_more(cast: Cast) -> None:
    an_action(cast)
    for standing in Standing.objects.filter(person=cast["member"]):
        Standing.objects.filter(pk=standing.pk).update(until=TODAY)
    assert told(the("action-done")) == []


# --- seats ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def city(cast: Cast) -> Cast:
    """The Portsmouth Board, with an agency's seat taken by somebody without a deputy."""
    seat = cast.elsewhere.seats.filter(office="").order_by("position")[0]
    agency = Agency(kind="police", statutory_role="statutory partner", slug="city-police")
    seat.agency = saved(agency, by=cast.author, reason="Entered")
    saved(seat, by=cast.author, reason="The agency's")
    cast.appointments["police"] = appoint(seat=seat, person=cast.person("police"), starts_on=TODAY, by=cast.author)
    return cast


def test_a_seat_filled_without_a_deputy_asks_for_one_in_28_days(city: Cast) -> None:
    assert the("deputy-named").due_on == TODAY + timedelta(days=28)
    assert told(the("deputy-named")) == ["Police"]
    seat = city.appointments["police"].seat
    name_deputy(seat=seat, person=city.person("second"), starts_on=TODAY, by=city.author)
    assert (the("deputy-named").met_on, the("deputy-named").evidence) == (TODAY, "A deputy named from 17 March 2027")


def test_a_seat_that_loses_its_holder_asks_for_no_deputy(city: Cast) -> None:
    end_appointment(appointment=city.appointments["police"], ends_on=TODAY, reason="Left", by=city.author)
    assert [each.is_open for each in of("deputy-named")] == [True]
    seat = city.appointments["police"].seat
    Appointment.objects.filter(seat=seat).update(until=TODAY, starts_on=LONG_AGO)
    seat_changed(seat, city.author)
    assert of("deputy-named")[0].cancelled_at is not None


def test_a_local_practice_is_off_until_it_is_switched_on(cast: Cast) -> None:
    assert of("vacancy") == []
    switch_practice(board=cast.board, duty="vacancy", is_on=True, on=TODAY, by=cast["manager"])
    vacant = of("vacancy")
    assert len(vacant) > 10
    assert {each.due_on for each in vacant} == {TODAY + timedelta(days=28)}
    switch_practice(board=cast.board, duty="vacancy", is_on=False, on=TODAY, by=cast["manager"])
    assert not Obligation.objects.open().filter(duty="vacancy").exists()


def test_a_practice_that_the_terms_do_not_have_cannot_be_switched(cast: Cast) -> None:
    with pytest.raises(NoSuchPractice):
        switch_practice(board=cast.board, duty="papers", is_on=True, on=TODAY, by=cast["manager"])


def test_a_vacant_seat_is_met_by_whoever_takes_it_and_asked_for_before_it_is_empty(cast: Cast) -> None:
    switch_practice(board=cast.board, duty="vacancy", is_on=True, on=TODAY, by=cast["manager"])
    held = cast.appointments["member"]
    end_appointment(appointment=held, ends_on=JUNE, reason="Moves on", by=cast.author)
    ahead = Obligation.objects.get(duty="vacancy", cause_id=held.seat_id)
    assert ahead.due_on == date(2027, 7, 1) + timedelta(days=28)
    empty = next(seat for seat in cast.seats.values() if not seat.appointments.exists())
    appoint(seat=empty, person=cast.person("newcomer"), starts_on=TODAY, by=cast.author)
    assert Obligation.objects.get(duty="vacancy", cause_id=empty.pk).met_on == TODAY


def test_an_appointment_that_ends_asks_what_follows_and_a_successor_answers(cast: Cast) -> None:
    switch_practice(board=cast.board, duty="appointment-ending", is_on=True, on=TODAY, by=cast["manager"])
    held = cast.appointments["member"]
    end_appointment(appointment=held, ends_on=JUNE, reason="A term of three years", by=cast.author)
    assert (the("appointment-ending").due_on, the("appointment-ending").cause_id) == (JUNE, held.pk)
    appoint(seat=held.seat, person=cast.person("successor"), starts_on=date(2027, 7, 1), by=cast.author)
    assert (the("appointment-ending").met_on, the("appointment-ending").evidence) == (TODAY, "A successor recorded")


# --- the year and the terms -------------------------------------------------------------------------------------------


def test_the_coming_year_is_entered_once_however_often_it_is_asked(cast: Cast) -> None:
    plan_all(by=cast.author)
    plan_all(by=cast.author)
    due = {(each.duty, each.occurrence): each.due_on for each in of("quarterly-meeting") + of("meetings-held")}
    assert due == {
        ("quarterly-meeting", "2027-Q1"): date(2027, 3, 31),
        ("quarterly-meeting", "2027-Q2"): date(2027, 6, 30),
        ("quarterly-meeting", "2027-Q3"): date(2027, 9, 30),
        ("quarterly-meeting", "2027-Q4"): date(2027, 12, 31),
        ("quarterly-meeting", "2028-Q1"): date(2028, 3, 31),
        ("meetings-held", "2027"): date(2027, 12, 31),
    }
    assert [each.due_on for each in of("dates-agreed")] == [date(2028, 1, 31)]


def test_a_register_closed_meets_the_quarter_and_one_opened_again_undoes_it(cast: Cast) -> None:
    plan_board(board=cast.board, by=cast.author)
    meeting = cast.open_meeting()
    close_register(meeting=meeting, by=cast["coordinator"])
    quarter = Obligation.objects.get(duty="quarterly-meeting", occurrence="2027-Q1")
    assert (quarter.met_on, quarter.evidence) == (TODAY, "Held by 17 March 2027, by their registers")
    reopen_register(meeting=meeting, reason="A row was wrong", by=cast["coordinator"])
    assert Obligation.objects.get(pk=quarter.pk).is_open


def test_a_year_is_held_with_the_last_of_its_meetings(cast: Cast) -> None:
    plan_board(board=cast.elsewhere, by=cast.author)
    days = [date(2027, 1, 20), date(2027, 2, 17), date(2027, 3, 3), date(2027, 3, 10)]
    kinds = [MeetingKind.ORDINARY, MeetingKind.ORDINARY, MeetingKind.ORDINARY, MeetingKind.DEVELOPMENT_DAY]
    for on, kind in zip(days, kinds, strict=True):
        held_on(cast, on, kind)
    assert the("meetings-held").is_open
    held_on(cast, date(2027, 3, 15), MeetingKind.ORDINARY)
    assert the("meetings-held").met_on == date(2027, 3, 15)


def held_on(cast: Cast, on: date, kind: MeetingKind) -> None:
    meeting = call_meeting(board=cast.elsewhere, kind=kind, on=on, starts_at=time(10), by=cast.author)
    ten = datetime.combine(on, time(10), tzinfo=LONDON)
    open_register(meeting=meeting, at=ten, by=cast.author)
    close_register(meeting=meeting, at=ten + timedelta(hours=2), by=cast.author)


def test_the_review_of_the_terms_is_overdue_since_the_date_they_name(cast: Cast) -> None:
    plan_board(board=cast.elsewhere, by=cast.author)
    assert the("arrangements-reviewed").due_on == Constitution.objects.get(board=cast.elsewhere).review_by


def test_only_what_is_done_by_deciding_is_met_by_a_decision(cast: Cast) -> None:
    plan_board(board=cast.board, by=cast.author)
    _, decision, _ = taken_item(cast, cast.open_meeting())
    quarter = of("quarterly-meeting")[0]
    with pytest.raises(NotDoneByDeciding):
        meet_by_decision(obligation=quarter, decision=decision, by=cast["manager"])


def test_a_decision_in_minutes_that_were_sent_meets_what_is_agreed_each_year(cast: Cast) -> None:
    meeting = cast.open_meeting()
    _, decision, _ = taken_item(cast, meeting)
    year = ensure_obligation(
        duty="dates-agreed", cause=cast.elsewhere, occurrence="2028", owner="coordinator", due_on=JUNE, by=cast.author
    )
    with pytest.raises(NotThatDecision):
        meet_by_decision(obligation=year, decision=decision, by=cast["manager"])
    plan_board(board=cast.board, by=cast.author)
    review = the("terms-reviewed") if of("terms-reviewed") else None
    assert review is None
    switch_practice(board=cast.board, duty="terms-reviewed", is_on=True, on=TODAY, by=cast["manager"])
    with pytest.raises(NotThatDecision):
        meet_by_decision(obligation=the("terms-reviewed"), decision=decision, by=cast["manager"])
    close_register(meeting=meeting, by=cast["coordinator"])
    send_minutes(meeting=meeting, by=cast["coordinator"])
    assert [each.pk for each in decisions_to_choose(obligation=the("terms-reviewed"), user=cast["manager"])]
    met = meet_by_decision(obligation=the("terms-reviewed"), decision=decision, by=cast["manager"])
    assert (met.met_on, met.evidence) == (
        TODAY,
        "Decision at the meeting of Wednesday 17 March 2027, recorded by the team",
    )


def test_a_year_without_all_its_dates_is_not_agreed(cast: Cast) -> None:
    assert [(rule.id, number) for rule, number in missing_dates(board=cast.elsewhere, year=2028)] == [
        ("four-meetings", 4),
        ("development-day", 1),
    ]
