"""The rule about the second step is seen by everybody of the partnership and changed by few, with reason and proof."""

from __future__ import annotations

import pytest

from partnership.models import Partnership
from tests.cast import Cast
from tests.pages.conftest import SignedIn
from tests.signing_in.conftest import MachineClock

RULE = "/p/isle-of-wight/second-step/"
LEFT = {"who": "restricted", "reason": "Agreed by the Board in March"}


def test_the_manager_leaves_it_to_the_members(cast: Cast, signed_in: SignedIn, machine: MachineClock) -> None:
    manager = signed_in("manager")
    assert manager.post(RULE, LEFT)["Location"] == RULE
    for who in ("manager", "observer"):
        assert "Members, deputies and observers may sign in with a code" in signed_in(who).get(RULE).content.decode()
    assert "Members may go without a second step" in signed_in("member").get("/p/isle-of-wight/").content.decode()
    newest = Partnership.history.first()
    assert newest.history_change_reason == LEFT["reason"]


def test_an_old_proof_is_not_enough(cast: Cast, signed_in: SignedIn, machine: MachineClock) -> None:
    manager = signed_in("manager")
    machine.on(minutes=6)
    assert manager.post(RULE, LEFT)["Location"].startswith("/sign-in/")
    assert Partnership.objects.get(pk=cast.partnership.pk).members_take_second_step


@pytest.mark.parametrize(
    "said", [{}, {"who": "nobody", "reason": "x"}, LEFT | {"reason": "x" * 301}, LEFT | {"reason": "\x00"}]
)
def test_what_is_no_rule_changes_nothing(
    cast: Cast, signed_in: SignedIn, machine: MachineClock, said: dict[str, str]
) -> None:
    assert signed_in("manager").post(RULE, said).status_code == 400
    assert Partnership.objects.get(pk=cast.partnership.pk).members_take_second_step
