"""What is not for everybody: an item limited to two members with its paper, an interest, and marks in use."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

from meetings.models import AgendaItem, Meeting
from meetings.operations import limit_to_readers, mark_matter, record_interest
from membership.queries import HeldSeat, seats_on
from partnership.models import HandlingMark
from partnership.operations import register_person
from reviews.demo.paper import demonstration_paper
from reviews.demo.stage import Stage
from reviews.demo.stories import ISLAND
from reviews.operations.cases import add_case_paper, admit_to_case_tier, open_case

NAMED = 2
CASE_TIER = ("Ottilie Farrant", "Gwen Haldane")
WHY = "It tells of one family. The chair has named who works with them."
INTEREST = "My service is the one that the item is about."


def limit_an_item(stage: Stage) -> None:
    """At the latest meeting of the Isle of Wight's board whose agenda was sent, today's or one before it."""
    meetings = Meeting.objects.filter(board=stage.boards[ISLAND], on__lte=stage.today, publications__isnull=False)
    meeting = meetings.select_related("board__partnership").order_by("-on").distinct().first()
    if meeting is None:
        return
    by = stage.coordinator_of(ISLAND)
    marks = list(HandlingMark.objects.filter(partnership=meeting.board.partnership_id).order_by("severity"))
    items = list(AgendaItem.objects.in_order().filter(meeting=meeting, published_in__isnull=False))
    for item in items:
        for paper in item.papers.all():
            mark_matter(matter=paper, mark=marks[0], by=by)
    # Whoever has an action from it must be able to read it: the item taken has none.
    free = [item for item in items if item.papers.exists() and not item.actions.exists()]
    people = [held for held in seats_on(board=meeting.board, on=meeting.on) if _sits_for_an_agency(held)]
    if not free or len(people) <= NAMED:
        return
    limited = free[-1]
    mark_matter(matter=limited, mark=marks[-1], by=by)
    readers = [held.representative.person for held in people[:NAMED] if held.representative]
    limit_to_readers(matter=limited, reason=WHY, readers=readers, ends_on=stage.today + timedelta(days=60), by=by)
    conflicted = people[-1].representative
    other = next((item for item in items if item.papers.exists() and item.pk != limited.pk), None)
    if conflicted is not None and other is not None:
        record_interest(item=other, person=conflicted.person, reason=INTEREST, by=conflicted.person)


def open_a_case(stage: Stage) -> None:
    """One case of the Isle of Wight, kept by two of its case tier, with a paper."""
    by = stage.author
    partnership = stage.boards[ISLAND].partnership
    keepers = [
        register_person(email=f"{name.lower().replace(' ', '.')}@example.org", name=name, by=by, is_demo=True)
        for name in CASE_TIER
    ]
    for person in keepers:
        admit_to_case_tier(person=person, partnership=partnership, starts_on=stage.days_ago(90), by=by)
    case = open_case(
        partnership=partnership,
        reference=f"CSPR-{stage.today.year}-1",
        steward=keepers[0],
        panel_chair=keepers[1],
        by=keepers[0],
    )
    written = BytesIO(demonstration_paper("Terms of reference of the review", case.reference))
    add_case_paper(
        case=case,
        title="Terms of reference of the review",
        file=written,
        original_name="terms-of-reference.pdf",
        by=keepers[0],
    )


def _sits_for_an_agency(held: HeldSeat) -> bool:
    return held.seat.agency_id is not None and held.representative is not None
