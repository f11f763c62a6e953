"""What a board may decide for another, and to which of its decisions another board must agree, on one date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from meetings.models import Decision, Delegation
from partnership.access import Asker
from partnership.models import Board, Constitution
from partnership.queries import constitutions_in_force, terms_of
from partnership.rules.arrangements import Delegation as Rule


@dataclass(frozen=True, slots=True)
class RuleOnBoards:
    """A rule on delegation in the terms of `giver`, with the boards here that it names, and who must agree."""

    rule: Rule
    giver: Board
    to: tuple[Board, ...]
    agrees: Board | None


@dataclass(frozen=True, slots=True)
class Delegations:
    """The rules on delegation of a partnership's boards, as in force on one date."""

    rules: tuple[RuleOnBoards, ...] = ()

    def of(self, giver: Board) -> tuple[RuleOnBoards, ...]:
        """The rules by which that board may delegate to boards that are here."""
        return tuple(each for each in self.rules if each.giver == giver and each.to)

    def to(self, board: Board) -> tuple[RuleOnBoards, ...]:
        """The rules that name that board."""
        return tuple(each for each in self.rules if board in each.to)

    def givers_to(self, board: Board) -> tuple[Board, ...]:
        """The boards whose terms let them delegate to that one, each once."""
        return tuple(dict.fromkeys(each.giver for each in self.to(board)))

    def agreement_for(self, board: Board) -> RuleOnBoards | None:
        """The rule that makes decisions of that board final only once another has agreed; None where none does."""
        return next((each for each in self.to(board) if each.agrees is not None), None)

    def awaited_by(self, board: Board) -> tuple[Board, ...]:
        """The boards whose decisions wait for that one's agreement."""
        return tuple(dict.fromkeys(to for each in self.rules if each.agrees == board for to in each.to))

    def rule(self, rule_id: str, giver: Board) -> RuleOnBoards | None:
        """The rule of that id in the giver's terms; None where they have it no more."""
        return next((each for each in self.rules if each.giver == giver and each.rule.id == rule_id), None)


NO_DELEGATIONS = Delegations()


def delegations_on(*, partnership_id: int, on: date) -> Delegations:
    """The rules in force that day. Two queries."""
    return delegations_on_days(partnership_id=partnership_id, days=(on,))[on]


def delegations_on_days(*, partnership_id: int, days: Iterable[date]) -> dict[date, Delegations]:
    """The rules in force on each of these days. Two queries, however many."""
    asked = set(days)
    boards = list(Board.objects.filter(partnership=partnership_id).select_related("partnership"))
    versions = constitutions_in_force(days=[(board.pk, on) for board in boards for on in asked])
    return {
        on: _rules_of({board: versions[board.pk, on] for board in boards if (board.pk, on) in versions}) for on in asked
    }


def _rules_of(versions: Mapping[Board, Constitution]) -> Delegations:
    terms = {board: terms_of(constitution=version) for board, version in versions.items()}
    known = {each.body.id: board for board, each in terms.items()}
    return Delegations(
        tuple(
            RuleOnBoards(
                rule=rule,
                giver=giver,
                to=tuple(known[body] for body in rule.to if body in known and known[body] != giver),
                agrees=known.get(rule.needs_agreement_of),
            )
            for giver, each in terms.items()
            for rule in each.delegations
        )
    )


def delegations_behind(*, partnership_id: int, on: date, decisions: Iterable[Decision]) -> Delegations:
    """The same for what is said of these decisions: no query where none of them is another board's affair."""
    if any(decision.asks_agreement or decision.function_of_id for decision in decisions):
        return delegations_on(partnership_id=partnership_id, on=on)
    return NO_DELEGATIONS


def delegations_of(board: Board) -> list[Delegation]:
    """Those that the board gave, and those that it holds, the latest first. One query.

    They are told of to whoever may read that board's delegations, which is for the page to ask.
    """
    either = Delegation.objects.filter(Q(given_by=board) | Q(given_to=board))
    return list(either.select_related("given_by", "given_to"))


def held_on(*, board: Board, on: date) -> list[Delegation]:
    """What the board may decide for others on that day. One query."""
    held = Delegation.objects.filter(given_to=board).in_force(on)
    return list(held.select_related("given_by").order_by("given_by__name", "starts_on", "pk"))


def asking_agreement(*, boards: Iterable[Board], user: Asker, on: date) -> list[Decision]:
    """The boards' decisions that ask for another board's agreement and that the person may read, the latest first."""
    decisions = Decision.objects.visible_to(user, on).filter(asks_agreement=True, item__meeting__board__in=list(boards))
    found = decisions.select_related("item__meeting__board__partnership", "answer__board", "function_of", "delegation")
    return list(found.order_by("-decided_at", "-pk"))
