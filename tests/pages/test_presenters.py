"""What the presenters make of real registers and constitutions, without a request."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pytest
from pytest_django import Settings

from meetings.live_quoracy import quoracy_at
from meetings.minutes.quorum_record import CLOSED_EARLY, quorum_of
from meetings.models import Attendance, Meeting, Mode, Recorded, ReplyAnswer
from meetings.operations import RowEntry, close_register, record_attendance, record_departure, record_return, reply
from meetings.presenters.constitution import ConstitutionPage, constitution_page
from meetings.presenters.meetings import board_home, meeting_rows
from meetings.presenters.register import RegisterPage, register_page
from meetings.presenters.register_answer import AnswerCard, answer_card
from meetings.presenters.register_rows import RowOnPage
from meetings.presenters.shown import Rights
from meetings.queries import Register, register_of
from membership.operations import name_deputy
from membership.queries import SeatsInFigures, seats_in_figures
from partnership.access import Action, Kind
from partnership.queries import constitution_in_force, constitution_versions, terms_of
from partnership.rules.deadlines.calendars import Division
from partnership.rules.quorum.departures import EndsIf, EndsIfStatus
from partnership.rules.quorum.fewest import Fewest, FewestStatus
from partnership.working_days import working_days
from tests.cast import LONG_AGO, TODAY, Cast, at

FIVE = ("chair", "scrutineer", "constabulary", "childrens-social-care", "icb")
SEVEN = ("hmp", "probation", "iow-nhs-trust", "primary-school", "public-health", "adults-board", "youth-justice")
EVERYTHING = Rights(frozenset((kind, action) for kind in Kind for action in Action))


def tick(
    cast: Cast, meeting: Meeting, *keys: str, recorded: Recorded = Recorded.PRESENT, **values: object
) -> list[Attendance]:
    rows = [
        RowEntry(attendance_id=row.pk, version=row.version, recorded=recorded, arrived_at=at(10), **values)  # type: ignore[arg-type]  # as RowEntry takes them
        for row in Attendance.objects.filter(meeting=meeting, seat__key__in=keys)
    ]
    return record_attendance(meeting=meeting, rows=rows, by=cast["coordinator"])


@pytest.fixture
def full(cast: Cast) -> Meeting:
    cast.fill((*FIVE, *SEVEN))
    return cast.open_meeting()


def register(meeting: Meeting) -> Register:
    return register_of(meeting=Meeting.objects.select_related("board__partnership").get(pk=meeting.pk))


def page_of(meeting: Meeting, now: datetime | None = None, rights: Rights = EVERYTHING) -> RegisterPage:
    return register_page(register(meeting), rights=rights, now=now or at(10, 5), posted={})


def row_of(page: RegisterPage, seat: str) -> RowOnPage:
    return next(row for group in page.groups for row in group.rows if row.seat == seat)


# --- rows -------------------------------------------------------------------------------------------------------------


def test_seats_the_quorum_names_come_first_and_who_does_not_count_last(full: Meeting) -> None:
    groups = page_of(full).groups
    assert [(group.id, len(group.rows)) for group in groups] == [("required", 5), ("members", 19), ("uncounted", 1)]
    assert [row.seat for row in groups[0].rows][:2] == ["Partnership chair", "Independent scrutineer"]


@pytest.mark.parametrize(
    ("key", "recorded", "who", "others", "note", "letter"),
    [
        ("chair", Recorded.PRESENT, "Chair", "no deputy named", "In the room from 10am.", "y"),
        ("constabulary", Recorded.DEPUTY, "Deputy", "deputy for Member", "In the room from 10am.", "d"),
        ("chair", Recorded.APOLOGIES, "Chair", "no deputy named", "Sent apologies.", "a"),
        ("chair", Recorded.DID_NOT_ATTEND, "Chair", "no deputy named", "Did not attend.", "n"),
        ("anglican-diocese", None, "Vacant", "", "No reply.", ""),
    ],
)
def test_a_row_says_who_and_what(
    cast: Cast, full: Meeting, key: str, recorded: Recorded | None, who: str, others: str, note: str, letter: str
) -> None:
    if recorded:
        tick(cast, full, key, recorded=recorded)
    row = row_of(page_of(full), cast.seats[key].name)
    assert (row.who, row.others, row.letter) == (who, others, letter)
    assert row.note == note


def test_a_row_says_how_and_that_somebody_left(cast: Cast, full: Meeting) -> None:
    (row,) = tick(cast, full, "chair", mode=Mode.REMOTE)
    record_departure(attendance=row, at=at(11, 12), by=cast["coordinator"])
    drawn = row_of(page_of(full, at(11, 15)), "Partnership chair")
    assert (drawn.note, drawn.has_left, drawn.is_here) == ("Remote from 10am to 11:12am.", True, False)


def test_a_reason_is_shown_only_to_who_may_read_it(cast: Cast, full: Meeting) -> None:
    tick(cast, full, "chair", recorded=Recorded.APOLOGIES, reason="Unwell")
    assert row_of(page_of(full), "Partnership chair").note == "Apologies: Unwell."
    few = Rights(EVERYTHING.held - {(Kind.APOLOGY_REASONS, Action.READ)})
    assert row_of(page_of(full, rights=few), "Partnership chair").note == "Sent apologies."


def test_before_the_day_a_row_says_what_was_replied(cast: Cast) -> None:
    name_deputy(seat=cast.seats["chair"], person=cast.person("stand in"), starts_on=LONG_AGO, by=cast.author)
    meeting = cast.meeting(on=date(2027, 6, 16))
    for key, answer in (("scrutineer", ReplyAnswer.COMING), ("chair", ReplyAnswer.DEPUTY)):
        reply(meeting=meeting, seat=cast.seats[key], answer=answer, by=cast.author)
    page = page_of(meeting)
    assert row_of(page, "Independent scrutineer").note == "Said they are coming."
    assert row_of(page, "Partnership chair").note == "Said that Stand In comes as deputy."
    assert page.tally.startswith("1 said they are coming, 1 that a deputy comes, 0 sent apologies")


# --- how many, when, what happened ------------------------------------------------------------------------------------


def test_the_tally_counts_everybody_once(cast: Cast, full: Meeting) -> None:
    tick(cast, full, "chair", "scrutineer")
    tick(cast, full, "constabulary", recorded=Recorded.DEPUTY)
    tick(cast, full, "icb", recorded=Recorded.APOLOGIES)
    tick(cast, full, "hmp", recorded=Recorded.DID_NOT_ATTEND)
    tick(cast, full, "cabinet-member")
    record_departure(
        attendance=Attendance.objects.get(meeting=full, seat__key="scrutineer"), at=at(10, 3), by=cast["coordinator"]
    )
    assert page_of(full).tally == (
        "2 present (1 representative, 1 deputy), 1 left, 1 apology, 1 did not attend and 19 not here yet."
    )


def test_the_strip_and_the_events_tell_one_story(cast: Cast, full: Meeting) -> None:
    tick(cast, full, *FIVE, *SEVEN)
    icb = Attendance.objects.get(meeting=full, seat__key="icb")
    record_departure(attendance=icb, at=at(11), by=cast["coordinator"])
    record_return(attendance=Attendance.objects.get(pk=icb.pk), at=at(11, 30), by=cast["coordinator"])
    page = page_of(full, at(12))
    assert page.strip is not None
    assert page.strip.label == (
        "Quorate from 10am to 11am. Not quorate from 11am to 11:30am. Quorate from 11:30am to midday"
    )
    assert [(span.x, span.width, span.is_quorate) for span in page.strip.spans] == [
        ("0.00", "40.00", True), ("40.00", "20.00", False), ("60.00", "20.00", True),
    ]  # fmt: skip
    assert page.strip.rest is not None
    assert (page.strip.rest.x, page.strip.rest.width) == ("80.00", "20.00"), "the half hour that is still to come"
    assert [(tick.x, tick.label, tick.anchor) for tick in page.strip.ticks] == [
        ("0.00", "10am", "start"), ("40.00", "11am", "middle"), ("80.00", "midday", "middle"),
    ]  # fmt: skip
    assert [(event.at, event.is_verdict) for event in page.events] == [
        ("11:30am", True), ("11:30am", False), ("11am", True), ("11am", False), ("10am", True),
    ]  # fmt: skip
    assert page.events[3].words == "Rep Icb (NHS Hampshire and Isle of Wight ICB) left."


def test_a_meeting_that_has_just_begun_has_no_strip_yet(full: Meeting) -> None:
    assert page_of(full, at(10)).strip is None


# --- the answer -------------------------------------------------------------------------------------------------------


def card_of(meeting: Meeting, now: datetime | None = None) -> AnswerCard:
    drawn = register(meeting)
    moment = now or at(10, 5)
    return answer_card(drawn, quoracy_at(drawn, now=moment), now=moment)


def test_a_quorate_meeting_says_what_would_end_it(cast: Cast, full: Meeting) -> None:
    tick(cast, full, *FIVE, *SEVEN)
    card = card_of(full, at(10, 17))
    assert (card.title, card.css, card.since) == ("Quorate", "", "Quorate since 10am, 17 minutes.")
    assert card.lines == ("It ends if any one of the 12 leaves.",)
    cast.fill(["fire-and-rescue", "anglican-diocese"])
    tick(cast, full, "fire-and-rescue", "anglican-diocese")
    (line,) = card_of(full).lines
    assert line.startswith("It ends if Chair, Scrutineer, Member, ")
    assert line.endswith("leaves, or 3 of the others together.")


def test_a_meeting_that_is_not_quorate_names_whom_to_ask(cast: Cast, full: Meeting) -> None:
    tick(cast, full, *[key for key in (*FIVE, *SEVEN) if key != "constabulary"])
    card = card_of(full)
    assert (card.title, card.css) == ("Not quorate", "q-quorum--no")
    assert "1 person would make it quorate. Ask Member (or Deputy, deputy)." in card.lines
    assert not card.reasons[0].is_met, "what fails comes first"


@pytest.mark.parametrize(
    ("status", "line"),
    [
        (FewestStatus.IMPOSSIBLE, "Nobody who is named for the seats could make it quorate."),
        (FewestStatus.NOT_COMPUTED, "The fewest people to ask are not computed"),
    ],
)
def test_where_nobody_can_be_named_the_card_says_why(full: Meeting, status: FewestStatus, line: str) -> None:
    drawn = register(full)
    quoracy = replace(quoracy_at(drawn, now=at(10, 5)), fewest=Fewest(status=status))
    assert any(each.startswith(line) for each in answer_card(drawn, quoracy, now=at(10, 5)).lines)


@pytest.mark.parametrize(
    ("status", "line"),
    [
        (EndsIfStatus.STANDS, "It stands, whoever leaves."),
        (EndsIfStatus.NOT_COMPUTED, "Whose leaving would end it is not computed"),
    ],
)
def test_what_would_end_it_has_words_for_each_case(cast: Cast, full: Meeting, status: EndsIfStatus, line: str) -> None:
    tick(cast, full, *FIVE, *SEVEN)
    drawn = register(full)
    quoracy = replace(quoracy_at(drawn, now=at(10, 5)), ends_if=EndsIf(status=status))
    assert any(each.startswith(line) for each in answer_card(drawn, quoracy, now=at(10, 5)).lines)


def test_a_closed_register_keeps_its_answer_and_asks_nobody(cast: Cast, full: Meeting, settings: Settings) -> None:
    tick(cast, full, *FIVE)
    settings.CLOCK_STOPPED_AT = at(12, 30)
    close_register(meeting=full, by=cast["coordinator"])
    card = card_of(full, at(15))
    assert card.sentence == "Not quorate at any time: 5 of 24 present. 7 more members needed."
    assert (card.title, card.css, card.reasons_title) == ("Not quorate throughout", "q-quorum--no", "When it closed")
    assert (card.lines, card.since) == ((), "")


def test_a_register_closed_before_the_meeting_began_has_the_answer_of_that_moment(
    cast: Cast, full: Meeting, settings: Settings
) -> None:
    settings.CLOCK_STOPPED_AT = at(9, 55)
    close_register(meeting=full, by=cast["coordinator"])
    card = card_of(full, at(15))
    assert card.sentence.startswith("Not quorate: ")
    assert (card.title, card.reasons_title) == ("Not quorate", "When it closed")
    record, spans = quorum_of(register(full))
    assert (record.sentence, record.is_quorate, spans) == (CLOSED_EARLY, None, ())


def test_a_board_without_terms_gets_a_card_that_says_so(cast: Cast) -> None:
    meeting = cast.meeting(board=cast.neighbours, starts_at=time(11))
    card = page_of(meeting).card
    assert (card.title, card.sentence) == ("No answer", "Whether this meeting is quorate cannot be said.")
    assert card.lines == ("Executive Group had no terms of reference on that day.",)


# --- the constitution and the lists -----------------------------------------------------------------------------------


def constitution_on(cast: Cast, place: str, today: date) -> ConstitutionPage:
    board = {"island": cast.board, "city": cast.elsewhere}[place]
    shown = constitution_in_force(board=board, on=today)
    assert shown is not None
    meeting = cast.meeting(on=date(2027, 4, 22), board=board)
    return constitution_page(
        shown=shown,
        terms=terms_of(constitution=shown),
        versions=list(constitution_versions(board=board)),
        upcoming=meeting,
        calendar=working_days(Division.ENGLAND_AND_WALES),
        today=today,
    )


def test_the_constitution_says_what_it_means_for_the_next_meeting(cast: Cast) -> None:
    page = constitution_on(cast, "island", TODAY)
    rules = {rule.id: rule for chapter in page.chapters for top in chapter.rules for rule in (top, *top.parts)}
    said = rules["half"].next_meeting
    assert said is not None
    assert (said.on, said.says) == ("Thursday 22 April 2027", ("12 members are needed.",))
    papers = rules["papers"].next_meeting
    assert papers is not None
    assert papers.says == ("Due by Thursday 15 April 2027.",)


def test_a_review_that_is_overdue_is_said_once_and_honestly(cast: Cast) -> None:
    assert constitution_on(cast, "city", TODAY).review_words == "Review by 30 September 2023: overdue."
    assert constitution_on(cast, "island", TODAY).review_words == "No date for its review is stated."


def test_a_gap_of_the_source_is_said_and_not_filled(cast: Cast) -> None:
    page = constitution_on(cast, "island", TODAY)
    gaps = {chapter.title for chapter in page.chapters if chapter.not_stated}
    assert "Attendance" in gaps


def test_meetings_in_lists_say_where_they_stand(cast: Cast, full: Meeting) -> None:
    later = cast.meeting(on=date(2027, 6, 16))
    today = cast.meeting(starts_at=time(11))
    rows = meeting_rows([Meeting.objects.get(pk=full.pk), today, later], TODAY)
    assert [(row.state, row.state_tag) for row in rows] == [
        ("Register open", "yes"), ("Today", "soon"), ("Planned", "plain"),
    ]  # fmt: skip
    home = board_home(
        to_come=[later, today],
        decisions=(),
        seats=seats_in_figures(board=cast.board, on=TODAY),
        constitution=cast.constitution,
        today=TODAY,
    )
    assert (home.days_left, home.seats) == ("In 91 days", "25 seats, 12 vacant")
    assert [row.state for row in home.later] == ["Today"]
    nothing = board_home(to_come=(), decisions=(), seats=SeatsInFigures(0, 0), constitution=None, today=TODAY)
    assert (nothing.next_meeting, nothing.version) == (None, "No terms of reference are in force.")
