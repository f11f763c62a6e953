"""The rules of London's time as calendar objects carry them.

By two yearly rules, as Outlook writes and reads them; a list of the changes of seventy years would be five times the
object that it comes with, and ends in 2037.
"""

from __future__ import annotations

from icalendar import Timezone

LONDON_ZONE = """BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
DTSTART:19960331T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:BST
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:GMT
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE
"""


def london_zone() -> Timezone:
    """A component of its own each time, for an object keeps what is put into it."""
    zone = Timezone.from_ical(LONDON_ZONE.replace("\n", "\r\n"))
    if not isinstance(zone, Timezone):
        raise TypeError("The rules of London's time are one zone.")
    return zone
