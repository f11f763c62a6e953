"""How far inductions are, in a column of the members' page, for the team that runs them."""

from __future__ import annotations

from membership.models import InductionStep, MarkedBy
from membership.operations import begin_induction, mark_step, take_shipped_sets
from tests.cast import Cast
from tests.pages.conftest import SignedIn
from tests.pages.test_constitution_pages import main_of

MEMBERS = "/p/isle-of-wight/main-board/members/"


def test_the_team_sees_how_far_an_induction_is(cast: Cast, signed_in: SignedIn) -> None:
    assert "Induction" not in main_of(signed_in("coordinator").get(MEMBERS))
    take_shipped_sets(partnership=cast.partnership, by=cast.author)
    induction = begin_induction(appointment=cast.appointments["member"], by=cast.author)
    step = InductionStep.objects.filter(induction=induction, marked_by=MarkedBy.TEAM)[0]
    mark_step(step=step, is_done=True, as_team=True, by=cast["coordinator"])
    lines = InductionStep.objects.filter(induction=induction).count() + 1
    page = signed_in("coordinator").get(MEMBERS)
    assert f"1 of {lines} lines done" in main_of(page)
    assert str(induction.uuid) in page.content.decode()
    for name in ("member", "chair", "neighbour"):
        assert "lines done" not in main_of(signed_in(name).get(MEMBERS))
