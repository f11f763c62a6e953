"""Reading in the product what the demonstration's mail server received."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

from meetings.models import MeetingKind
from meetings.operations import call_meeting
from partnership.models import Delivery
from partnership.obligations.received import received_by_the_sink
from partnership.obligations.sweeping import sweep
from tests.cast import NOW, TODAY, Cast
from tests.partnership.test_deliveries import Carrier


def test_a_message_opens_with_its_calendar_entry_in_words(cast: Cast, tmp_path: Path) -> None:
    call_meeting(
        board=cast.board,
        kind=MeetingKind.ORDINARY,
        on=date(2027, 4, 22),
        starts_at=time(10),
        ends_at=time(12, 30),
        place="County Hall",
        notice_on=TODAY,
        by=cast["coordinator"],
    )
    carrier = Carrier()
    sweep(now=NOW, by=cast.author, transport=carrier)
    for number, message in enumerate(carrier.taken):
        (tmp_path / f"{number:06}.eml").write_bytes(message.message().as_bytes())
    uuid = str(Delivery.objects.get(recipient=cast["member"], announcement__isnull=False).uuid)
    (found,) = received_by_the_sink(tmp_path, {uuid}).values()
    assert found.subject == "Meeting of main-board, 22 April"
    assert "Dear Member," in found.text
    (entry,) = found.entries
    assert dict(entry) == {
        "What it does": "REQUEST: an entry, or a change of one",
        "What": "Main Board",
        "Begins": "Thursday 22 April 2027, 10am",
        "Ends": "Thursday 22 April 2027, 12:30pm",
        "Where": "County Hall",
        "Change number": "0",
    }
