"""The delegations of a board: what the rules provide for, what it gave and holds, which decisions wait for whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from meetings.delegation_worth import answer_to, remarks_on
from meetings.models import Decision, Delegation
from meetings.queries.delegations import Delegations, RuleOnBoards
from partnership.models import Board
from partnership.navigation import address_of
from partnership.rules.book.arrangement_sentences import delegation_sentence
from partnership.rules.plain_dates import plain_date

AWAITED = "Provisional"


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule on delegation, in a sentence and with its clause."""

    whose: str
    sentence: str
    source: str
    words: str


@dataclass(frozen=True, slots=True)
class DelegationLine:
    """One delegation; `with_whom` is the other board, `href` leads to where it is ended, empty for who may not."""

    functions: str
    with_whom: str
    decided: str
    when: str
    state: str
    is_in_force: bool
    source: str
    href: str


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision that another board must agree to; `href` leads to where the answer is entered, where it may be."""

    text: str
    where: str
    state: str
    sentence: str
    source: str
    answered: str
    href: str


def rule_lines(rules: Iterable[RuleOnBoards], names: Mapping[str, str]) -> list[RuleLine]:
    """`names` gives each body's name by the id in its terms."""
    lines = []
    for each in rules:
        clause = each.rule.clause
        lines.append(RuleLine(each.giver.name, delegation_sentence(each.rule, names), clause.citation, clause.words))
    return lines


def delegation_lines(
    delegations: Iterable[Delegation], *, board: Board, rules: Delegations, may_end: bool, today: date
) -> list[DelegationLine]:
    """As that board sees them."""
    lines = []
    for each in delegations:
        is_ours = each.given_by_id == board.pk
        found = rules.rule(each.rule, each.given_by)
        is_over = each.until is not None and each.until <= today
        lines.append(
            DelegationLine(
                functions=each.functions,
                with_whom=each.given_to.name if is_ours else each.given_by.name,
                decided=each.decided,
                when=_when(each),
                state="Ended" if is_over else "In force" if each.starts_on <= today else "Not begun",
                is_in_force=each.starts_on <= today and not is_over,
                source=found.rule.clause.citation if found else "",
                href=reverse("delegation_end", args=[*address_of(board), each.pk])
                if is_ours and may_end and not is_over
                else "",
            )
        )
    return lines


def _when(each: Delegation) -> str:
    first = plain_date(each.starts_on)
    return f"{first} to {plain_date(each.until - timedelta(days=1))}" if each.until else f"from {first}"


def decision_lines(
    decisions: Iterable[Decision], *, board: Board, rules: Mapping[date, Delegations], may_answer: bool
) -> list[DecisionLine]:
    """As that board sees them: its own, and those to which it must agree. `rules` are those of each meeting's day."""
    lines = []
    for decision in decisions:
        meeting = decision.item.meeting
        of_day = rules[meeting.on]
        asked = of_day.agreement_for(meeting.board)
        if asked is None or asked.agrees is None or board not in (asked.agrees, meeting.board):
            continue
        remark = remarks_on(decision, meeting=meeting, rules=of_day)[-1]
        answer = answer_to(decision, of=asked.agrees)
        is_for_us = may_answer and asked.agrees == board
        lines.append(
            DecisionLine(
                text=decision.text,
                where=f"{meeting.board.name}, {plain_date(meeting.on)}",
                state=remark.label,
                sentence=remark.sentence,
                source=remark.clause.citation if remark.clause else "",
                answered=decision.answer.where if answer else "",
                href=reverse("decision_answer", args=[*address_of(board), decision.pk]) if is_for_us else "",
            )
        )
    return sorted(lines, key=lambda line: line.state != AWAITED)
