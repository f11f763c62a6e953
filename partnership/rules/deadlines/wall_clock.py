"""From a local date and time to the one instant it names, daylight saving included.

A local time in the hour that the clocks skip names no instant, and one in the
hour they repeat names two. Neither is ever guessed silently.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from partnership.rules.plain_dates import long_date, plain_time


class Repeated(StrEnum):
    """What to do with a local time that comes twice."""

    REFUSE = "refuse"
    FIRST = "first"
    SECOND = "second"


class NoSuchTime(ValueError):
    """The clocks skip this local time."""

    def __init__(self, on: date, at: time) -> None:
        self.on, self.at = on, at
        super().__init__(
            f"There is no {plain_time(at)} on {long_date(on)}: the clocks go forward. Choose another time."
        )


class AmbiguousTime(ValueError):
    """The clocks show this local time twice."""

    def __init__(self, on: date, at: time) -> None:
        self.on, self.at = on, at
        super().__init__(f"{plain_time(at)} comes twice on {long_date(on)}: the clocks go back. Choose another time.")


def instant_of(on: date, at: time, tz: tzinfo, *, repeated: Repeated = Repeated.REFUSE) -> datetime:
    """The instant, in UTC, at which clocks in `tz` show `at` on `on`.

    Raises `NoSuchTime` for a time that the clocks skip and, unless `repeated`
    chooses one, `AmbiguousTime` for a time that comes twice.
    """
    local = datetime.combine(on, at.replace(tzinfo=None))
    first, second = (_in_utc(local.replace(fold=fold), tz) for fold in (0, 1))
    if first == second:
        return first
    if first > second:  # a skipped time: PEP 495 maps its two folds the wrong way round
        raise NoSuchTime(on, at)
    match repeated:
        case Repeated.REFUSE:
            raise AmbiguousTime(on, at)
        case Repeated.FIRST:
            return first
        case Repeated.SECOND:
            return second


def wall_time_after(
    on: date, at: time, elapsed: timedelta, tz: tzinfo, *, repeated: Repeated = Repeated.FIRST
) -> datetime:
    """The naive local date and time that clocks in `tz` show once `elapsed` has truly passed."""
    moment = instant_of(on, at, tz, repeated=repeated) + elapsed
    return moment.astimezone(tz).replace(tzinfo=None, fold=0)


def _in_utc(local: datetime, tz: tzinfo) -> datetime:
    return local.replace(tzinfo=tz).astimezone(UTC)
