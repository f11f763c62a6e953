from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from pytest_django import Settings

from meetings.models import (
    Attendance,
    AttendsAs,
    DeputyStanding,
    Meeting,
    MeetingStatus,
    Mode,
    Presence,
    PresentAs,
    Recorded,
    ReplyAnswer,
)
from meetings.operations import (
    AlreadyOpened,
    AttendanceClash,
    NobodyNamed,
    NotOnThisRegister,
    NotYetTheDay,
    RegisterNotClosed,
    RegisterNotOpen,
    RowEntry,
    RowValues,
    close_register,
    open_register,
    record_apologies,
    record_attendance,
    record_deputy_check,
    record_start,
    reopen_register,
    reply,
)
from membership.models import AgencyKind, StatutoryRole
from membership.operations import enter_agency, enter_grade_ladder, name_deputy
from partnership.authorship import saved
from partnership.clock import LONDON
from tests.cast import LONG_AGO, TODAY, Cast, at


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return cast.open_meeting()


def row(meeting: Meeting, key: str) -> Attendance:
    return Attendance.objects.get(meeting=meeting, seat__key=key)


def entry(meeting: Meeting, key: str, recorded: Recorded, **fields: object) -> RowEntry:
    current = row(meeting, key)
    return RowEntry(
        **{"attendance_id": current.pk, "version": current.version, "recorded": recorded, **fields}  # type: ignore[arg-type]
    )


def record(cast: Cast, meeting: Meeting, *entries: RowEntry) -> list[Attendance]:
    return record_attendance(meeting=meeting, rows=entries, by=cast["coordinator"])


# --- opening ----------------------------------------------------------------------------------------------------------


def test_opening_makes_a_row_a_seat_with_what_the_replies_said(cast: Cast) -> None:
    meeting = cast.meeting()
    team = cast["coordinator"]
    reply(meeting=meeting, seat=cast.seats["chair"], answer=ReplyAnswer.APOLOGIES, reason="In court", by=team)
    reply(meeting=meeting, seat=cast.seats["constabulary"], answer=ReplyAnswer.DEPUTY, by=team)
    reply(meeting=meeting, seat=cast.seats["scrutineer"], answer=ReplyAnswer.COMING, by=team)
    open_register(meeting=meeting, at=at(9, 50), by=team)
    assert Attendance.objects.filter(meeting=meeting).count() == 25
    assert (row(meeting, "chair").recorded, row(meeting, "chair").reason) == (Recorded.APOLOGIES, "In court")
    expected = row(meeting, "constabulary")
    assert (expected.recorded, expected.person) == (Recorded.NOT_RECORDED, cast["deputy"])
    assert row(meeting, "scrutineer").recorded == Recorded.NOT_RECORDED
    assert not Presence.objects.exists()


def test_a_register_is_opened_once_on_its_day_or_later(cast: Cast) -> None:
    tomorrow = cast.meeting(on=TODAY + timedelta(days=1))
    with pytest.raises(NotYetTheDay, match="from 18 March 2027"):
        open_register(meeting=tomorrow, by=cast["coordinator"])
    meeting = cast.open_meeting()
    with pytest.raises(AlreadyOpened):
        open_register(meeting=meeting, by=cast["coordinator"])


@pytest.mark.parametrize(
    ("opened_at", "begun_at", "began"),
    [(at(9, 50), None, at(10)), (at(10, 7), None, at(10, 7)), (at(9, 50), at(10, 12), at(10, 12))],
)
def test_when_the_meeting_began(cast: Cast, opened_at: datetime, begun_at: datetime | None, began: datetime) -> None:
    meeting = open_register(meeting=cast.meeting(), at=opened_at, by=cast["coordinator"])
    if begun_at is not None:
        meeting = record_start(meeting=meeting, at=begun_at, by=cast["coordinator"])
    assert meeting.began == began


# --- recording --------------------------------------------------------------------------------------------------------


def test_ticking_present_puts_the_representative_in_the_room_from_now(cast: Cast, meeting: Meeting) -> None:
    written = record(cast, meeting, entry(meeting, "chair", Recorded.PRESENT, mode=Mode.REMOTE))
    assert [one.pk for one in written] == [row(meeting, "chair").pk]
    chair = row(meeting, "chair")
    assert (chair.recorded, chair.person, chair.mode, chair.version) == (
        Recorded.PRESENT,
        cast["chair"],
        Mode.REMOTE,
        2,
    )
    presence = chair.presences.get()
    assert (presence.person, presence.present_as) == (cast["chair"], PresentAs.REPRESENTATIVE)
    assert (presence.arrived_at, presence.left_at) == (at(10, 5), None)
    assert chair.history.latest().history_user == cast["coordinator"]


def test_a_register_filled_in_later_counts_from_the_start(
    cast: Cast, meeting: Meeting, stopped_clock: Settings
) -> None:
    stopped_clock.CLOCK_STOPPED_AT = datetime(2027, 3, 19, 16, tzinfo=LONDON)
    record(cast, meeting, entry(meeting, "chair", Recorded.PRESENT))
    record(cast, meeting, entry(meeting, "scrutineer", Recorded.PRESENT, arrived_at=at(10, 20)))
    assert row(meeting, "chair").presences.get().arrived_at == at(10)
    assert row(meeting, "scrutineer").presences.get().arrived_at == at(10, 20)


def test_only_changed_rows_are_written(cast: Cast, meeting: Meeting) -> None:
    record(cast, meeting, entry(meeting, "chair", Recorded.PRESENT))
    before = {one.pk: one.version for one in Attendance.objects.filter(meeting=meeting)}
    entries = [entry(meeting, key, Recorded.NOT_RECORDED) for key in cast.seats if key != "chair"]
    assert record(cast, meeting, entry(meeting, "chair", Recorded.PRESENT), *entries) == []
    assert {one.pk: one.version for one in Attendance.objects.filter(meeting=meeting)} == before


def test_taking_a_tick_back_takes_the_presence_with_it(cast: Cast, meeting: Meeting) -> None:
    record(cast, meeting, entry(meeting, "chair", Recorded.PRESENT))
    record(cast, meeting, entry(meeting, "chair", Recorded.APOLOGIES, reason="Called away"))
    chair = row(meeting, "chair")
    assert (chair.recorded, chair.reason, chair.person, chair.presences.count()) == (
        Recorded.APOLOGIES,
        "Called away",
        None,
        0,
    )
    assert Presence.history.filter(history_type="-").count() == 1


def test_correcting_who_came_keeps_the_times(cast: Cast, meeting: Meeting) -> None:
    record(cast, meeting, entry(meeting, "constabulary", Recorded.PRESENT, arrived_at=at(9, 55)))
    record(cast, meeting, entry(meeting, "constabulary", Recorded.DEPUTY))
    presence = row(meeting, "constabulary").presences.get()
    assert (presence.person, presence.present_as, presence.arrived_at) == (
        cast["deputy"],
        PresentAs.DEPUTY,
        at(9, 55),
    )


def test_a_vacant_seat_needs_a_name(cast: Cast, meeting: Meeting) -> None:
    for recorded in (Recorded.PRESENT, Recorded.DEPUTY):
        with pytest.raises(NobodyNamed, match="Say who came for NHS Hampshire"):
            record(cast, meeting, entry(meeting, "icb", recorded))
    record(cast, meeting, entry(meeting, "icb", Recorded.DEPUTY, name="Robin Ash"))
    icb = row(meeting, "icb")
    assert (icb.guest_name, icb.person, icb.presences.get().present_as) == ("Robin Ash", None, PresentAs.SUBSTITUTE)


def test_one_bad_row_writes_none(cast: Cast, meeting: Meeting) -> None:
    with pytest.raises(NobodyNamed):
        record(cast, meeting, entry(meeting, "chair", Recorded.PRESENT), entry(meeting, "icb", Recorded.PRESENT))
    assert row(meeting, "chair").recorded == Recorded.NOT_RECORDED


def test_rows_of_another_register_are_refused(cast: Cast, meeting: Meeting) -> None:
    strange = RowEntry(attendance_id=0, version=1, recorded=Recorded.PRESENT)
    with pytest.raises(NotOnThisRegister):
        record(cast, meeting, strange)


# --- clashes ----------------------------------------------------------------------------------------------------------


def test_a_clash_carries_both_values_and_writes_nothing(cast: Cast, meeting: Meeting) -> None:
    drawn = {key: entry(meeting, key, Recorded.PRESENT) for key in ("chair", "scrutineer")}
    record(cast, meeting, entry(meeting, "chair", Recorded.APOLOGIES, reason="In court"))
    with pytest.raises(AttendanceClash) as refused:
        record_attendance(meeting=meeting, rows=drawn.values(), by=cast["manager"])
    clash = refused.value.clashes[0]
    assert clash.attendance == row(meeting, "chair")
    assert clash.theirs == RowValues(Recorded.APOLOGIES, reason="In court")
    assert clash.yours == RowValues(Recorded.PRESENT, cast["chair"].pk)
    assert row(meeting, "scrutineer").recorded == Recorded.NOT_RECORDED
    assert row(meeting, "chair").recorded == Recorded.APOLOGIES


def test_a_stale_row_nobody_touched_is_no_clash(cast: Cast, meeting: Meeting) -> None:
    untouched = entry(meeting, "chair", Recorded.NOT_RECORDED)
    touched = entry(meeting, "scrutineer", Recorded.PRESENT)
    record(cast, meeting, entry(meeting, "chair", Recorded.PRESENT))
    record(cast, meeting, untouched, touched)
    assert row(meeting, "chair").recorded == Recorded.PRESENT
    assert row(meeting, "scrutineer").recorded == Recorded.PRESENT


def test_two_who_say_the_same_do_not_clash(cast: Cast, meeting: Meeting) -> None:
    same = entry(meeting, "chair", Recorded.PRESENT)
    record(cast, meeting, same)
    assert record(cast, meeting, same) == []


# --- deputies against the rule ----------------------------------------------------------------------------------------


def test_a_designated_deputy_with_authority_and_unknown_grade_is_not_checked(cast: Cast, meeting: Meeting) -> None:
    record(cast, meeting, entry(meeting, "constabulary", Recorded.DEPUTY))
    police = row(meeting, "constabulary")
    assert (police.deputy_standing, police.deputy_note) == (DeputyStanding.NOT_CHECKED, "grade unknown")


@pytest.mark.parametrize(
    ("rank", "standing", "note"),
    [
        (2, DeputyStanding.PROPER, ""),
        (3, DeputyStanding.PROPER, ""),
        (4, DeputyStanding.IMPROPER, "grade too low"),
        (1, DeputyStanding.PROPER, ""),
    ],
)
def test_the_grade_is_compared_on_the_agency_s_own_ladder(
    cast: Cast, rank: int, standing: DeputyStanding, note: str
) -> None:
    agency = enter_agency(
        slug="icb",
        name="ICB",
        kind=AgencyKind.ICB,
        statutory_role=StatutoryRole.SAFEGUARDING_PARTNER,
        by=cast.author,
    )
    ladder = enter_grade_ladder(
        agency=agency, name="Officers", grades=["Director", "Head", "Manager", "Officer"], by=cast.author
    )
    grades = {grade.rank: grade for grade in ladder.grades.all()}
    held = cast.seat("icb head", "icb")
    held.grade = grades[2]
    saved(held, by=cast.author, reason="Grade entered")
    name_deputy(
        seat=cast.seats["icb"],
        person=cast.person("icb deputy"),
        starts_on=LONG_AGO,
        grade=grades[rank],
        has_same_authority=True,
        by=cast.author,
    )
    meeting = cast.open_meeting()
    record(cast, meeting, entry(meeting, "icb", Recorded.DEPUTY, deputy_reason="Nobody else could come"))
    icb = row(meeting, "icb")
    assert (icb.deputy_standing, icb.deputy_note) == (standing, note)
    assert icb.deputy_reason == "Nobody else could come"


def test_what_is_said_on_the_day_is_kept_and_decides(cast: Cast, meeting: Meeting) -> None:
    record(cast, meeting, entry(meeting, "constabulary", Recorded.DEPUTY, person_id=cast["nobody"].pk))
    police = row(meeting, "constabulary")
    assert police.deputy_note == "authority not declared, grade unknown"
    record_deputy_check(
        attendance=police, has_same_authority=False, grades_lower=0, reason="Came anyway", by=cast["coordinator"]
    )
    police = row(meeting, "constabulary")
    assert (police.deputy_standing, police.deputy_note, police.deputy_reason) == (
        DeputyStanding.IMPROPER,
        "authority differs",
        "Came anyway",
    )
    record_deputy_check(attendance=police, has_same_authority=True, grades_lower=1, by=cast["coordinator"])
    assert row(meeting, "constabulary").deputy_standing == DeputyStanding.PROPER


def test_the_representative_leaves_no_findings_behind(cast: Cast, meeting: Meeting) -> None:
    record(cast, meeting, entry(meeting, "constabulary", Recorded.DEPUTY))
    record(cast, meeting, entry(meeting, "constabulary", Recorded.PRESENT))
    police = row(meeting, "constabulary")
    assert (police.deputy_standing, police.deputy_note) == (DeputyStanding.NOT_ASKED, "")


# --- apologies, closing, opening again --------------------------------------------------------------------------------


def test_apologies_before_the_day_are_a_reply_and_on_the_day_a_row(cast: Cast) -> None:
    meeting = cast.meeting()
    record_apologies(meeting=meeting, seat=cast.seats["chair"], reason="Leave", by=cast["chair"])
    given = meeting.replies.get()
    assert (given.answer, given.reason) == (ReplyAnswer.APOLOGIES, "Leave")
    open_register(meeting=meeting, at=at(9, 50), by=cast["coordinator"])
    record_apologies(meeting=meeting, seat=cast.seats["scrutineer"], reason="Train", by=cast["coordinator"])
    assert (row(meeting, "scrutineer").recorded, row(meeting, "scrutineer").reason) == (Recorded.APOLOGIES, "Train")


def test_closing_makes_blank_rows_absent_and_the_meeting_held(cast: Cast, meeting: Meeting) -> None:
    record(cast, meeting, entry(meeting, "chair", Recorded.PRESENT))
    closed = close_register(meeting=meeting, at=at(12), by=cast["coordinator"])
    assert (closed.status, closed.closed_at) == (MeetingStatus.HELD, at(12))
    assert row(meeting, "chair").recorded == Recorded.PRESENT
    assert Attendance.objects.filter(meeting=meeting, recorded=Recorded.DID_NOT_ATTEND).count() == 24
    with pytest.raises(RegisterNotOpen):
        record(cast, meeting, entry(meeting, "chair", Recorded.APOLOGIES))
    with pytest.raises(RegisterNotOpen):
        close_register(meeting=meeting, by=cast["coordinator"])


def test_a_closed_register_is_opened_again_with_a_reason(cast: Cast, meeting: Meeting) -> None:
    with pytest.raises(RegisterNotClosed):
        reopen_register(meeting=meeting, reason="Early", by=cast["manager"])
    close_register(meeting=meeting, at=at(12), by=cast["coordinator"])
    again = reopen_register(meeting=meeting, reason="One row was wrong", by=cast["manager"])
    assert (again.status, again.closed_at, again.opened_at) == (MeetingStatus.PLANNED, None, at(9, 50))
    record(cast, meeting, entry(meeting, "chair", Recorded.PRESENT, arrived_at=at(10)))
    assert row(meeting, "chair").recorded == Recorded.PRESENT


def test_nothing_is_recorded_before_the_opening(cast: Cast) -> None:
    meeting = cast.meeting()
    with pytest.raises(RegisterNotOpen):
        record_attendance(meeting=meeting, rows=[], by=cast["coordinator"])
    with pytest.raises(RegisterNotOpen):
        record_start(meeting=meeting, at=at(10), by=cast["coordinator"])


@pytest.mark.parametrize(
    "changes",
    [
        {"attends_as": AttendsAs.SEAT, "seat": None, "guest_name": "Kim"},
        {"attends_as": AttendsAs.GUEST},
        {"recorded": Recorded.PRESENT},
        {"reason": "No apologies were sent"},
    ],
)
def test_the_database_refuses_a_row_that_cannot_be(cast: Cast, changes: dict[str, object]) -> None:
    meeting = cast.meeting(on=date(2027, 5, 5))
    fields: dict[str, object] = {"meeting": meeting, "seat": cast.seats["chair"], **changes}
    with pytest.raises(IntegrityError), transaction.atomic():
        saved(Attendance(**fields), by=cast.author, reason="By hand")
