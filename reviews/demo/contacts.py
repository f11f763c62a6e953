"""Contact details of the demonstration: most confirmed in time, some long ago, some never.

Numbers are of Ofcom's range for drama.
"""

from __future__ import annotations

from datetime import timedelta

from membership.models import Appointment
from membership.operations import Entered, change_details
from partnership.clock import as_at
from partnership.models import Partnership, User
from reviews.demo.stage import Stage

# Of every seven people: how many days ago they confirmed, or None for never.
CONFIRMED_DAYS_AGO = (20, 65, 150, 400, 90, None, 35)
CONFIRMED_HOW = 7
TOWNS = {
    "isle-of-wight": "Newport",
    "portsmouth": "Portsmouth",
    "southampton": "Southampton",
    "hampshire": "Winchester",
    "hips": "Winchester",
}
STREETS = ("Civic Offices, Guildhall Walk", "St Cross House, High Street", "Quay House, Quay Street", "Harbour Court")
WAYS = ("", "email", "telephone", "email", "")
NEEDS = ("", "", "", "Step-free access to the room", "", "", "A hearing loop", "")
PAPERS = ("", "", "", "", "Large print, 18 point", "", "", "")
# Two who sit on the boards first seen, each kept as the pages tell of them.
NEVER, LONG_AGO = "Beth Carrow", "Revd Tomas Lindley"


def enter_contact_details(stage: Stage) -> None:
    """For everybody who sits somewhere today, in each of their partnerships."""
    held = Appointment.objects.in_force(stage.today).order_by("seat__board__partnership__slug", "person__name")
    places = held.values_list("seat__board__partnership__slug", "person__name").distinct()
    for number, (slug, name) in enumerate(places):
        ago = CONFIRMED_DAYS_AGO[number % CONFIRMED_HOW]
        if name == LONG_AGO:
            ago = 400
        if ago is not None and name != NEVER:
            _say(stage, stage.partnerships[slug], stage.people[name], number, ago)


def _say(stage: Stage, partnership: Partnership, person: User, number: int, days_ago: int) -> None:
    entered = Entered(
        telephone=_telephone(number),
        work_address=f"{STREETS[number % len(STREETS)]}\n{TOWNS[partnership.slug]}",
        preferred_way=WAYS[number % len(WAYS)],
        access_needs=NEEDS[number % len(NEEDS)],
        paper_needs=PAPERS[number % len(PAPERS)],
    )
    with as_at(stage.now - timedelta(days=days_ago)):
        change_details(partnership=partnership, person=person, entered=entered, seen=0, by=person)


def _telephone(number: int) -> str:
    """One in three a mobile, the others of no area."""
    return f"{'01632 960' if number % 3 else '07700 900'}{number % 1000:03d}"
