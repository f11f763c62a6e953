"""What a board gives another to decide, and what a board answers to decisions that it must agree to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from meetings.agreement_duties import decision_answered
from meetings.models import BoardAnswer, Decision, Delegation, Meeting
from meetings.queries.delegations import delegations_on
from partnership import clock
from partnership.authorship import deleted, saved
from partnership.models import Board, User
from partnership.obligations.operations import cancel_obligations
from partnership.operations import day_after_last
from partnership.rules.plain_dates import plain_date


class NotDelegable(Exception):
    """The giver's terms in force name no such rule, or not that board in it."""


class DelegationUnsaid(Exception):
    """A delegation says which functions it gives and by which decision; its end says why."""


class NotDelegatedHere(Exception):
    """The decision names a delegation that was given to another board."""


class NoAgreementAsked(Exception):
    """No rule in force asks that board to agree to the decision."""


class AnswerUnsaid(Exception):
    """An answer says at which meeting it was given, or that it was by correspondence; and not on a day to come."""


class DecisionChangedMeanwhile(Exception):
    """The decision reads otherwise than when the page was drawn."""


@dataclass(frozen=True, slots=True)
class Basis:
    """Whose affair a decision is: as a rule the board's own, which asks nobody."""

    asks_agreement: bool = False
    function_of: Board | None = None
    delegation: Delegation | None = None

    def is_that_of(self, decision: Decision) -> bool:
        return (self.asks_agreement, self.function_of, self.delegation) == (
            decision.asks_agreement,
            decision.function_of,
            decision.delegation,
        )

    def put_on(self, decision: Decision, meeting: Meeting) -> None:
        """Raises NotDelegatedHere."""
        given = self.delegation
        if given is not None and (given.given_to_id != meeting.board_id or given.given_by != self.function_of):
            raise NotDelegatedHere("That delegation was not given to this board.")
        decision.asks_agreement = self.asks_agreement
        decision.function_of = self.function_of
        decision.delegation = given


OWN_AFFAIR = Basis()


@transaction.atomic
def delegate(
    *,
    given_by: Board,
    given_to: Board,
    rule: str,
    functions: str,
    decided: str,
    starts_on: date,
    ends_on: date | None,
    by: User,
) -> Delegation:
    """Record what a board gives another to decide, from a day on; `ends_on` is the last day, where there is one.

    The rule is asked as it stands on the first day. Raises NotDelegable, DelegationUnsaid, EndsBeforeItStarts.
    """
    found = delegations_on(partnership_id=given_by.partnership_id, on=starts_on).rule(rule, given_by)
    if found is None or given_to not in found.to:
        raise NotDelegable(f"The rules of {plain_date(starts_on)} do not let {given_by} delegate to {given_to}.")
    if not functions.strip():
        raise DelegationUnsaid("Enter what is delegated.")
    if not decided.strip():
        raise DelegationUnsaid("Enter by which decision it is delegated.")
    delegation = Delegation(
        given_by=given_by,
        given_to=given_to,
        rule=rule,
        functions=functions.strip(),
        decided=decided.strip(),
        starts_on=starts_on,
        until=day_after_last(starts_on=starts_on, ends_on=ends_on) if ends_on else None,
    )
    return saved(delegation, by=by, reason=f"Delegated to {given_to}")


@transaction.atomic
def end_delegation(*, delegation: Delegation, ends_on: date, reason: str, by: User) -> Delegation:
    """End it with that last day. Raises EndsBeforeItStarts, DelegationUnsaid."""
    if not reason.strip():
        raise DelegationUnsaid("Say why it ends.")
    held = Delegation.objects.select_for_update().get(pk=delegation.pk)
    held.until = day_after_last(starts_on=held.starts_on, ends_on=ends_on)
    return saved(held, by=by, reason=reason.strip(), fields=["until"])


@transaction.atomic
def answer_decision(
    *, decision: Decision, board: Board, is_agreed: bool, answered_on: date, where: str, version: int, by: User
) -> BoardAnswer:
    """Record whether the board whose agreement is asked gave it, to the decision as it read in that version.

    A later answer replaces an earlier one, which its history keeps. Raises NoAgreementAsked, AnswerUnsaid,
    DecisionChangedMeanwhile.
    """
    held = Decision.objects.select_for_update(of=("self",)).select_related("item__meeting__board").get(pk=decision.pk)
    meeting = held.item.meeting
    rules = delegations_on(partnership_id=meeting.board.partnership_id, on=meeting.on)
    asked = rules.agreement_for(meeting.board)
    if not held.asks_agreement or asked is None or asked.agrees != board:
        raise NoAgreementAsked(f"{board} is not asked to agree to this decision.")
    if held.version != version:
        raise DecisionChangedMeanwhile("Somebody changed this decision meanwhile. Read it again.")
    if not where.strip():
        raise AnswerUnsaid("Enter at which meeting it was answered, or that it was by correspondence.")
    if not meeting.on <= answered_on <= clock.today():
        raise AnswerUnsaid(f"Enter a day from {plain_date(meeting.on)}, when it was decided, until today.")
    answer = BoardAnswer.objects.filter(decision=held).first() or BoardAnswer(decision=held)
    answer.board, answer.is_agreed, answer.answered_on = board, is_agreed, answered_on
    answer.where, answer.to_version = where.strip(), held.version
    saved(answer, by=by, reason="Agreed" if is_agreed else "Not agreed")
    decision_answered(answer=answer, by=by)
    return answer


def forget_answer(*, decision: Decision, reason: str, by: User) -> None:
    """Take the answer away together with a decision that is taken off the record."""
    cancel_obligations(cause=decision, reason=reason, by=by)
    answer = BoardAnswer.objects.filter(decision=decision).first()
    if answer is not None:
        deleted(answer, by=by, reason=reason)
