"""What a mail server says of one recipient concerns that one: forty reminders on a real connection."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from pytest_django import Settings

from partnership import clock
from partnership.access import Role
from partnership.clock import LONDON
from partnership.models import Delivery, User
from partnership.obligations.planning import plan
from partnership.obligations.sweeping import sweep
from partnership.operations import admit_to_team
from tests.cast import LONG_AGO, Cast, assembled
from tests.partnership.scripted_server import Serving

HOUR = datetime(2027, 4, 1, 8, 31, tzinfo=LONDON)
PEOPLE = 40
# What the server says of the recipients, one after another.
RCPT = ("250 OK",) * 6 + ("450 Busy",) + ("250 OK",) * 6 + ("550 No such mailbox",)
DATA = ("250 Kept",) * 20 + ("432 Too many",)


@pytest.fixture
def cast(db: None, stopped_clock: Settings) -> Cast:
    cast = assembled()
    for number in range(PEOPLE - 2):
        person = cast.person(f"coordinator {number}")
        admit_to_team(person=person, role=Role.COORDINATOR, board=cast.board, starts_on=LONG_AGO, by=cast.author)
    cast.meeting(on=date(2027, 4, 22))
    return cast


def test_only_the_recipient_who_was_not_served_is_tried_again(
    cast: Cast, serving: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(rcpt=RCPT, data=DATA) as server:
        plan(now=HOUR)
        sweep(now=HOUR, by=cast.author)
        first = [kept.rcpt_tos[0] for kept in server.kept]
        assert Counter(Delivery.objects.filter(send_at__lte=HOUR).values_list("state", flat=True)) == Counter(
            sent=PEOPLE - 3, retry=2, failed=1
        )
        [gone] = User.objects.exclude(refused_address="")
        [failed] = Delivery.objects.filter(state="failed")
        assert (failed.recipient, failed.answer) == (gone, "550 No such mailbox")

        later = clock.machine_now() + timedelta(hours=1)
        monkeypatch.setattr(clock, "machine_now", lambda: later)
        sweep(now=HOUR, by=cast.author)
        again = [kept.rcpt_tos[0] for kept in server.kept][len(first) :]
    # Kept by the server also when it said 432: it counts what it heard, not what it answered.
    assert Counter(len(kept.rcpt_tos) for kept in server.kept) == Counter({1: PEOPLE})
    assert len(set(first + again)) == PEOPLE - 1
    assert len(again) == 2
    assert gone.email not in first + again
    assert Counter(Delivery.objects.filter(send_at__lte=HOUR).values_list("state", flat=True)) == Counter(
        sent=PEOPLE - 1, failed=1
    )
