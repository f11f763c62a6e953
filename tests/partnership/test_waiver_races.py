"""A duty waived while it is done: one of the two, never both; with the negative control."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import IntegrityError, connection
from pytest_django import Settings

from partnership import clock
from partnership.models import Obligation
from partnership.obligations.operations import meet_obligation
from partnership.obligations.waivers import CannotBeWaived, waive
from tests.cast import TODAY, Cast, assembled
from tests.terms_with_waiver import let_waive

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def race(stopped_clock: Settings) -> Cast:
    cast = assembled()
    let_waive(cast, "chair")
    for day in (22, 23, 26, 27):
        cast.meeting(on=date(2027, 4, day))
    return cast


def test_waived_while_it_is_done_it_counts_as_done(race: Cast) -> None:
    together = Barrier(2)
    meetings = {meeting.pk: meeting for meeting in race.board.meetings.all()}
    papers = list(Obligation.objects.filter(duty="papers", cause_id__in=meetings))

    def waived() -> list[bool]:
        told = []
        for each in papers:
            together.wait(20)
            try:
                waive(obligation=each, reason="One item, read out.", by=race["chair"])
            except CannotBeWaived:
                told.append(False)
            else:
                told.append(True)
        connection.close()
        return told

    def done() -> None:
        for each in papers:
            together.wait(20)
            meet_obligation(
                duty="papers", cause=meetings[each.cause_id], on=TODAY, evidence="Agenda, version 1", by=race.author
            )
        connection.close()

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.submit(waived), pool.submit(done)
        told = first.result(60)
        second.result(60)
    for each, was_waived in zip(papers, told, strict=True):
        each.refresh_from_db()
        assert (each.met_on, each.waived_at) == (TODAY, None)
        assert list(each.events.values_list("what", flat=True)).count("waived") == was_waived


def test_without_the_lock_both_would_be_written_and_the_database_refuses_it(race: Cast) -> None:
    papers = Obligation.objects.filter(duty="papers").order_by("pk")[0]
    stale = Obligation.objects.get(pk=papers.pk)
    papers.met_on, papers.evidence = TODAY, "Agenda, version 1"
    papers.save(update_fields=["met_on", "evidence"])
    stale.waived_at = clock.now()
    with pytest.raises(IntegrityError):
        stale.save(update_fields=["waived_at"])
