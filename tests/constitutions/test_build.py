from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

from partnership.constitutions.build import load
from partnership.rules.attendance.attendance import AttendancePolicy, LeaveCounts
from partnership.rules.attendance.deputies import Requirement
from partnership.rules.clauses import Clause
from partnership.rules.constitution import Constitution, accountability_cycle
from partnership.rules.deadlines.deadlines import Anchor, Limit, Unit
from partnership.rules.decisions.decisions import DecisionRule
from partnership.rules.decisions.voting import VoteBase
from partnership.rules.quorum.terms import Base, Call, Choice, Conflict, Group, Organisations, Scope, Share

SAMPLE = (Path(__file__).parents[1] / "data" / "sample.yaml").read_text()


def sample(old: str = "", new: str = "") -> Constitution:
    assert old in SAMPLE
    return load(SAMPLE.replace(old, new, 1).encode())


def test_body_and_version() -> None:
    constitution = sample()
    assert (constitution.body.id, constitution.body.partnership) == ("riverside-board", "riverside")
    assert (constitution.version.in_force_from, constitution.version.review_by) == (date(2026, 1, 1), date(2027, 1, 31))
    assert constitution.calendar == "England and Wales"
    assert constitution.accountable_to is not None
    assert constitution.accountable_to.body == "riverside-executive"


def test_a_body_without_a_short_name_goes_by_its_name() -> None:
    assert sample("short_name: Board, ").body.short_name == "Riverside Board"


def test_the_list_of_all_rules_has_each_with_clause_and_reading() -> None:
    constitution = sample()
    by_id = {entry.id: entry for entry in constitution.rules}
    assert len(constitution.rules) == 24
    assert [entry.id for entry in constitution.readings] == ["quorum"]
    assert by_id["papers"].section == "deadlines"
    assert by_id["papers"].clause == Clause("9", "A week before.")
    assert "half" in [entry.id for entry in constitution.entries]
    assert "half" not in by_id


def test_silence_is_kept_apart_from_emptiness() -> None:
    assert {"objectives", "responsibilities", "support"} <= sample().not_stated
    assert "quorum" not in sample().not_stated


def test_a_quorum_that_is_not_stated_has_no_rules() -> None:
    start, end = SAMPLE.index("quorum:\n"), SAMPLE.index("determination:")
    constitution = load((SAMPLE[:start] + "quorum: not stated\n" + SAMPLE[end:]).encode())
    assert constitution.quorum.rules == ()
    assert "quorum" in constitution.not_stated


def test_the_quorum_tree() -> None:
    first, second = sample().quorum.rules
    assert isinstance(first.test, Group)
    assert first.test.id == first.id == "quorum"
    half, _, partners = first.test.of
    assert isinstance(half, Share)
    assert (half.fraction, half.is_strict, half.base) == (Fraction(1, 2), False, Base.SEATS)
    assert isinstance(partners, Organisations)
    assert partners.of == (Choice(any_of=("council",)), Choice(any_of=("police",)), Choice(any_of=("icb",)))
    assert second.applies.calls == {Call.SECOND}


def test_counting_determination_and_consequences() -> None:
    terms = sample().quorum
    assert terms.counting.conflicted is not None
    assert terms.counting.conflicted.effect is Conflict.NOT_COUNTED
    assert terms.counting.remote_counts is not None
    assert terms.counting.remote_counts.value is True
    assert terms.determination is not None
    assert (terms.determination.by, terms.determination.scope) == ("chair", Scope.ITEM)
    assert terms.inquorate[0].reconvene == "held-again"


def test_seats_given_at_the_meeting() -> None:
    start, end = SAMPLE.index("seats:\n"), SAMPLE.index("counting:")
    text = SAMPLE[:start] + "seats: given at the meeting\n" + SAMPLE[end:]
    constitution = load(text.encode())
    assert constitution.are_seats_given_at_meeting
    assert constitution.quorum.seats == ()


def test_a_deadline_before_is_at_least_and_one_after_is_at_most() -> None:
    held_again, papers = sample().deadlines
    assert (held_again.unit, held_again.limit) == (Unit.SAME_WEEKDAY, Limit.WITHIN)
    assert (papers.unit, papers.anchor, papers.limit) == (Unit.WEEKS, Anchor.MEETING, Limit.NOT_LESS_THAN)


def test_attendance_deputies_and_decisions() -> None:
    constitution = sample()
    policy = constitution.attendance
    assert isinstance(policy, AttendancePolicy)
    assert (policy.representative, policy.seat) == (Fraction(3, 4), None)
    assert policy.leave is LeaveCounts.LEFT_OUT, "where nothing is said"
    assert constitution.deputies is not None
    assert constitution.deputies.authority is Requirement.MUST
    (decision,) = constitution.decisions
    assert isinstance(decision, DecisionRule)
    assert decision.thresholds[0].base is VoteBase.VOTING
    assert decision.thresholds[0].more_than


def test_whether_deputies_count_is_said_by_their_capacity() -> None:
    counted, not_counted = sample().deputies, sample("counts: yes", "counts: no").deputies
    assert counted is not None
    assert not_counted is not None
    assert (counted.counts_for_quorum, not_counted.counts_for_quorum) == (True, False)


def test_whether_improper_deputies_count_is_said_by_counting() -> None:
    rule = sample("remote_counts: yes", "improper_deputy_counts: yes").deputies
    assert rule is not None
    assert rule.improper_counts


def test_a_written_notice_is_the_deadline_it_names() -> None:
    rule = sample("authority: must,", "authority: must, written_notice: papers,").deputies
    assert rule is not None
    assert rule.written_notice is not None
    assert rule.written_notice.duty == "Agenda and papers"


def test_yes_and_true_say_the_same() -> None:
    assert sample("counts: yes", "counts: true") == sample("counts: yes", "counts: Yes") == sample()


def test_percent_and_fraction_say_the_same() -> None:
    assert sample("at_least: 1/2, base", "at_least: 50%, base") == sample()


def test_a_circle_of_accountability_is_found_wherever_it_is_entered() -> None:
    assert accountability_cycle({"board": "executive", "group": "board"}) == ()
    circle = {"group": "board", "board": "executive", "executive": "board"}
    assert set(accountability_cycle(circle)) == {"board", "executive"}
