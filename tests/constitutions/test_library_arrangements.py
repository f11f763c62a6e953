"""What the shipped boards state on urgent decisions, agendas, documents, signatures and delegation."""

from __future__ import annotations

import pytest

from partnership.constitutions.build import load
from partnership.rules.book.rule_book import rule_book
from partnership.rules.decisions.urgent_decisions import Ground
from partnership.rules.decisions.written_resolutions import WrittenRule
from tests.constitutions.bodies import DATA
from tests.constitutions.shipped import shipped

ISLAND, PORTSMOUTH, REGION = "isle-of-wight/main-board", "portsmouth/board", "hips/executive-group"


def sentences(place: str, chapter: str) -> dict[str, str]:
    found = next(each for each in rule_book(shipped(place)) if each.id == chapter)
    return {rule.id: rule.sentence for rule in found.rules}


def test_portsmouth_clause_c() -> None:
    (rule,) = shipped(PORTSMOUTH).urgent_decisions
    assert (rule.decided_by, rule.stand_in) == ("chair", "vice-chair")
    assert rule.grounds == (Ground.UNAVAILABLE, Ground.DELEGATED)
    assert rule.consult == ("the manager", "council", "constabulary", "icb")
    assert rule.as_many_as_practicable
    assert rule.when is not None
    assert rule.when.id == "urgent"
    assert sentences(PORTSMOUTH, "urgent_decisions") == {
        "urgent-decisions": (
            "The independent chair decides what cannot wait for a meeting. The vice-chair decides when the independent "
            "chair is unavailable or has delegated the decision. Consulted first: the manager, Portsmouth City "
            "Council, Hampshire Constabulary, Hampshire and Isle of Wight Integrated Care Board and as many other "
            "members as practicable. A decision is urgent when it is needed less than 10 days after the request."
        )
    }


def test_three_lead_representatives_sign_portsmouths_arrangements() -> None:
    assert sentences(PORTSMOUTH, "signatories") == {
        "signed-by": (
            "A version is signed by the lead representatives of Portsmouth City Council, Hampshire Constabulary and "
            "Hampshire and Isle of Wight Integrated Care Board."
        )
    }


def test_portsmouths_committees_need_the_executive() -> None:
    by_id = {rule.id: rule for rule in shipped(PORTSMOUTH).delegations}
    asked = {"portsmouth-lcpc", "portsmouth-mesc", "portsmouth-child-exploitation", "portsmouth-mash"}
    assert set(by_id["delegation-to-committees"].to) == asked
    # Each of them has the duty to ask in its own terms.
    for file in ("learning-committee", "scrutiny-committee", "child-exploitation-group", "mash-steering-group"):
        terms = shipped(f"portsmouth/{file}")
        assert terms.body.id in asked
        assert "practice-decision-agreed" in {rule.id for rule in terms.deadlines}
    assert by_id["delegation-to-committees"].needs_agreement_of == "portsmouth-executive"
    assert by_id["delegation"].functions == ()


def test_portsmouths_observer_receives_every_written_report() -> None:
    words = sentences(PORTSMOUTH, "documents")
    assert words["written-reports-to"] == "Written reports go to every participating observer."


def test_the_standing_items_that_the_sources_state_and_no_other() -> None:
    assert sentences(ISLAND, "standing_items") == {
        "group-reports-item": (
            "On the agenda of every ordinary meeting: Quality assurance and learning reports, for assurance."
        ),
        "team-update-item": "On the agenda of every ordinary meeting: Partnership Team update, for information.",
    }
    assert sentences(REGION, "standing_items") == {
        "reviews-item": "On the agenda of every meeting: Learning from reviews."
    }
    assert shipped(PORTSMOUTH).standing_items == ()


def written(body: str) -> WrittenRule:
    (rule,) = load((DATA / "bodies" / f"{body}.yaml").read_bytes()).written_resolutions
    return rule


@pytest.mark.parametrize("body", ["abc", "mgmt-committee-five"])
def test_everybody_signs(body: str) -> None:
    rule = written(body)
    assert rule.share == 1
    assert not rule.more_than
    assert rule.within is None


def test_written_consents_come_within_sixty_days_of_the_first() -> None:
    rule = written("asf-members")
    assert rule.more_than
    assert rule.within is not None
    assert (rule.within.amount, rule.within.unit) == (60, "days")
