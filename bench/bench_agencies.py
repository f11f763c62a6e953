"""A register of 5,000 agencies beside a bare view asked through the same middleware by the same reader, in one run.

The list as it opens, narrowed and searched, at its first page and its last; processor time, and how often each asks the
database. The floor is a view of one query.
"""

from __future__ import annotations

import sys

from bench.bench_pages import BARE, fetching, queries_of, quickest, signed_in
from bench.demonstration import demonstration

SIZE, MANY_NAMES = 5_000, 7
RATIO_PROMISED, QUERIES_PROMISED = 12, 12
REGISTER = "/p/portsmouth/agencies/"
PAGES = {
    "as it opens": REGISTER,
    "the last page": REGISTER + "?page=200",
    "one kind, listed": REGISTER + "?kind=education&listed=yes",
    "without a seat, one heading": REGISTER + "?seat=no&category=education",
    "looked for by a past name": REGISTER + "?q=college+12",
    "sorted by kind": REGISTER + "?sort=kind",
}


def enlarge() -> None:
    """Bring the city's register to its size: agencies with past names and aliases, most of them listed."""
    from membership.models import Agency, AgencyName, RegisteredAgency, RelevantAgency  # noqa: PLC0415
    from partnership.models import Partnership  # noqa: PLC0415 - needs the applications

    city = Partnership.objects.get(slug="portsmouth")
    further = range(SIZE - Agency.objects.used_by([city]).count())
    agencies = Agency.objects.bulk_create(
        Agency(
            slug=f"school-{number}",
            kind="education" if number % 3 else "NHS provider",
            statutory_role="relevant agency",
            section_11="nhs" if number % 5 == 0 else "",
        )
        for number in further
    )
    names = []
    for number, agency in enumerate(agencies):
        # In another order than they were entered in.
        names.append(AgencyName(agency=agency, name=f"School {number * 7919 % SIZE:04}", starts_on="2020-09-01"))
        names.append(AgencyName(agency=agency, name=f"College {number}", until="2020-09-01"))
        if number % MANY_NAMES == 0:
            names.append(AgencyName(agency=agency, name=f"S{number}", is_alias=True))
    AgencyName.objects.bulk_create(names)
    RegisteredAgency.objects.bulk_create(RegisteredAgency(partnership=city, agency=agency) for agency in agencies)
    RelevantAgency.objects.bulk_create(
        RelevantAgency(partnership=city, agency=agency, category="education", listed_as=agency.slug, source="A list")
        for number, agency in enumerate(agencies)
        if number % 4
    )


def measured() -> bool:
    from django.db import connection  # noqa: PLC0415 - needs the settings

    enlarge()
    reader = signed_in()
    pages = {name: fetching(reader, address) for name, address in PAGES.items()}
    floor, *took = quickest([fetching(reader, BARE), *pages.values()])
    print(f"A register of {SIZE:,} agencies, on {connection.vendor}, processor time; beside a bare view of one query")
    print(f"  asked for as the pages are  {floor * 1000:5.2f} ms: the floor")
    is_met = True
    for (name, fetch), seconds in zip(pages.items(), took, strict=True):
        ratio, queries = seconds / floor, queries_of(fetch)
        is_kept = ratio <= RATIO_PROMISED and queries <= QUERIES_PROMISED
        print(
            f"  {name:<28} {ratio:5.1f} times the floor ({seconds * 1000:4.1f} ms), {queries} queries;"
            f" promised {RATIO_PROMISED} and {QUERIES_PROMISED}: {'kept' if is_kept else 'NOT KEPT'}"
        )
        is_met = is_met and is_kept
    return is_met


if __name__ == "__main__":
    with demonstration(addresses="bench.bare_view"):
        sys.exit(0 if measured() else 1)
