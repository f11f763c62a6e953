"""J8: the case tier is walled off. Whoever is not named on a case finds no page, count, word or trail of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from meetings.models import Meeting
from partnership import access
from partnership.access import Action
from partnership.authorship import saved
from partnership.models import AuditEvent, Reader
from reviews.models import CaseFile
from reviews.operations.cases import (
    CaseClosed,
    NotAReference,
    NotOfTheCaseTier,
    NotTheirsToClose,
    close_case,
    name_on_case,
    open_case,
)
from tests.agendas import refused
from tests.cases import case_with_paper, of_the_case_tier
from tests.cast import TODAY, Cast

WALLED_OFF = ("chair", "scrutineer", "manager", "coordinator", "member", "deputy", "observer", "outsider", "nobody")


def test_no_office_and_no_team_reads_a_case(cast: Cast) -> None:
    case, paper = case_with_paper(cast)
    other = of_the_case_tier(cast, "other of the tier")
    for person in (*(cast[name] for name in WALLED_OFF), other):
        assert not access.may(person, Action.READ, case), person
        assert not access.may(person, Action.READ, paper), person
    assert access.may(cast["case tier"], Action.READ, case)
    name_on_case(case=case, person=other, reason="Writes the chronology", by=cast["case tier"])
    assert access.may(other, Action.READ, paper)


def test_a_superuser_reads_none(cast: Cast) -> None:
    case, _ = case_with_paper(cast)
    cast["nobody"].is_superuser = True
    saved(cast["nobody"], by=cast.author, reason="Looks after the machine")
    assert not access.may(cast["nobody"], Action.READ, case)


@pytest.mark.parametrize("name", ["chair", "manager", "nobody"])
def test_only_the_case_tier_is_named(cast: Cast, name: str) -> None:
    case, _ = case_with_paper(cast)
    with pytest.raises(NotOfTheCaseTier):
        name_on_case(case=case, person=cast[name], reason="Asked", by=cast["case tier"])


def test_a_naming_without_a_standing_opens_nothing(cast: Cast) -> None:
    case, _ = case_with_paper(cast)
    standing = cast["case tier"].standings.get()
    standing.until = TODAY
    saved(standing, by=cast.author, reason="Left the tier")
    assert not access.may(cast["case tier"], Action.READ, case)


@pytest.mark.parametrize("reference", ["Jo Bloggs", "cspr-2027-1", "CSPR-2027-1-Smith", "SMITHSON-2027-1", ""])
def test_a_reference_is_no_name(cast: Cast, reference: str) -> None:
    steward = of_the_case_tier(cast, "case tier")
    with pytest.raises(NotAReference):
        open_case(partnership=cast.partnership, reference=reference, steward=steward, panel_chair=steward, by=steward)


def test_closed_it_is_read_for_28_days(cast: Cast) -> None:
    case, _ = case_with_paper(cast)
    with refused(NotTheirsToClose, "The panel's chair closes the case."):
        close_case(case=case, by=of_the_case_tier(cast, "other of the tier"), reason="Done")
    close_case(case=case, by=cast["case tier"], reason="The learning is published")
    assert access.may(cast["case tier"], Action.READ, case, on=TODAY + timedelta(days=28))
    assert not access.may(cast["case tier"], Action.READ, case, on=TODAY + timedelta(days=29))
    with pytest.raises(CaseClosed):
        name_on_case(case=CaseFile.objects.get(), person=cast["case tier"], reason="Again", by=cast["case tier"])


def test_no_trail_of_the_partnership_tells_of_it(cast: Cast) -> None:
    meeting: Meeting = cast.meeting()
    case_with_paper(cast)
    assert Reader.objects.filter(protection__board=None).exists()
    of_case = AuditEvent.objects.filter(kind__in=("reader", "casefile", "casepaper", "protection"))
    assert not of_case.filter(partnership=cast.partnership).exists()
    assert not of_case.filter(board=meeting.board).exists()
