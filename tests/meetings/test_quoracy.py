"""The bridge: rows of real registers become facts, and the core's answer is that of the plain words."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from meetings.models import Attendance, AttendsAs, Meeting, Mode, Recorded, ReplyAnswer
from meetings.operations import (
    NoSuchDetermination,
    NotTheirsToDetermine,
    RowEntry,
    add_guest,
    determine_quorate,
    open_register,
    record_arrival,
    record_attendance,
    record_departure,
    record_deputy_check,
    reply,
    withdraw,
)
from meetings.queries import Register, register_of
from meetings.quoracy import NoTermsInForce, could_come, expected_facts, facts_of, quoracy_of, quorum_terms_of
from membership.models import AgencyKind, Seat, StatutoryRole
from membership.operations import add_seat, appoint, arrange_seats, bring_into_force, enter_agency, hand_over
from partnership.authorship import saved
from partnership.operations import adopt_constitution
from partnership.rules.quorum.answers import Answer, Outcome
from partnership.rules.quorum.assess import assess
from partnership.rules.quorum.facts import DeputyCheck
from tests.cast import LONG_AGO, TODAY, Cast, amended, at

FIVE = ("chair", "scrutineer", "constabulary", "childrens-social-care", "icb")
SEVEN = ("hmp", "probation", "iow-nhs-trust", "primary-school", "special-school", "public-health", "adults-board")


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    cast.fill((*FIVE, *SEVEN, "voluntary-sector"))
    return cast.open_meeting()


def row(meeting: Meeting, key: str) -> Attendance:
    return Attendance.objects.get(meeting=meeting, seat__key=key)


def tick(cast: Cast, meeting: Meeting, *keys: str, recorded: Recorded = Recorded.PRESENT) -> None:
    rows = [
        RowEntry(attendance_id=one.pk, version=one.version, recorded=recorded, arrived_at=at(10))
        for one in Attendance.objects.filter(meeting=meeting, seat__key__in=keys)
    ]
    record_attendance(meeting=meeting, rows=rows, by=cast["coordinator"])


def answer(meeting: Meeting, hour: int = 10, minute: int = 5) -> Answer:
    return quoracy_of(register_of(meeting=Meeting.objects.get(pk=meeting.pk)), at=at(hour, minute))


def test_the_island_s_quorum_in_journey_seven(cast: Cast, meeting: Meeting) -> None:
    tick(cast, meeting, *FIVE, *SEVEN)
    assert answer(meeting).sentence == "Quorate: 12 of 24 members present (12 needed)."
    tick(cast, meeting, "hmp", recorded=Recorded.NOT_RECORDED)
    assert answer(meeting).sentence == "Not quorate: 11 of 24 present. 1 more member needed."
    tick(cast, meeting, "cabinet-member")
    assert answer(meeting).heads == 11
    tick(cast, meeting, "hmp", "voluntary-sector")
    tick(cast, meeting, "icb", recorded=Recorded.APOLOGIES)
    assert answer(meeting).sentence == "Not quorate: NHS Hampshire and Isle of Wight ICB is not represented."


def test_comings_and_goings_change_the_answer_at_their_minute(cast: Cast, meeting: Meeting) -> None:
    tick(cast, meeting, *FIVE, *SEVEN)
    record_departure(attendance=row(meeting, "constabulary"), at=at(10, 40), by=cast["coordinator"])
    assert answer(meeting, 10, 39).is_quorate
    assert not answer(meeting, 10, 40).is_quorate
    record_arrival(attendance=row(meeting, "constabulary"), at=at(10, 50), as_deputy=True, by=cast["coordinator"])
    assert answer(meeting, 10, 50).is_quorate
    assert not answer(meeting, 10, 49).is_quorate


def test_representative_and_deputy_are_one_head(cast: Cast, meeting: Meeting) -> None:
    tick(cast, meeting, *FIVE)
    record_arrival(attendance=row(meeting, "constabulary"), at=at(10), as_deputy=True, by=cast["coordinator"])
    assert answer(meeting).heads == 5


def test_an_improper_deputy_counts_for_nothing(cast: Cast, meeting: Meeting) -> None:
    tick(cast, meeting, "chair", "scrutineer", "childrens-social-care", "icb", *SEVEN)
    tick(cast, meeting, "constabulary", recorded=Recorded.DEPUTY)
    assert answer(meeting).is_quorate
    record_deputy_check(
        attendance=row(meeting, "constabulary"), has_same_authority=False, grades_lower=0, by=cast["coordinator"]
    )
    found = answer(meeting)
    assert (found.is_quorate, found.heads) == (False, 11)
    assert "Constabulary is not represented" in found.sentence


def test_a_grade_nobody_checked_counts_and_is_noted(cast: Cast, meeting: Meeting) -> None:
    tick(cast, meeting, "constabulary", recorded=Recorded.DEPUTY)
    facts = facts_of(register_of(meeting=meeting))
    assert [one.deputy_check for one in facts.attendees] == [DeputyCheck.NOT_CHECKED]
    assert answer(meeting).notes


def test_a_deputy_does_not_fill_the_chair(cast: Cast, meeting: Meeting) -> None:
    tick(cast, meeting, *FIVE[1:], *SEVEN)
    record_arrival(attendance=row(meeting, "chair"), person=cast["nobody"], at=at(10), by=cast["coordinator"])
    found = answer(meeting)
    assert (found.heads, found.is_quorate) == (12, False)


def test_one_person_in_two_seats_is_one_head(cast: Cast, meeting: Meeting) -> None:
    seat = cast.seats["voluntary-sector"]
    hand_over(seat=seat, to=cast["chair"], on=TODAY, reason="Stands in", by=cast.author)
    tick(cast, meeting, "chair", "voluntary-sector", "scrutineer")
    assert answer(meeting).heads == 2


def test_guests_and_people_without_a_vote_never_count(cast: Cast, meeting: Meeting) -> None:
    tick(cast, meeting, "cabinet-member", "chair")
    for attends_as in (AttendsAs.OBSERVER, AttendsAs.ADVISER, AttendsAs.GUEST, AttendsAs.IN_ATTENDANCE):
        add_guest(meeting=meeting, attends_as=attends_as, name=attends_as.value, arrived_at=at(10), by=cast.author)
    facts = facts_of(register_of(meeting=meeting))
    assert len(facts.attendees) == 6
    assert answer(meeting).heads == 1


def test_an_observer_s_deputy_observes(cast: Cast, meeting: Meeting) -> None:
    record_arrival(attendance=row(meeting, "cabinet-member"), name="Kim Vale", at=at(10), by=cast["coordinator"])
    assert [one.capacity for one in facts_of(register_of(meeting=meeting)).attendees] == ["observer"]


def test_a_video_link_and_a_withdrawal_reach_the_core(cast: Cast, meeting: Meeting) -> None:
    record_arrival(attendance=row(meeting, "hmp"), at=at(10), mode=Mode.REMOTE, by=cast["coordinator"])
    tick(cast, meeting, "chair")
    withdraw(
        attendance=row(meeting, "hmp"), item_number="6", at=at(10, 4), reason="Own contract", by=cast["coordinator"]
    )
    prison = next(one for one in facts_of(register_of(meeting=meeting)).attendees if one.seat == "hmp")
    assert prison.is_remote
    assert prison.is_conflicted(at=at(10, 5), item="6")
    assert not prison.is_conflicted(at=at(10, 5), item="7")
    register = register_of(meeting=meeting)
    assert quoracy_of(register, at=at(10, 5), item="6").heads == 1
    assert quoracy_of(register, at=at(10, 5), item="7").heads == 2


def test_vacant_seats_stay_in_the_base_and_are_named_to_the_core(cast: Cast, meeting: Meeting) -> None:
    facts = facts_of(register_of(meeting=meeting))
    assert "anglican-diocese" in facts.vacant
    assert "chair" not in facts.vacant
    assert answer(meeting).base == 24


def test_the_other_rule_asks_for_three_partners(cast: Cast) -> None:
    seats = {seat.key: seat for seat in Seat.objects.filter(board=cast.elsewhere)}
    for key in ("council", "icb", "ambulance"):
        appoint(seat=seats[key], person=cast.person(f"city {key}"), starts_on=LONG_AGO, by=cast.author)
    meeting = cast.meeting(board=cast.elsewhere)
    open_register(meeting=meeting, at=at(9, 50), by=cast.author)
    for key in ("council", "icb", "ambulance"):
        record_arrival(attendance=row(meeting, key), at=at(10), by=cast.author)
    assert answer(meeting).sentence == "Not quorate: Hampshire Constabulary is not represented."
    record_arrival(attendance=row(meeting, "constabulary"), at=at(10), by=cast.author)
    assert answer(meeting).sentence == "Quorate: all 3 statutory safeguarding partners are present."


def test_the_version_in_force_on_the_day_decides(cast: Cast, meeting: Meeting) -> None:
    tick(cast, meeting, *FIVE, *SEVEN[:6])
    assert not answer(meeting).is_quorate
    text = amended("isle-of-wight/main-board", {"number: 2\n": "number: 3\n", "at_least: 1/2": "at_least: 1/3"})
    bring_into_force(board=cast.board, text=text, in_force_from=TODAY, by=cast.author)
    assert answer(meeting).is_quorate
    earlier = cast.meeting(on=date(2027, 3, 16))
    assert register_of(meeting=earlier).constitution == cast.constitution


def test_a_board_without_terms_has_no_answer(cast: Cast) -> None:
    seat = add_seat(board=cast.neighbours, key="police", name="Police", starts_on=LONG_AGO, by=cast.author)
    appoint(seat=seat, person=cast["member"], starts_on=LONG_AGO, by=cast.author)
    register = register_of(meeting=cast.meeting(board=cast.neighbours))
    assert len(register.seats) == 1
    with pytest.raises(NoTermsInForce):
        quoracy_of(register, at=None)


# --- before the day ---------------------------------------------------------------------------------------------------


def test_the_forecast_counts_who_said_so_and_names_who_could_still_come(cast: Cast) -> None:
    cast.fill((*FIVE, *SEVEN))
    meeting = cast.meeting()
    for key in (*FIVE[:2], *FIVE[3:], *SEVEN):
        reply(meeting=meeting, seat=cast.seats[key], answer=ReplyAnswer.COMING, by=cast.author)
    reply(meeting=meeting, seat=cast.seats["constabulary"], answer=ReplyAnswer.APOLOGIES, by=cast.author)
    register = register_of(meeting=meeting)
    found = assess(quorum_terms_of(register), expected_facts(register))
    assert (found.heads, found.outcome) == (11, Outcome.NOT_QUORATE)
    candidates = {one.seat: (one.name, one.capacity) for one in could_come(register)}
    assert candidates["constabulary"] == ("Deputy", "deputy")
    assert "chair" not in candidates
    reply(meeting=meeting, seat=cast.seats["constabulary"], answer=ReplyAnswer.DEPUTY, by=cast.author)
    register = register_of(meeting=meeting)
    assert assess(quorum_terms_of(register), expected_facts(register)).is_quorate
    assert "constabulary" not in {one.seat for one in could_come(register)}


def test_while_it_lasts_those_not_in_the_meeting_could_come(cast: Cast, meeting: Meeting) -> None:
    tick(cast, meeting, *FIVE)
    record_departure(attendance=row(meeting, "icb"), at=at(10, 4), by=cast["coordinator"])
    candidates = {one.seat for one in could_come(register_of(meeting=meeting))}
    assert "icb" in candidates
    assert "chair" not in candidates
    tick(cast, meeting, "constabulary", recorded=Recorded.APOLOGIES)
    asked = {one.seat: one.name for one in could_come(register_of(meeting=meeting))}
    assert asked["constabulary"] == "Deputy"


# --- determinations ---------------------------------------------------------------------------------------------------

DETERMINATION = """
determination:
  id: chair-determines
  by: chair
  scope: meeting
  clause: {ref: "made up", words: "The chair may determine that the meeting goes ahead."}

inquorate:
"""


def test_a_determination_by_the_right_office_makes_it_quorate(cast: Cast, meeting: Meeting) -> None:
    team = cast["coordinator"]
    with pytest.raises(NoSuchDetermination):
        determine_quorate(meeting=meeting, determined_by=cast["chair"], reason="Urgent", by=team)
    changes = {"number: 2\n": "number: 3\n", "\ninquorate:\n": DETERMINATION}
    text = amended("isle-of-wight/main-board", changes)
    third = adopt_constitution(board=cast.board, text=text, in_force_from=TODAY, by=cast.author)
    arrange_seats(constitution=third, by=cast.author)
    tick(cast, meeting, "chair")
    assert answer(meeting).outcome == Outcome.NOT_QUORATE_UNLESS_DETERMINED
    with pytest.raises(NotTheirsToDetermine):
        determine_quorate(meeting=meeting, determined_by=cast["scrutineer"], reason="Urgent", by=team)
    determine_quorate(meeting=meeting, determined_by=cast["chair"], reason="A child is at risk", at=at(10, 3), by=team)
    assert answer(meeting).is_quorate
    assert not answer(meeting, 10, 2).is_quorate


# --- queries ----------------------------------------------------------------------------------------------------------


def rows_filled(cast: Cast, count: int) -> Register:
    cast.fill(SEVEN[:count])
    for key in SEVEN[:count]:
        seat = cast.seats[key]
        seat.agency = enter_agency(
            slug=key, name=key, kind=AgencyKind.OTHER, statutory_role=StatutoryRole.OTHER, by=cast.author
        )
        saved(seat, by=cast.author, reason="Agency named")
    meeting = cast.open_meeting()
    tick(cast, meeting, *SEVEN[:count])
    for key in SEVEN[:count]:
        withdraw(attendance=row(meeting, key), item_number="6", at=at(10, 5), reason="Interest", by=cast.author)
        add_guest(meeting=meeting, attends_as=AttendsAs.GUEST, name=key, by=cast.author)
    return register_of(meeting=meeting)


@pytest.mark.parametrize("count", [1, 3])
def test_a_register_takes_six_queries(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    meeting = Meeting.objects.select_related("board__partnership").get(pk=rows_filled(cast, count).meeting.pk)
    with django_assert_num_queries(6):
        register = register_of(meeting=meeting)
    assert (len(register.seats), len(register.guests)) == (25, count)
    with django_assert_num_queries(0):
        quoracy_of(register, at=at(10, 5))
        could_come(register)
