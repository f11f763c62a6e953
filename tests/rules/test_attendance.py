"""The attendance report, figure by figure, over one made-up year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from partnership.rules.attendance.absences import (
    AbsenceEffect,
    Basis,
    MissedInARow,
    absence_in_a_row,
    occasions_of_person,
    occasions_of_seat,
)
from partnership.rules.attendance.attendance import (
    AttendancePolicy,
    AttendanceReport,
    Attended,
    LeaveCounts,
    Meeting,
    MeetingState,
    Period,
    Rate,
    Record,
    Seat,
    SeatAttendance,
    Tenure,
    TwoRecords,
    UnknownMeeting,
    report,
)
from partnership.rules.clauses import Clause, Reading
from partnership.rules.deadlines.duty_sentences import absence_sentence, meetings_held_sentence, rate_label, rate_words
from partnership.rules.meeting_kinds import MeetingKind

CLAUSE = Clause("f", "The named representative comes to three quarters of meetings, the deputy to the rest.")
POLICY = AttendancePolicy(
    id="attendance", clause=CLAUSE, representative=Fraction(3, 4), seat=Fraction(1), minimum_meetings=4
)
YEAR = Period(date(2027, 1, 1), date(2028, 1, 1))
MEETINGS = (
    Meeting("jan", date(2027, 1, 21)),
    Meeting("apr", date(2027, 4, 22)),
    Meeting("may", date(2027, 5, 20), MeetingKind.DEVELOPMENT_DAY),
    Meeting("jun", date(2027, 6, 17), state=MeetingState.CANCELLED),
    Meeting("jul", date(2027, 7, 22)),
    Meeting("oct", date(2027, 10, 21)),
)
EXTRAORDINARY = Meeting("nov", date(2027, 11, 10), MeetingKind.EXTRAORDINARY)
CAME = {
    "P": Attended.PRESENT,
    "D": Attended.DEPUTY,
    "A": Attended.APOLOGIES,
    "N": Attended.ABSENT,
    "-": Attended.NO_REPLY,
}


def seat(name: str, *tenures: Tenure, existed: Period = Period(date(2020, 1, 1))) -> Seat:  # noqa: B008
    return Seat(name, name, existed, tenures or (Tenure(f"{name} representative", existed),))


def register(seat_id: str, came: str, meetings: str = "jan apr jul oct") -> list[Record]:
    return [Record(meeting, seat_id, CAME[letter]) for meeting, letter in zip(meetings.split(), came, strict=True)]


def report_on(row: Seat, records: list[Record], *more: Meeting, policy: AttendancePolicy = POLICY) -> SeatAttendance:
    return whole_report([row], records, *more, policy=policy).seats[0]


def whole_report(
    seats: list[Seat], records: list[Record], *more: Meeting, policy: AttendancePolicy = POLICY
) -> AttendanceReport:
    return report(policy=policy, period=YEAR, seats=seats, meetings=[*MEETINGS, *more], records=records)


@pytest.mark.parametrize(
    ("agency", "came", "representative", "for_the_seat"),
    [
        ("Constabulary", "PPDP", ("3 of 4 (75%)", "Meets 75%"), ("4 of 4 (100%)", "Meets 100%")),
        ("Probation", "PDAP", ("2 of 4 (50%)", "Below 75%"), ("3 of 4 (75%)", "Below 100%")),
        ("Diocese", "DDDD", ("0 of 4 (0%)", "Below 75%"), ("4 of 4 (100%)", "Meets 100%")),
    ],
)
def test_representative_and_seat_are_judged_apart(
    agency: str, came: str, representative: tuple[str, str], for_the_seat: tuple[str, str]
) -> None:
    row = report_on(seat(agency), register(agency, came))
    assert (rate_words(row.people[0].rate), rate_label(row.people[0].rate)) == representative
    assert (rate_words(row.rate), rate_label(row.rate)) == for_the_seat


def test_cancelled_meetings_and_development_days_do_not_count() -> None:
    records = register("Constabulary", "PPDP") + register("Constabulary", "NN", "may jun")
    whole = whole_report([seat("Constabulary")], records)
    assert [meeting.id for meeting in whole.meetings] == ["jan", "apr", "jul", "oct"]
    assert whole.seats[0].rate.expected == 4


def test_newcomer_is_judged_from_the_first_of_june() -> None:
    joined = date(2027, 6, 1)
    ambulance = seat(
        "Ambulance", Tenure("Predecessor", Period(date(2020, 1, 1), joined)), Tenure("Newcomer", Period(joined))
    )
    row = report_on(ambulance, register("Ambulance", "PAPP"))
    assert [(person.person, rate_words(person.rate)) for person in row.people] == [
        ("Predecessor", "1 of 2 (50%)"),
        ("Newcomer", "2 of 2 (100%) since 1 June 2027"),
    ]
    assert rate_words(row.rate) == "3 of 4 (75%)"


def test_extraordinary_meeting_counts_unless_the_constitution_says_not() -> None:
    records = [*register("Constabulary", "PPDP"), Record("nov", "Constabulary", Attended.APOLOGIES)]
    row = report_on(seat("Constabulary"), records, EXTRAORDINARY)
    assert (rate_words(row.people[0].rate), rate_label(row.people[0].rate)) == ("3 of 5 (60%)", "Below 75%")
    ordinary_only = AttendancePolicy(
        id="attendance", clause=CLAUSE, representative=Fraction(3, 4), counts=(MeetingKind.ORDINARY,)
    )
    row = report_on(seat("Constabulary"), records, EXTRAORDINARY, policy=ordinary_only)
    assert (rate_words(row.people[0].rate), rate_label(row.people[0].rate)) == ("3 of 4 (75%)", "Meets 75%")


def test_rate_is_shown_rounded_and_judged_unrounded() -> None:
    two_thirds = Rate(2, 3, Fraction(67, 100))
    assert (rate_words(two_thirds), rate_label(two_thirds)) == ("2 of 3 (67%)", "Below 67%")
    assert rate_label(Rate(2, 3, Fraction(2, 3))) == "Meets 2/3"
    assert Rate(1, 200).percent == 1
    assert Rate(1, 201).percent == 0


def test_nothing_expected_is_no_rate() -> None:
    rate = Rate(0, 0, Fraction(3, 4), date(2027, 11, 1))
    assert (rate.share, rate.percent, rate.is_met) == (None, None, None)
    assert (rate_words(rate), rate_label(rate)) == ("No meetings since 1 November 2027", "")
    assert rate_label(Rate(1, 2)) == ""


def test_leave_is_not_held_against_the_person_but_against_the_seat() -> None:
    away = Period(date(2027, 4, 1), date(2027, 8, 1))
    on_leave = seat("Housing", Tenure("Member", Period(date(2020, 1, 1)), (away,)))
    row = report_on(on_leave, register("Housing", "PDNP"))
    assert rate_words(row.people[0].rate) == "2 of 2 (100%)"
    assert rate_words(row.rate) == "3 of 4 (75%)"


def test_where_the_terms_say_so_leave_counts_as_absence_of_the_person() -> None:
    away = Period(date(2027, 4, 1), date(2027, 8, 1))
    on_leave = seat("Housing", Tenure("Member", Period(date(2020, 1, 1)), (away,)))
    row = report_on(on_leave, register("Housing", "PDNP"), policy=replace(POLICY, leave=LeaveCounts.ABSENCE))
    assert rate_words(row.people[0].rate) == "2 of 4 (50%)"
    assert rate_words(row.rate) == "3 of 4 (75%)", "the seat's rate is the same"


def test_vacancy_counts_against_the_seat_and_nobody() -> None:
    left = date(2027, 3, 1)
    vacated = seat("College", Tenure("Leaver", Period(date(2020, 1, 1), left)))
    row = report_on(vacated, register("College", "P", "jan"))
    assert [rate_words(person.rate) for person in row.people] == ["1 of 1 (100%)"]
    assert rate_words(row.rate) == "1 of 4 (25%)"


def test_last_day_of_a_tenure_is_not_in_it() -> None:
    meeting_day = date(2027, 4, 22)
    handed_over = seat(
        "College", Tenure("Old", Period(date(2020, 1, 1), meeting_day)), Tenure("New", Period(meeting_day))
    )
    row = report_on(handed_over, register("College", "PPPP"))
    assert [person.rate.expected for person in row.people] == [1, 3]
    assert handed_over.holder_on(meeting_day) is handed_over.tenures[1]
    assert handed_over.holder_on(date(2019, 1, 1)) is None


def test_tenure_outside_the_period_has_no_row() -> None:
    gone = Tenure("Gone", Period(date(2020, 1, 1), date(2027, 1, 1)))
    to_come = Tenure("To come", Period(date(2028, 1, 1)))
    here = Tenure("Here", Period(date(2027, 1, 1), date(2028, 1, 1)))
    row = report_on(seat("College", gone, here, to_come), [])
    assert [person.person for person in row.people] == ["Here"]
    assert row.people[0].rate.since is None


def test_seat_that_began_in_the_year_is_expected_from_then() -> None:
    new = Seat("New", "New", Period(date(2027, 5, 1)))
    row = report_on(new, register("New", "PP", "jul oct"))
    assert rate_words(row.rate) == "2 of 2 (100%) since 1 May 2027"


def test_agency_is_all_its_seats_together() -> None:
    council = [Seat(name, "Council", Period(date(2020, 1, 1))) for name in ("housing", "education")]
    records = register("housing", "PPPP") + register("education", "PDNN")
    policy = AttendancePolicy(id="attendance", clause=CLAUSE, agency=Fraction(3, 4))
    ((name, rate),) = whole_report(council, records, policy=policy).agencies
    assert (name, rate_words(rate), rate_label(rate)) == ("Council", "6 of 8 (75%)", "Meets 75%")


def test_least_number_of_meetings_is_meetings_held() -> None:
    enough = whole_report([], [])
    assert (enough.has_enough_meetings, meetings_held_sentence(enough)) == (True, "4 meetings held.")
    three = report(policy=POLICY, period=YEAR, seats=[], meetings=MEETINGS[:-1], records=[])
    assert (three.has_enough_meetings, meetings_held_sentence(three)) == (False, "3 of 4 meetings held.")
    silent = AttendancePolicy(id="attendance", clause=CLAUSE)
    assert whole_report([], [], policy=silent).has_enough_meetings is None


def test_register_that_contradicts_itself_is_refused() -> None:
    twice = [*register("College", "PPPP"), Record("jan", "College", Attended.ABSENT)]
    with pytest.raises(TwoRecords, match="Seat College has two entries for meeting jan"):
        report_on(seat("College"), twice)
    with pytest.raises(UnknownMeeting, match="there is no meeting dec"):
        report_on(seat("College"), [Record("dec", "College", Attended.PRESENT)])


PERSISTENT = MissedInARow(
    id="persistent",
    clause=Clause("h", "The chair asks after persistent non-attendance."),
    times=2,
    basis=Basis.SEAT,
    effect=AbsenceEffect.ENQUIRY,
    reading=Reading("Two ordinary meetings in a row with neither."),
)


@pytest.mark.parametrize(("came", "is_found"), [("PANP", True), ("ADAP", False), ("P-NP", True), ("PPPA", False)])
def test_seat_with_neither_at_two_meetings_in_a_row(*, came: str, is_found: bool) -> None:
    row = seat("College")
    absence = absence_in_a_row(PERSISTENT, occasions_of_seat(row, MEETINGS, register("College", came)))
    assert (absence is not None) is is_found
    if absence is not None:
        assert absence_sentence(absence) == "Persistent non-attendance (local setting: 2)"
        assert absence.missed_on == (date(2027, 4, 22), date(2027, 7, 22))


def test_extraordinary_meeting_does_not_break_or_make_a_run_of_ordinary_ones() -> None:
    records = [*register("College", "PPPA"), Record("nov", "College", Attended.ABSENT)]
    occasions = occasions_of_seat(seat("College"), [*MEETINGS, EXTRAORDINARY], records)
    assert absence_in_a_row(PERSISTENT, occasions) is None


def test_vacant_seat_misses_and_a_person_on_leave_does_not() -> None:
    empty = Seat("College", "College", Period(date(2020, 1, 1)))
    assert [occasion.is_missed for occasion in occasions_of_seat(empty, MEETINGS, [])] == [True] * 5
    tenure = Tenure("Member", Period(date(2020, 1, 1)), (Period(date(2027, 4, 1), date(2027, 8, 1)),))
    occasions = occasions_of_person(empty, tenure, MEETINGS, register("College", "DPPP"))
    assert [(occasion.on.month, occasion.is_missed) for occasion in occasions] == [(1, True), (10, False)]


@pytest.mark.parametrize(("is_excused", "is_found"), [(False, True), (True, False)])
def test_only_leave_on_record_excuses_an_absence(*, is_excused: bool, is_found: bool) -> None:
    rule = MissedInARow(
        id="unexcused",
        clause=CLAUSE,
        times=2,
        basis=Basis.SEAT,
        effect=AbsenceEffect.DEEMED_RESIGNED,
        excused_by="board",
    )
    records = register("College", "PPA", "jan apr jul")
    last = Record("oct", "College", Attended.APOLOGIES, is_excused=is_excused)
    occasions = occasions_of_seat(seat("College"), MEETINGS, [*records, last])
    assert (absence_in_a_row(rule, occasions) is not None) is is_found


def test_rolling_year_lets_an_old_absence_drop_out() -> None:
    rule = MissedInARow(
        id="rolling", clause=CLAUSE, times=3, basis=Basis.SEAT, effect=AbsenceEffect.SEAT_VACATED, within_months=12
    )
    held = [Meeting(str(n), day) for n, day in enumerate([date(2026, 1, 10), date(2026, 7, 10), date(2027, 1, 10)])]
    occasions = occasions_of_seat(seat("College"), held, [])
    assert absence_in_a_row(rule, occasions) is None
    sooner = [*held[:2], Meeting("2", date(2027, 1, 9))]
    absence = absence_in_a_row(rule, occasions_of_seat(seat("College"), sooner, []))
    assert absence is not None
    assert absence_sentence(absence) == "The seat falls vacant (3 in a row within 12 months)"
