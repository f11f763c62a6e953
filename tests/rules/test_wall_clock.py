"""Local times through the two nights on which the clocks change, and through ordinary ones."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from partnership.rules.deadlines.deadlines import Unit
from partnership.rules.deadlines.due_dates import due_on
from partnership.rules.deadlines.wall_clock import AmbiguousTime, NoSuchTime, Repeated, instant_of, wall_time_after
from tests.rules.hand_made_calendars import after, before

LONDON = ZoneInfo("Europe/London")
SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)


@pytest.mark.parametrize(
    ("on", "at", "instant"),
    [
        (date(2027, 3, 27), time(9), datetime(2027, 3, 27, 9, tzinfo=UTC)),
        (SPRING, time(0, 59), datetime(2027, 3, 28, 0, 59, tzinfo=UTC)),
        (SPRING, time(2), datetime(2027, 3, 28, 1, tzinfo=UTC)),
        (SPRING, time(9), datetime(2027, 3, 28, 8, tzinfo=UTC)),
        (AUTUMN, time(0, 59), datetime(2027, 10, 30, 23, 59, tzinfo=UTC)),
        (AUTUMN, time(2), datetime(2027, 10, 31, 2, tzinfo=UTC)),
        (AUTUMN, time(9), datetime(2027, 10, 31, 9, tzinfo=UTC)),
    ],
)
def test_instant_of_a_local_time(on: date, at: time, instant: datetime) -> None:
    assert instant_of(on, at, LONDON) == instant


@pytest.mark.parametrize("at", [time(1), time(1, 30), time(1, 59, 59)])
@pytest.mark.parametrize("repeated", Repeated)
def test_skipped_time_is_refused_whatever_the_policy(at: time, repeated: Repeated) -> None:
    with pytest.raises(NoSuchTime):
        instant_of(SPRING, at, LONDON, repeated=repeated)


@pytest.mark.parametrize("at", [time(1), time(1, 30), time(1, 59, 59)])
def test_repeated_time_is_refused_unless_one_is_chosen(at: time) -> None:
    with pytest.raises(AmbiguousTime):
        instant_of(AUTUMN, at, LONDON)
    first = instant_of(AUTUMN, at, LONDON, repeated=Repeated.FIRST)
    assert instant_of(AUTUMN, at, LONDON, repeated=Repeated.SECOND) - first == timedelta(hours=1)


def test_refusals_are_plain_sentences() -> None:
    with pytest.raises(NoSuchTime) as skipped:
        instant_of(SPRING, time(1, 30), LONDON)
    with pytest.raises(AmbiguousTime) as repeated:
        instant_of(AUTUMN, time(1, 30), LONDON)
    assert str(skipped.value) == (
        "There is no 1:30am on Sunday 28 March 2027: the clocks go forward. Choose another time."
    )
    assert str(repeated.value) == (
        "1:30am comes twice on Sunday 31 October 2027: the clocks go back. Choose another time."
    )


def test_fold_carried_by_the_time_itself_decides_nothing() -> None:
    with pytest.raises(AmbiguousTime):
        instant_of(AUTUMN, time(1, 30, fold=1), LONDON)


def test_week_before_a_meeting_after_the_spring_night_keeps_the_hour() -> None:
    due = due_on(before(7, Unit.DAYS, by_time=time(9)), date(2027, 3, 31))
    assert due.at is not None
    assert (due.on, due.at) == (date(2027, 3, 24), time(9))
    assert instant_of(due.on, due.at, LONDON) == datetime(2027, 3, 24, 9, tzinfo=UTC)


@pytest.mark.parametrize("offset", range(-14, 15))
@pytest.mark.parametrize("meeting_on", [date(2027, 3, 31), date(2027, 11, 3)])
def test_send_time_is_nine_in_london_at_every_offset(meeting_on: date, offset: int) -> None:
    rule = before(-offset, Unit.DAYS) if offset <= 0 else after(offset, Unit.DAYS)
    due = due_on(rule, meeting_on)
    instant = instant_of(due.on, time(9), LONDON)
    assert instant.astimezone(LONDON).replace(tzinfo=None) == datetime.combine(due.on, time(9))
    assert due.on == meeting_on + timedelta(days=offset)


def test_hours_are_elapsed_time_through_both_nights() -> None:
    day = timedelta(hours=24)
    assert wall_time_after(SPRING, time(9), -day, LONDON) == datetime(2027, 3, 27, 8)  # noqa: DTZ001
    assert wall_time_after(AUTUMN, time(9), -day, LONDON) == datetime(2027, 10, 30, 10)  # noqa: DTZ001
    assert wall_time_after(date(2027, 3, 27), time(9), day, LONDON) == datetime(2027, 3, 28, 10)  # noqa: DTZ001


def test_repeated_hour_comes_back_without_a_fold_of_its_own() -> None:
    assert wall_time_after(AUTUMN, time(0, 30), timedelta(hours=2), LONDON).fold == 0


def test_twenty_four_hours_notice_across_the_spring_night() -> None:
    due = due_on(before(24, Unit.HOURS), SPRING, anchor_at=time(9), tz=LONDON)
    assert (due.on, due.at) == (date(2027, 3, 27), time(8))


def test_zone_without_daylight_saving_never_refuses() -> None:
    assert instant_of(SPRING, time(1, 30), ZoneInfo("UTC")) == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
