"""The minutes of a board of 24 as PDF: our way, from values to a checked and tagged file, beside a bare WeasyPrint.

The floor lays out the same HTML with the same style sheets and fonts and writes it without tags, and checks nothing.
Both are measured in turn in processor seconds of one core; of each the quickest round counts.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from tempfile import TemporaryDirectory

ROUNDS = 9
MOST = 1.25  # times the floor
SEATS, ITEMS, ACTIONS = 24, 12, 10
SAID = (
    "The board asked what would be different for a two-year-old by the autumn, and heard from health visitors and "
    "nurseries. Two agencies offered figures for the next meeting, and the chair thanked the authors of the audit."
)


def minutes() -> dict[str, object]:
    """What a full meeting's minutes say; fictional."""
    from meetings.minutes import content as said  # noqa: PLC0415 - needs the settings

    heading = said.MinutesHeading(
        partnership="Anyshire Safeguarding Children Partnership",
        board="Anyshire Main Board",
        short_name="Main Board",
        kind="",
        day="Thursday 22 April 2027",
        date="22 April 2027",
        times="10am to 12:24pm",
        place="County Hall",
        chair="Ann Lee",
    )
    rows = [
        said.AttendanceRow(f"Agency {number} of the county", f"Representative {number}", ("Y", "D"))
        for number in range(SEATS)
    ]
    decision = said.MinutedDecision("Decision", "The report is accepted.", "Agreed by consent at 10:21am.", "")
    items = [
        said.MinutedItem(number, f"Matter {number}", "10am", "", (SAID, SAID), (decision,))
        for number in range(1, ITEMS + 1)
    ]
    actions = [
        said.MinutedAction(f"ANY-{number}", "Bring the figures", "Agency, Owner", "30 June 2027", "New", "")
        for number in range(ACTIONS)
    ]
    return said.MinutesContent(
        heading=heading,
        quorum=said.QuorumRecord("Quorate throughout: 14 of 24 members present (12 needed).", True, "", "Clause 4."),
        attendance=said.AttendanceTable(("21 Jan", "22 Apr"), tuple(rows), "14 of 24 seats were represented.", ""),
        others=(said.Others("Partnership team, not members", "Sam Poe, coordinator"),),
        summary=f"Decisions: {ITEMS}. Actions: {ACTIONS} new, 0 held over.",
        items=tuple(items),
        actions=tuple(actions),
        dispute=None,
        next_meeting=None,
        edition=said.Edition(1, "4 May 2027"),
    ).to_json()


def seconds_of(act: Callable[[], object]) -> float:
    started = time.process_time()
    act()
    return time.process_time() - started


def measured() -> bool:
    from weasyprint import HTML  # noqa: PLC0415 - as in the worker

    from meetings.models import DocumentKind  # noqa: PLC0415 - needs the settings
    from meetings.pdf import checked, drawn, page_of  # noqa: PLC0415 - needs the settings
    from meetings.pdf.own_files import BASE, own_file  # noqa: PLC0415 - needs the settings

    values = minutes()
    html = page_of(DocumentKind.MINUTES, values)

    def ours() -> int:
        return checked(drawn(page_of(DocumentKind.MINUTES, values))).pages

    def bare() -> None:
        HTML(string=html, base_url=BASE, url_fetcher=own_file()).write_pdf()

    pages = ours()
    bare()
    pairs = [(seconds_of(bare), seconds_of(ours)) for _ in range(ROUNDS)]
    floor, own = min(floor for floor, _ in pairs), min(own for _, own in pairs)
    ratio = own / floor
    print(f"Minutes of a board of {SEATS}, {ITEMS} items, {ACTIONS} actions: {pages} pages")
    print(f"  floor, bare WeasyPrint, no tags  {floor * 1000:>7,.0f} ms")
    print(f"  ours, tagged and read back       {own * 1000:>7,.0f} ms   ({ratio:.2f} times the floor)")
    print(f"  wanted                           {MOST:>7} times at most   {'met' if ratio <= MOST else 'NOT MET'}")
    return ratio <= MOST


def main() -> int:
    with TemporaryDirectory(prefix="quorate-bench-") as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "partnership.settings",
            "DATA_DIR": folder,
            "DEMO": "1",
            "LOG_LEVEL": "ERROR",
        }
        import django  # noqa: PLC0415 - settings are read from the environment that was set above

        django.setup()
        return 0 if measured() else 1


if __name__ == "__main__":
    sys.exit(main())
