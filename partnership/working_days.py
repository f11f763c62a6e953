"""The bank holidays that are known, as values for the rule core.

The table is GOV.UK's, as shipped with the govuk-bank-holidays package, read
without the network, with what was proclaimed or taken back since
(`partnership.proclaimed_days`). It reaches to the end of its last whole year;
beyond that the core refuses to count (`partnership.rules.deadlines.calendars.BeyondHorizon`).
"""

from datetime import date
from functools import cache, lru_cache

from govuk_bank_holidays.bank_holidays import BankHolidays

from partnership.proclaimed_days import changed_by_proclamation
from partnership.rules.deadlines.calendars import Division, WorkingDays

KEYS = {
    Division.ENGLAND_AND_WALES: BankHolidays.ENGLAND_AND_WALES,
    Division.SCOTLAND: BankHolidays.SCOTLAND,
    Division.NORTHERN_IRELAND: BankHolidays.NORTHERN_IRELAND,
}
CHRISTMAS = 12

# Proclaimed after the installed table was made; each goes when the table holds it.
PROCLAIMED_SINCE: dict[Division, frozenset[date]] = {
    Division.SCOTLAND: frozenset({date(2026, 6, 15)}),  # proclaimed in February 2026 for the World Cup
}


class HolidaysMissing(Exception):
    """The installed table holds no whole year for a division."""


def working_days(division: Division) -> WorkingDays:
    """The working days of one division, as of now. Raises `HolidaysMissing`, `UnreadableDays`."""
    return _counted(division, changed_by_proclamation(division, _installed(division)))


@cache
def _installed(division: Division) -> frozenset[date]:
    table = BankHolidays(use_cached_holidays=True)
    holidays = frozenset(event["date"] for event in table.get_holidays(division=KEYS[division]))
    return holidays | PROCLAIMED_SINCE.get(division, frozenset())


@lru_cache(maxsize=16)
def _counted(division: Division, holidays: frozenset[date]) -> WorkingDays:
    known_until = _last_whole_year(division, _installed(division))
    return WorkingDays(
        division=division,
        holidays=holidays,
        known_from=date(min(_installed(division)).year, 1, 1),
        known_until=date(known_until, 12, 31),
    )


def _last_whole_year(division: Division, holidays: frozenset[date]) -> int:
    """The last year whose Christmas is in the table: a table that stops in spring ends a year early."""
    christmases = [day.year for day in holidays if day.month == CHRISTMAS]
    if not christmases:
        raise HolidaysMissing(
            f"No whole year of bank holidays for {division} is installed. "
            "Install the govuk-bank-holidays package again."
        )
    return max(christmases)
