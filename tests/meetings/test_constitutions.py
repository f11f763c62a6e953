"""Bringing a further version into force: what it moves, whom it unseats, and what it must never touch."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import transaction

from meetings.models import Attendance, Meeting, Recorded
from meetings.operations import RowEntry, close_register, record_attendance
from meetings.operations.constitutions import (
    AnotherVersionAdopted,
    MeetingHasBegun,
    NoReasonGiven,
    NotFromThePast,
    OtherBody,
    adopt_version,
)
from meetings.queries import register_of
from meetings.quoracy import quoracy_of
from membership.models import Agency, AgencyKind, Appointment, Seat, StatutoryRole
from membership.operations import SeatStillHeld, appoint, enter_agency, name_deputy
from membership.queries import unequal_standings
from partnership.clock import LONDON
from partnership.constitutions.problems import BadFile
from partnership.models import Constitution, Delivery, DeliveryState, Obligation, ObligationEvent
from partnership.obligations.operations import meet_obligation
from partnership.obligations.planning import plan
from partnership.operations import ConstitutionOutOfOrder
from tests.cast import LONG_AGO, TODAY, Cast, amended, at, text_of

ISLAND = "isle-of-wight/main-board"
APRIL, MAY, JUNE = date(2027, 4, 22), date(2027, 5, 1), date(2027, 6, 16)
VERSION_3 = {"number: 2": "number: 3", "in_force_from: 2026-01-01": "in_force_from: 2027-05-01"}
TWO_WEEKS = {
    'amount: 1, unit: weeks, direction: before, anchor: meeting}\n    clause: {ref: "Support 2"': (
        'amount: 2, unit: weeks, direction: before, anchor: meeting}\n    clause: {ref: "Support 2"'
    )
}
THREE_QUARTERS = {"share: {at_least: 1/2": "share: {at_least: 3/4"}
NO_PRISON = {"  - {id: hmp, name: HMP Isle of Wight, organisation: hmp}\n": ""}
REMINDERS = {
    "reminders: [-14, -7, -3, -1, 0]\n    recipients: [coordinator, manager]": (
        "reminders: [-10]\n    recipients: [coordinator, manager]"
    )
}


def version_3(*changes: dict[str, str]) -> str:
    return amended(ISLAND, VERSION_3 | {was: now for each in changes for was, now in each.items()})


def adopt(cast: Cast, text: str, **how: object) -> Constitution:
    given: dict[str, object] = {
        "in_force_from": MAY,
        "after": cast.constitution,
        "reason": "Agreed on 17 March, item 9.",
        "by": cast["coordinator"],
    }
    return adopt_version(board=cast.board, text=text, **(given | how))  # type: ignore[arg-type]  # as the tests need it


def papers_of(meeting: Meeting) -> Obligation:
    return Obligation.objects.select_related("constitution").get(cause_id=meeting.pk, duty="papers")


def test_the_version_is_in_force_from_its_day_and_keeps_who_why_and_who_signed(cast: Cast) -> None:
    adopted = adopt(cast, version_3(), signed="three lead representatives, 12 March 2027")
    assert (adopted.version, adopted.in_force_from) == (3, MAY)
    record = adopted.history.get()
    assert record.history_user == cast["coordinator"]
    assert record.history_change_reason == (
        "Agreed on 17 March, item 9. "
        "Signed by: three lead representatives, 12 March 2027, recorded outside this system."
    )


def test_deadlines_of_the_meetings_it_governs_move_and_no_others(cast: Cast) -> None:
    before, after = cast.meeting(on=APRIL), cast.meeting(on=JUNE)
    adopted = adopt(cast, version_3(TWO_WEEKS))
    assert (papers_of(before).due_on, papers_of(before).constitution) == (date(2027, 4, 15), cast.constitution)
    moved = papers_of(after)
    assert (moved.due_on, moved.due_version, moved.constitution) == (date(2027, 6, 2), 2, adopted)


def test_reminders_of_the_old_date_are_superseded(cast: Cast) -> None:
    meeting = cast.meeting(on=date(2027, 5, 5))
    plan(now=datetime(2027, 4, 20, 9, tzinfo=LONDON))
    old = Delivery.objects.filter(obligation=papers_of(meeting), state=DeliveryState.PENDING)
    numbers = set(old.values_list("pk", flat=True))
    assert numbers
    adopt(cast, version_3(TWO_WEEKS))
    superseded = Delivery.objects.filter(pk__in=numbers).values_list("state", "answer")
    assert set(superseded) == {(DeliveryState.SUPERSEDED, "The date moved to 21 April 2027.")}


def test_other_reminders_for_the_same_date_follow_the_version(cast: Cast) -> None:
    meeting = cast.meeting(on=JUNE)
    plan(now=datetime(2027, 5, 27, 9, tzinfo=LONDON))
    adopted = adopt(cast, version_3(REMINDERS))
    papers = papers_of(meeting)
    assert (papers.due_on, papers.due_version, papers.constitution) == (date(2027, 6, 9), 2, adopted)
    stopped = Delivery.objects.filter(obligation=papers).values_list("state", "answer")
    assert set(stopped) == {(DeliveryState.SUPERSEDED, "Reminders follow version 3 of the terms.")}


def test_the_same_rule_again_moves_nothing_and_belongs_to_the_version(cast: Cast) -> None:
    meeting = cast.meeting(on=JUNE)
    adopted = adopt(cast, version_3())
    papers = papers_of(meeting)
    assert (papers.due_version, papers.constitution) == (1, adopted)
    assert list(papers.events.values_list("what", flat=True)) == [ObligationEvent.What.PLANNED]


def test_what_was_met_stays_met_by_the_version_of_that_day(cast: Cast) -> None:
    meeting = cast.meeting(on=JUNE)
    meet_obligation(duty="papers", cause=meeting, on=TODAY, evidence="Agenda 1", by=cast["coordinator"])
    adopt(cast, version_3(REMINDERS))
    papers = papers_of(meeting)
    assert (papers.met_on, papers.constitution) == (TODAY, cast.constitution)


def test_a_meeting_held_keeps_the_answer_of_its_day(cast: Cast) -> None:
    """Thirteen came: half of 24 is twelve, three quarters would be eighteen."""
    cast.fill(seat for seat in cast.seats if seat != "cabinet-member")
    meeting = cast.open_meeting()
    rows = Attendance.objects.filter(meeting=meeting).exclude(seat__key="cabinet-member").order_by("seat__position")
    required = ("chair", "scrutineer", "constabulary", "icb", "childrens-social-care")
    those = [*rows.filter(seat__key__in=required), *rows.exclude(seat__key__in=required)[:8]]
    entries = [
        RowEntry(attendance_id=row.pk, version=row.version, recorded=Recorded.PRESENT, arrived_at=at(10))
        for row in those
    ]
    record_attendance(meeting=meeting, rows=entries, by=cast["coordinator"])
    close_register(meeting=meeting, at=at(12), by=cast["coordinator"])
    before = quoracy_of(register_of(meeting=meeting), at=at(11))
    assert before.is_quorate
    adopt(cast, version_3(THREE_QUARTERS))
    register = register_of(meeting=meeting)
    assert register.constitution == cast.constitution
    assert quoracy_of(register, at=at(11)) == before


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_nothing_changes(cast: Cast, reason: str) -> None:
    with pytest.raises(NoReasonGiven, match="Say why the rules change"):
        adopt(cast, version_3(), reason=reason)


def test_what_cannot_come_next_is_refused(cast: Cast) -> None:
    with pytest.raises(NotFromThePast, match="16 March 2027 has passed"):
        adopt(cast, version_3(), in_force_from=TODAY - timedelta(days=1))
    with pytest.raises(OtherBody, match=r"^This file is the constitution of .*Portsmouth.*, not of Main Board\.$"):
        adopt(cast, text_of("portsmouth/board"))
    with pytest.raises(ConstitutionOutOfOrder, match="Version 2 is in force from 1 January 2026"):
        adopt(cast, text_of(ISLAND))
    with pytest.raises(BadFile):
        adopt(cast, "format: 1\n")
    assert list(Constitution.objects.filter(board=cast.board)) == [cast.constitution]


def test_a_day_on_which_a_register_was_opened_keeps_its_rules(cast: Cast) -> None:
    cast.open_meeting()
    with pytest.raises(MeetingHasBegun, match="the meeting on 17 March 2027 was opened under the rules of that day"):
        adopt(cast, version_3(), in_force_from=TODAY)
    assert adopt(cast, version_3(), in_force_from=TODAY + timedelta(days=1)).version == 3


def test_of_two_drawn_up_against_one_version_the_second_is_refused(cast: Cast) -> None:
    first = adopt(cast, version_3(TWO_WEEKS))
    with pytest.raises(
        AnotherVersionAdopted, match="Version 3 was adopted meanwhile, in force from 1 May 2027"
    ) as told:
        adopt(cast, version_3().replace("number: 3", "number: 4"), in_force_from=JUNE)
    assert told.value.adopted == first
    assert Constitution.objects.filter(board=cast.board).count() == 2


def test_the_first_version_of_a_group_that_had_none(cast: Cast) -> None:
    adopted = adopt_version(
        board=cast.neighbours,
        text=text_of("isle-of-wight/executive-group"),
        in_force_from=TODAY,
        after=None,
        reason="First terms",
        by=cast["manager"],
    )
    assert adopted.board == cast.neighbours


# --- seats ------------------------------------------------------------------------------------------------------------


def _prison_with_a_deputy(cast: Cast) -> list[Appointment]:
    held = cast.seat("governor", "hmp")
    person = cast.person("deputy governor")
    return [held, name_deputy(seat=cast.seats["hmp"], person=person, starts_on=LONG_AGO, by=cast.author)]


def test_a_seat_that_goes_takes_its_known_holders_with_it(cast: Cast) -> None:
    held = _prison_with_a_deputy(cast)
    adopt(cast, version_3(NO_PRISON), unseats=[each.pk for each in held])
    for each in held:
        each.refresh_from_db()
        assert each.until == MAY
        assert each.history.first().history_change_reason == "The seat ends with version 3 of the terms of reference"
    assert Seat.objects.get(board=cast.board, key="hmp").until == MAY
    assert unequal_standings() == []


def test_a_holder_nobody_was_told_of_is_never_unseated(cast: Cast) -> None:
    _prison_with_a_deputy(cast)
    with pytest.raises(SeatStillHeld, match="Governor holds the seat HMP Isle of Wight"), transaction.atomic():
        adopt(cast, version_3(NO_PRISON))
    assert Constitution.objects.filter(board=cast.board).count() == 1
    assert Appointment.objects.get(seat__key="hmp", order=0).until is None


def test_a_holder_who_would_begin_later_must_be_ended_first(cast: Cast) -> None:
    later = appoint(seat=cast.seats["hmp"], person=cast.person("governor"), starts_on=JUNE, by=cast.author)
    with pytest.raises(SeatStillHeld), transaction.atomic():
        adopt(cast, version_3(NO_PRISON), unseats=[later.pk])


def _agency(cast: Cast, name: str) -> Agency:
    return enter_agency(
        slug=name.lower(), name=name, kind=AgencyKind.OTHER, statutory_role=StatutoryRole.OTHER, by=cast.author
    )


def test_a_further_seat_gets_the_agency_of_its_organisation(cast: Cast) -> None:
    _agency(cast, "Barnardos")
    further = {
        "  - {id: hmp, name: HMP Isle of Wight, kind: prison}\n": (
            "  - {id: hmp, name: HMP Isle of Wight, kind: prison}\n  - {id: charity, name: Barnardos, kind: charity}\n"
        ),
        "  - {id: hmp, name: HMP Isle of Wight, organisation: hmp}\n": (
            "  - {id: hmp, name: HMP Isle of Wight, organisation: hmp}\n"
            "  - {id: charity, name: Barnardos, organisation: charity}\n"
        ),
    }
    adopt(cast, version_3(further))
    seat = Seat.objects.select_related("agency").get(board=cast.board, key="charity")
    assert (seat.starts_on, str(seat.agency)) == (MAY, "barnardos")
