"""What is late stands in the letter of the week until it is done or waived; somebody of the team always reads it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.core.mail import EmailMultiAlternatives
from pytest_django import DjangoAssertNumQueries, Settings

from meetings.models import Meeting
from meetings.operations import agree_action, cancel, move
from membership.operations import bring_into_force
from partnership.clock import LONDON
from partnership.models import Delivery, Obligation
from partnership.obligations.operations import meet_obligation, reopen_obligation
from partnership.obligations.sweeping import sweep
from partnership.obligations.waivers import waive, withdraw_waiver
from partnership.operations import choose_week_letter
from reviews.week_letter import tell_the_week
from tests.cast import TODAY, Cast
from tests.partnership.test_deliveries import Carrier
from tests.terms_with_waiver import let_waive, text_letting

EIGHT = datetime(2027, 4, 19, 8, tzinfo=LONDON)
# Its papers are due on Thursday 15 April.
APRIL = date(2027, 4, 22)


def monday(month: int, day: int) -> datetime:
    return EIGHT.replace(month=month, day=day)


def letters(cast: Cast, settings: Settings, now: datetime) -> dict[str, EmailMultiAlternatives]:
    """The letters of that moment, by the first name of who gets them."""
    settings.CLOCK_STOPPED_AT = now
    tell_the_week(now=now, by=cast.author)
    carrier = Carrier()
    sweep(now=now, by=cast.author, transport=carrier)
    found = [message for message in carrier.taken if "Open your week" in str(message.body)]
    return {message.to[0].split()[0]: message for message in found}


def said(cast: Cast, settings: Settings, now: datetime, name: str = "Manager") -> str:
    """What the letter of that moment says to that person; empty where there is none."""
    message = letters(cast, settings, now).get(name)
    return " ".join(str(message.body).split()) if message else ""


@pytest.fixture
def april(cast: Cast) -> Meeting:
    return cast.meeting(on=APRIL)


def papers(meeting: Meeting) -> Obligation:
    return Obligation.objects.get(cause_id=meeting.pk, duty="papers")


def test_each_week_until_it_is_done_with_the_days(cast: Cast, april: Meeting, stopped_clock: Settings) -> None:
    expected = {monday(4, 19): 4, monday(4, 26): 11, datetime(2027, 5, 4, 8, tzinfo=LONDON): 19, monday(5, 10): 25}
    for now, days in expected.items():
        line = f"due on Thursday 15 April 2027, {days} days late"
        assert line in said(cast, stopped_clock, now), now
        assert letters(cast, stopped_clock, now + timedelta(hours=2)) == {}, "once a week"
    meet_obligation(duty="papers", cause=april, on=date(2027, 5, 12), evidence="Agenda, version 1", by=cast.author)
    assert "The agenda and papers" not in said(cast, stopped_clock, monday(5, 17))
    reopen_obligation(duty="papers", cause=april, reason="Withdrawn", by=cast.author)
    assert "39 days late" in said(cast, stopped_clock, monday(5, 24))


def test_the_week_after_a_holiday_begins_on_tuesday(cast: Cast, april: Meeting, stopped_clock: Settings) -> None:
    """3 May 2027 is a bank holiday."""
    assert letters(cast, stopped_clock, monday(5, 3)) == {}
    assert "19 days late" in said(cast, stopped_clock, datetime(2027, 5, 4, 8, tzinfo=LONDON))


@pytest.mark.parametrize(
    ("on", "weeks"),
    [
        # The clocks go forward on 28 March, back on 31 October.
        (date(2027, 4, 1), ["2027-03-30T07:00+00:00", "2027-04-05T07:00+00:00"]),
        (date(2027, 11, 4), ["2027-11-01T08:00+00:00", "2027-11-08T08:00+00:00"]),
    ],
)
def test_at_the_hour_of_london_through_the_nights_of_the_clocks(
    cast: Cast, stopped_clock: Settings, on: date, weeks: list[str]
) -> None:
    cast.meeting(on=on)
    for week in weeks:
        hour = datetime.fromisoformat(week)
        assert letters(cast, stopped_clock, hour - timedelta(minutes=1)) == {}
        assert "The agenda and papers" in said(cast, stopped_clock, hour), week


def test_done_between_writing_and_sending_it_is_not_in_it(cast: Cast, april: Meeting, stopped_clock: Settings) -> None:
    stopped_clock.CLOCK_STOPPED_AT = monday(4, 19)
    tell_the_week(now=monday(4, 19), by=cast.author)
    meet_obligation(duty="papers", cause=april, on=date(2027, 4, 19), evidence="Agenda, version 1", by=cast.author)
    assert letters(cast, stopped_clock, monday(4, 19)) == {}
    assert set(Delivery.objects.filter(announcement__kind="the week").values_list("state", flat=True)) == {
        "skipped no access"
    }


def test_waived_it_is_left_out_and_withdrawn_it_is_back(cast: Cast, stopped_clock: Settings) -> None:
    let_waive(cast, "chair")
    asked = papers(cast.meeting(on=APRIL))
    assert "4 days late" in said(cast, stopped_clock, monday(4, 19))
    waive(obligation=asked, reason="Nothing to be read", by=cast["chair"])
    assert "The agenda and papers" not in said(cast, stopped_clock, monday(4, 26))
    withdraw_waiver(obligation=asked, reason="There is a paper", by=cast["chair"])
    assert "25 days late" in said(cast, stopped_clock, monday(5, 10))


def test_a_moved_date_counts_by_the_new_one_and_a_cancelled_one_ends_it(
    cast: Cast, april: Meeting, stopped_clock: Settings
) -> None:
    assert "4 days late" in said(cast, stopped_clock, monday(4, 19))
    move(
        meeting=april,
        on=date(2027, 5, 6),
        starts_at=april.starts_at,
        ends_at=april.ends_at,
        reason="Room flooded",
        by=cast["coordinator"],
    )
    this_week = said(cast, stopped_clock, monday(4, 26))
    assert "due Thursday 29 April 2027" in this_week
    assert "days late" not in this_week
    later = said(cast, stopped_clock, datetime(2027, 5, 4, 8, tzinfo=LONDON))
    assert "due on Thursday 29 April 2027, 5 days late" in later
    cancel(meeting=april, reason="Snow", by=cast["coordinator"])
    assert "The agenda and papers" not in said(cast, stopped_clock, monday(5, 10))


def test_a_further_version_of_the_terms_leaves_it_late(cast: Cast, april: Meeting, stopped_clock: Settings) -> None:
    assert "4 days late" in said(cast, stopped_clock, monday(4, 19))
    bring_into_force(board=cast.board, text=text_letting("chair"), in_force_from=date(2027, 4, 20), by=cast.author)
    assert "11 days late" in said(cast, stopped_clock, monday(4, 26))


def test_what_is_late_for_months_is_in_it_however_much_is_due(cast: Cast, stopped_clock: Settings) -> None:
    cast.meeting(on=date(2027, 4, 1))
    for day in range(10, 29):
        cast.meeting(on=date(2027, 7, day))
    body = said(cast, stopped_clock, monday(7, 5))
    assert "due on Thursday 25 March 2027, 102 days late" in body
    assert body.index("102 days late") < body.index("due Monday 5 July 2027"), "what is late comes first"


def test_what_members_owe_is_counted_and_named_by_nobody(cast: Cast, stopped_clock: Settings) -> None:
    for day in (5, 6):
        agree_action(
            board=cast.board,
            text="Review it",
            owner=cast["member"],
            due_on=date(2027, 4, day),
            by=cast["coordinator"],
        )
    message = letters(cast, stopped_clock, monday(4, 12))["Manager"]
    body = " ".join(str(message.body).split())
    assert message.subject == "This week: 2 duties of members late"
    assert "2 are late, the longest by 7 days" in body
    assert "Review it" not in body
    assert "Member," not in body


# --- who reads it -----------------------------------------------------------------------------------------------------


def test_whoever_wrote_none_on_monday_tells_what_is_late_later_in_the_week(
    cast: Cast, april: Meeting, stopped_clock: Settings
) -> None:
    assert "7 days late" in said(cast, stopped_clock, datetime(2027, 4, 22, 11, tzinfo=LONDON))
    assert letters(cast, stopped_clock, datetime(2027, 4, 24, 11, tzinfo=LONDON)) == {}, "and no second one on Saturday"
    assert "11 days late" in said(cast, stopped_clock, monday(4, 26))


def test_on_saturday_nobody_is_told(cast: Cast, april: Meeting, stopped_clock: Settings) -> None:
    assert letters(cast, stopped_clock, datetime(2027, 4, 24, 11, tzinfo=LONDON)) == {}


def test_who_stopped_it_is_left_in_peace_while_another_reads_it(
    cast: Cast, april: Meeting, stopped_clock: Settings
) -> None:
    choose_week_letter(person=cast["manager"], wants=False, by=cast["manager"])
    assert set(letters(cast, stopped_clock, monday(4, 19))) == {"Coordinator"}


def test_where_all_stopped_it_the_manager_is_told_what_is_late_alone(
    cast: Cast, april: Meeting, stopped_clock: Settings
) -> None:
    cast.meeting(on=date(2027, 4, 29))
    for name in ("manager", "coordinator"):
        choose_week_letter(person=cast[name], wants=False, by=cast[name])
    assert letters(cast, stopped_clock, monday(4, 12)) == {}, "nothing is late"
    told = letters(cast, stopped_clock, monday(4, 19))
    assert set(told) == {"Manager"}
    body = " ".join(str(told["Manager"].body).split())
    assert "Nobody else who keeps these boards reads it" in body
    assert "4 days late" in body
    assert "22 April 2027" not in body, "what is due later they did not want"
    assert "List-Unsubscribe" not in told["Manager"].extra_headers


def test_without_a_manager_whoever_keeps_the_board_is_told(cast: Cast, april: Meeting, stopped_clock: Settings) -> None:
    choose_week_letter(person=cast["coordinator"], wants=False, by=cast["coordinator"])
    cast["manager"].standings.update(until=TODAY)
    assert set(letters(cast, stopped_clock, monday(4, 19))) == {"Coordinator"}


def test_more_late_duties_cost_no_more_queries(
    cast: Cast, stopped_clock: Settings, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    numbers = []
    for number, week in ((1, 19), (4, 26)):
        for day in range(number):
            cast.meeting(on=date(2027, 4, 20 + day) if number == 1 else date(2027, 4, 21 + day))
        stopped_clock.CLOCK_STOPPED_AT = monday(4, week)
        with django_assert_max_num_queries(80) as asked:
            tell_the_week(now=monday(4, week), by=cast.author)
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]
