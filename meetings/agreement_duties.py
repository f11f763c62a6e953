"""What falls due because a committee decides on practice: the agreement of the group that has to agree, or its refusal.

Due at that group's next meeting. A decision counts from when its minutes were sent: until then it is a draft. One of an
item that is not everybody's to read falls due for nobody, for the ledger is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.urls import reverse

from meetings.models import BoardAnswer, Decision, Meeting, MeetingStatus
from meetings.queries.delegations import delegations_on_days
from partnership import clock
from partnership.access import Role
from partnership.models import Board, Obligation, Standing, User
from partnership.navigation import address_of
from partnership.obligations.causes import Cause, Wording, key_of
from partnership.obligations.features import register
from partnership.obligations.kept_rules import falls_due, rules_on
from partnership.obligations.operations import (
    asked_on,
    cancel_obligations,
    ensure_obligation,
    meet_obligation,
    open_obligation,
)
from partnership.obligations.team import team_recipients
from partnership.rules.plain_dates import short_date

AGREED = "practice-decision-agreed"


def plan_board(board: Board, by: User) -> None:
    """Let each decision that waits for another group fall due at that group's next meeting. Seven queries at most
    where nothing changes.
    """
    rules = rules_on(board=board, duties=[AGREED], on=clock.today())
    known = asked_on(board=board, duties=[AGREED])
    if AGREED not in rules and not known:
        return
    decisions = list(_final(board))
    waiting = [each for each in decisions if answer_to(each) is None]
    days = _next_meetings(board, waiting, known) if AGREED in rules else {}
    for decision in decisions:
        asked = next(iter(known.get((*key_of(decision), AGREED), ())), None)
        if decision not in waiting:
            _meet(asked, decision, by)
        elif AGREED not in rules:
            cancel_obligations(cause=decision, duty=AGREED, reason="The terms of today do not ask for it.", by=by)
        elif decision.pk in days:
            occurrence, on = days[decision.pk]
            rule, constitution = rules[AGREED]
            due = falls_due(rule, board=board, after=on)
            if asked is None or (asked.due_on, asked.constitution_id) != (due, constitution.pk):
                ensure_obligation(
                    duty=AGREED,
                    cause=decision,
                    occurrence=occurrence,
                    owner=rule.owner,
                    due_on=due,
                    constitution=constitution,
                    by=by,
                )


def decision_answered(*, answer: BoardAnswer, by: User) -> None:
    """The answer is the act, whichever it is."""
    asked = open_obligation(duty=AGREED, cause=answer.decision)
    if asked is not None:
        _meet_by(answer, asked, by)


def answer_to(decision: Decision) -> BoardAnswer | None:
    """The other group's answer to the decision as it reads now; None while there is none."""
    answer = getattr(decision, "answer", None)
    return answer if answer is not None and answer.to_version == decision.version else None


def _meet(asked: Obligation | None, decision: Decision, by: User) -> None:
    answer = answer_to(decision)
    if asked is not None and answer is not None:
        _meet_by(answer, asked, by)


def _meet_by(answer: BoardAnswer, asked: Obligation, by: User) -> None:
    said = "agreed" if answer.is_agreed else "did not agree"
    meet_obligation(
        duty=AGREED,
        cause=answer.decision,
        occurrence=asked.occurrence,
        on=answer.answered_on,
        evidence=f"{answer.board.short_name} {said}",
        by=by,
    )


def _final(board: Board) -> Iterable[Decision]:
    """The board's decisions that ask for another group's agreement, in minutes that were sent, open to everybody."""
    rows = Decision.objects.filter(item__meeting__board=board, asks_agreement=True, item__protection=None)
    rows = rows.filter(sent_in__isnull=False).select_related("item__meeting__board__partnership", "answer__board")
    return rows.order_by("decided_at", "pk")


def _next_meetings(
    board: Board, waiting: Iterable[Decision], known: Mapping[tuple[str, int, str], list[Obligation]]
) -> dict[int, tuple[str, date]]:
    """By decision, the day from which it is asked for, as its occurrence, and that of the next meeting of who agrees.

    Nobody is late for what was not yet asked: a meeting held before that is passed over. Three queries.
    """
    those = list(waiting)
    rules = delegations_on_days(partnership_id=board.partnership_id, days=[each.item.meeting.on for each in those])
    agreeing = {each.pk: rules[each.item.meeting.on].agreement_for(board) for each in those}
    boards = {rule.agrees.pk for rule in agreeing.values() if rule is not None and rule.agrees is not None}
    meetings = list(Meeting.objects.filter(board__in=boards).exclude(status=MeetingStatus.CANCELLED).order_by("on"))
    found = {}
    for decision in those:
        rule = agreeing[decision.pk]
        asked = next(iter(known.get((*key_of(decision), AGREED), ())), None)
        since = date.fromisoformat(asked.occurrence) if asked is not None else clock.today()
        days = [
            each.on
            for each in meetings
            if rule is not None
            and rule.agrees is not None
            and each.board_id == rule.agrees.pk
            and each.on >= since
            and each.on > decision.item.meeting.on
        ]
        if days:
            found[decision.pk] = (since.isoformat(), days[0])
    return found


# --- what the sweep asks ----------------------------------------------------------------------------------------------


def _loaded(ids: Collection[int]) -> dict[int, Decision]:
    return Decision.objects.select_related("item__meeting__board__partnership", "answer").in_bulk(ids)


def _recipients(obligations: Iterable[Obligation], on: date) -> dict[int, list[User]]:
    """The committee's chair, whose duty it is, and its coordinators. Two queries."""
    those = list(obligations)
    held = Standing.objects.in_force(on).filter(
        board__in={each.board_id for each in those}, role=Role.CHAIR, person__is_active=True
    )
    chairs: dict[int | None, list[User]] = {}
    for standing in held.select_related("person").order_by("person__name", "pk"):
        chairs.setdefault(standing.board_id, []).append(standing.person)
    team = team_recipients(those, on)
    found: dict[int, list[User]] = {}
    for each in those:
        people = [*chairs.get(each.board_id, []), *team.get(each.pk, [])]
        found[each.pk] = list({person.pk: person for person in people}.values())
    return found


def _address(decision: Decision, _: Obligation) -> str:
    meeting = decision.item.meeting
    return reverse("minutes", args=[*address_of(meeting.board), meeting.address])


CAUSE = Cause(
    model="meetings.decision",
    board=lambda decision: decision.item.meeting.board,
    load=_loaded,
    is_open=lambda decision, _: answer_to(decision) is None,
    recipients=_recipients,
    address=_address,
    wording=lambda decision, _: Wording(
        "the agreement to a decision on practice",
        f"{decision.item.meeting.board.short_name}, {short_date(decision.item.meeting.on)}",
        is_one=True,
    ),
)


def register_duties() -> None:
    """Make it known; once, when the app starts."""
    register(AGREED, cause=CAUSE, plan=plan_board)
