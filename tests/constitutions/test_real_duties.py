"""The deadlines, waits, frequencies and decisions that the files of the real bodies state."""

from datetime import time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from partnership.rules.clauses import Clause
from partnership.rules.deadlines.deadlines import Deadline
from partnership.rules.deadlines.due_dates import anchor_in, due_on
from partnership.rules.deadlines.frequency import Per
from partnership.rules.decisions.decisions import DecisionRecord, DecisionRule, Finding, Manner, Next, Outcome, judge
from partnership.rules.decisions.voting import Ballot, Choice
from partnership.rules.quorum.terms import Inquorate
from tests.constitutions.bodies import BODIES, DATA, Form, constitution_of, read_yaml
from tests.rules.hand_made_calendars import ENGLAND_AND_WALES

TABLE = read_yaml(DATA / "real_deadlines.yaml")
ROWS = [row for row in TABLE["deadlines"] if row["body"] in BODIES]
WAITS = [row for row in ROWS if row["what"] == "waiting"]
GAPS = {"every two months": Per.TWO_MONTHS, "every three months": Per.QUARTER}
DATED = [row for row in ROWS if row["what"] != "waiting" and row["what"] not in GAPS]
FREQUENCIES = [row for row in TABLE["frequencies"] if row["body"] in BODIES]


def named(row: Form) -> str:
    return f"{row['body']}: {row.get('what', row.get('per'))}"


def test_every_row_of_a_body_with_a_file_is_looked_at() -> None:
    assert (len(DATED), len(WAITS), len(FREQUENCIES)) == (29, 5, 12)
    assert len(ROWS) - len(DATED) - len(WAITS) == len(GAPS)


@pytest.mark.parametrize("row", DATED, ids=named)
def test_the_file_states_the_deadline_that_falls_on_the_day_worked_by_hand(row: Form) -> None:
    rules = [rule for rule in constitution_of(row["body"]).deadlines if is_stated(rule, row)]
    assert rules
    for rule in rules:
        anchor_on = anchor_in(rule, row["year"]) if "year" in row else row["from"]
        at = time.fromisoformat(row["at"]) if "at" in row else None
        due = due_on(rule, anchor_on, ENGLAND_AND_WALES, anchor_at=at, tz=ZoneInfo("Europe/London"))
        assert (due.on, due.opens_on) == (row["due"], row.get("opens"))


def is_stated(rule: Deadline, row: Form) -> bool:
    stated = (rule.amount, rule.at_most, rule.unit, rule.direction, rule.anchor)
    return stated == (row["amount"], row.get("at_most"), row["unit"], row["direction"], row["anchor"])


@pytest.mark.parametrize("row", WAITS, ids=named)
def test_the_file_states_the_wait(row: Form) -> None:
    rules = constitution_of(row["body"]).quorum.inquorate
    assert [rule.wait for rule in rules if rule.kind is Inquorate.WAIT] == [timedelta(minutes=row["amount"])]


@pytest.mark.parametrize("row", FREQUENCIES, ids=named)
def test_the_file_states_the_frequency(row: Form) -> None:
    kind = row.get("kind", "ordinary meeting")
    stated = [(rule.at_least, rule.per, rule.kind) for rule in constitution_of(row["body"]).frequency]
    assert (row["at_least"], row["per"], kind) in stated


@pytest.mark.parametrize("row", [row for row in ROWS if row["what"] in GAPS], ids=named)
def test_a_gap_between_meetings_is_stated_as_a_frequency(row: Form) -> None:
    assert GAPS[row["what"]] in {rule.per for rule in constitution_of(row["body"]).frequency}


# --- decisions ------------------------------------------------------------------------------------


def rule_of(body: str, rule_id: str = "decisions") -> DecisionRule:
    (rule,) = (rule for rule in constitution_of(body).decisions if rule.id == rule_id)
    return rule


def roll(number: int, choice: Choice, category: str = "", organisation: str = "") -> tuple[Ballot, ...]:
    categories = frozenset([category] if category else [])
    return tuple(
        Ballot(
            voter=f"{choice} {category}{organisation} {n}",
            choice=choice,
            organisation=organisation,
            categories=categories,
        )
        for n in range(number)
    )


def voted(number_for: int, against: int, **fields: Any) -> DecisionRecord:
    ballots = roll(number_for, Choice.FOR) + roll(against, Choice.AGAINST)
    return DecisionRecord(manner=Manner.VOTE, ballots=ballots, **fields)


def test_a_bare_quorum_must_be_unanimous() -> None:
    rule = rule_of("scboces")
    assert judge(rule, voted(4, 1, is_bare_quorum=True)).findings == (Finding.NOT_UNANIMOUS,)
    assert judge(rule, voted(5, 0, is_bare_quorum=True)).outcome is Outcome.AGREED_UNANIMOUSLY
    assert judge(rule, voted(4, 2)).outcome is Outcome.AGREED_BY_MAJORITY


def test_hiring_a_relative_takes_two_thirds() -> None:
    rule = rule_of("scboces", "hiring-a-relative")
    assert judge(rule, voted(5, 3)).findings == (Finding.NO_MAJORITY,)
    assert judge(rule, voted(6, 3)).outcome is Outcome.AGREED_BY_MAJORITY


def test_a_tied_election_goes_to_the_lot_and_any_other_tie_to_the_casting_vote() -> None:
    rule = rule_of("scot-school-boards")
    assert judge(rule, voted(3, 3, subject="co-option", casting=Choice.FOR)).next is Next.LOT
    assert judge(rule, voted(3, 3, subject="school trips", casting=Choice.FOR)).findings == (Finding.CASTING_VOTE,)


@pytest.mark.parametrize("body", ["abc", "sbs-board", "uk-board-2008", "wales-federated-gb"])
def test_the_casting_vote_breaks_a_tie(body: str) -> None:
    assert judge(rule_of(body), voted(3, 3)).findings == (Finding.TIE,)
    assert judge(rule_of(body), voted(3, 3, casting=Choice.FOR)).outcome is Outcome.AGREED_BY_MAJORITY


def test_a_combined_authority_needs_two_thirds_of_its_councils_and_most_of_all() -> None:
    rule = rule_of("wmca")
    councils = roll(4, Choice.FOR, "constituent") + roll(2, Choice.AGAINST, "constituent")
    others = roll(4, Choice.AGAINST, "other")
    assert judge(rule, DecisionRecord(manner=Manner.VOTE, ballots=councils)).is_final
    assert not judge(rule, DecisionRecord(manner=Manner.VOTE, ballots=councils + others)).is_final
    assert not judge(rule_of("wmca", "unanimous"), DecisionRecord(manner=Manner.VOTE, ballots=councils)).is_final


def test_a_partner_who_is_against_stops_a_majority() -> None:
    rule = rule_of("portsmouth-scp-board")
    partners = roll(1, Choice.FOR, organisation="council") + roll(1, Choice.FOR, organisation="icb")
    agencies = roll(8, Choice.FOR, organisation="nhs-trust")
    police = roll(1, Choice.AGAINST, organisation="constabulary")
    record = DecisionRecord(
        manner=Manner.VOTE, ballots=partners + agencies + police, dissent="The police would wait.", can_wait=False
    )
    verdict = judge(rule, record)
    assert verdict.findings == (Finding.PARTNER_DISAGREES,)
    assert (verdict.next, verdict.names) == (Next.ESCALATE, ("lead representatives",))


@pytest.mark.parametrize(("body", "rule_id", "enough", "short"), [
    ("ietf-llc", "decisions", (4, 2), (3, 2)),
    ("cohousing-westwood", "by-declaration", (9, 3), (8, 3)),
    ("asf-members", "decisions", (4, 3), (3, 3)),
    ("un-cat", "decisions", (4, 3), (3, 3)),
    ("hawaii-shcc", "decisions", (4, 3), (3, 3)),
    ("mgmt-committee-five", "decisions", (4, 3), (3, 3)),
])  # fmt: skip
def test_a_majority_is_as_large_as_the_words_ask(
    body: str, rule_id: str, enough: tuple[int, int], short: tuple[int, int]
) -> None:
    assert judge(rule_of(body, rule_id), voted(*enough)).is_final
    assert not judge(rule_of(body, rule_id), voted(*short)).is_final


@pytest.mark.parametrize("body", BODIES)
def test_every_rule_has_its_clause_in_our_words(body: str) -> None:
    for entry in constitution_of(body).rules:
        assert isinstance(entry.clause, Clause)
        assert entry.clause.ref
        assert entry.clause.words.endswith(".")
        assert len(entry.clause.words.split()) >= 3, entry.clause.words
