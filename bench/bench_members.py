"""The membership of a board of 25 seats, and the policy asked of 1,000 objects, beside a bare view, in one run.

The list as its coordinator opens it, each seat with its holder and a deputy; and how long, and with how many queries,
the policy takes to say which of 1,000 meetings a reader may read. Processor time; the floor is a view of one query,
asked for through the same middleware by the same reader.
"""

from __future__ import annotations

import sys
from datetime import date

from bench.bench_pages import BARE, COORDINATOR, fetching, queries_of, quickest, signed_in
from bench.demonstration import demonstration

SEATS, OBJECTS = 25, 1_000
RATIO_PROMISED, QUERIES_PROMISED = 12, 12
MEMBERS = "/p/isle-of-wight/main-board/members/"
TODAY = date(2026, 12, 16)


def enlarge() -> None:
    """Bring the island's board to its seats, each held and with a deputy, and the meetings to their number."""
    from meetings.models import Meeting, MeetingKind  # noqa: PLC0415 - needs the applications
    from membership.models import Appointment, AppointmentKind, Seat  # noqa: PLC0415 - as above
    from partnership import clock  # noqa: PLC0415 - as above
    from partnership.models import Board, User  # noqa: PLC0415 - as above

    board = Board.objects.get(partnership__slug="isle-of-wight", slug="main-board")
    there = Seat.objects.on_board(TODAY).filter(board=board).count()
    further = [Seat(board=board, key=f"more-{number}", name=f"Seat {number}", position=90 + number, starts_on=TODAY)
               for number in range(SEATS - there)]  # fmt: skip
    Seat.objects.bulk_create(further)
    for kind in (AppointmentKind.REPRESENTATIVE, AppointmentKind.DEPUTY):
        held = Appointment.objects.in_force(TODAY).filter(seat__board=board, kind=kind).values("seat")
        lacking = list(Seat.objects.on_board(TODAY).filter(board=board).exclude(pk__in=held))
        people = User.objects.bulk_create(
            User(email=f"{kind}-{seat.pk}@example.org", name=f"Holder {seat.pk}", joined_at=clock.now())
            for seat in lacking
        )
        Appointment.objects.bulk_create(
            Appointment(seat=seat, person=person, kind=kind, order=int(kind == AppointmentKind.DEPUTY), starts_on=TODAY)
            for seat, person in zip(lacking, people, strict=True)
        )
    Meeting.objects.bulk_create(
        Meeting(
            board=board,
            kind=MeetingKind.ORDINARY,
            on=date(2030 + number // 300, 1 + number % 12, 1 + number % 300 // 12),
            starts_at="10:00",
        )
        for number in range(OBJECTS)
    )


def measured() -> bool:
    from django.db import connection  # noqa: PLC0415 - needs the settings

    from meetings.models import Meeting  # noqa: PLC0415 - needs the applications
    from partnership.models import User  # noqa: PLC0415 - as above

    enlarge()
    asker = User.objects.get(email=COORDINATOR)
    far = Meeting.objects.filter(on__year__gte=2030)

    def checked() -> None:
        # A new asker each time: nothing that was found of the last one is known of this one.
        readable = list(far.visible_to(User.objects.get(pk=asker.pk), TODAY).values_list("pk", flat=True))
        if len(readable) != OBJECTS:
            raise ValueError(f"{len(readable)} of {OBJECTS} meetings are readable.")

    reader = signed_in()
    page = fetching(reader, MEMBERS)
    floor, took, check = quickest([fetching(reader, BARE), page, checked])
    ratio, queries = took / floor, queries_of(page)
    # Two more: the asker, and what is held by the asker, which a request finds once for all its lists.
    of_policy = queries_of(checked) - 2
    is_kept = ratio <= RATIO_PROMISED and queries <= QUERIES_PROMISED
    print(f"Membership as the coordinator, on {connection.vendor}, processor time; beside a bare view of one query")
    print(f"  asked for as the pages are   {floor * 1000:5.2f} ms: the floor")
    print(
        f"  list of {SEATS} seats             {ratio:5.1f} times the floor ({took * 1000:4.1f} ms), {queries} queries;"
        f" promised {RATIO_PROMISED} and {QUERIES_PROMISED}: {'kept' if is_kept else 'NOT KEPT'}"
    )
    print(
        f"  {OBJECTS:,} objects by the policy {check / floor:5.1f} times the floor ({check * 1000:4.1f} ms),"
        f" {of_policy} query; promised 1: {'kept' if of_policy == 1 else 'NOT KEPT'}"
    )
    return is_kept and of_policy == 1


if __name__ == "__main__":
    with demonstration(addresses="bench.bare_view"):
        sys.exit(0 if measured() else 1)
