"""What a seat says about coming, and the access a substitute gets by it."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from meetings.deputy_checks import NOTHING_SAID, DeputySaid, deputies_rule, judged_deputy
from meetings.models import Meeting, Reply, ReplyAnswer
from meetings.operations.calling import planned
from meetings.operations.protected_items import keep_stand_ins
from meetings.operations.rows import NobodyNamed
from membership.models import Appointment, Seat
from membership.queries import deputies_for, representative_of
from partnership import clock
from partnership.access import Role
from partnership.authorship import deleted, saved
from partnership.models import Standing, StandingSource, User
from partnership.rules.attendance.deputies import DeputyAnswer, Outcome
from partnership.rules.deadlines.duty_sentences import confirmed_sentence, deputy_sentences


class DeputyRefused(Exception):
    """The terms do not let that person come in the member's place."""


class DeputyReasonNeeded(Exception):
    """The terms would rather have another deputy: this one needs a reason, which is kept."""


class ReplyClash(Exception):
    """Somebody else replied for the seat since the form was drawn; `theirs` is what the seat says now."""

    def __init__(self, theirs: Reply) -> None:
        super().__init__("Somebody else replied for this seat while you were writing. Nothing was saved.")
        self.theirs = theirs


@transaction.atomic
def reply(
    *,
    meeting: Meeting,
    seat: Seat,
    answer: ReplyAnswer,
    by: User,
    person: User | None = None,
    reason: str = "",
    said: DeputySaid = NOTHING_SAID,
    seen: int | None = None,
) -> Reply:
    """Record whether the seat's representative or a deputy comes; a later reply replaces the earlier one.

    `person` is who comes: the representative, or the first deputy, unless another is named; somebody who is not a
    designated deputy becomes a substitute and may see that one meeting. `said` is what is said of a deputy, `seen` how
    many replies of the seat the form was drawn from (None: not asked). Raises NobodyNamed, NotPlanned, AlreadyOpened,
    DeputyRefused, DeputyReasonNeeded, ReplyClash.
    """
    meeting = planned(meeting)
    given = Reply.objects.filter(meeting=meeting, seat=seat).first() or Reply(meeting=meeting, seat=seat)
    if seen is not None and seen != times_replied(given):
        raise ReplyClash(given)
    given.answer = answer
    given.person = None if answer is ReplyAnswer.APOLOGIES else person or _usual_person(meeting, seat, answer)
    given.reason = reason if answer is ReplyAnswer.APOLOGIES else ""
    given.replied_at = clock.now()
    _keep_what_is_said(given, said if answer is ReplyAnswer.DEPUTY else NOTHING_SAID)
    saved(given, by=by, reason=f"Reply: {answer.label.lower()}")
    _keep_substitute(given, by=by)
    keep_stand_ins(meeting=meeting, by=by)
    return given


def times_replied(given: Reply | None) -> int:
    """How often the seat has replied: a form says from which reply it was drawn."""
    return 0 if given is None or given.pk is None else int(given.history.count())


def confirmation(given: Reply) -> str:
    """What to tell whoever sent a deputy: `Sam Lee will attend with the same voting rights.`, by the terms."""
    answer = _judged(given, NOTHING_SAID)
    name = given.person.name if given.person else ""
    return confirmed_sentence(answer) if answer else f"{name} will attend in your place."


def _keep_what_is_said(given: Reply, said: DeputySaid) -> None:
    """What is said of the deputy, the reason where the terms ask for one. Raises DeputyRefused, DeputyReasonNeeded."""
    given.said_authority, given.said_grades_lower = said.has_same_authority, said.grades_lower
    given.deputy_reason = ""
    judged = _judged(given, replace(said, written_at=given.replied_at))
    if judged is None:
        return
    if judged.outcome is Outcome.ACCEPTED_WITH_REASON:
        given.deputy_reason = said.reason.strip()
    if judged.outcome is Outcome.REFUSED:
        raise DeputyRefused(" ".join(deputy_sentences(judged)))
    if judged.outcome is Outcome.REASON_NEEDED:
        raise DeputyReasonNeeded(" ".join(deputy_sentences(judged)))


def _judged(given: Reply, said: DeputySaid) -> DeputyAnswer | None:
    """What the terms say of the deputy of a reply; None where there is none, or no rule on deputies."""
    rule = deputies_rule(meeting=given.meeting) if given.answer == ReplyAnswer.DEPUTY else None
    if rule is None or given.person is None:
        return None
    member = representative_of(seat=given.seat, on=given.meeting.on)
    holders: list[Appointment] = [member] if member else []
    return judged_deputy(
        rule,
        meeting=given.meeting,
        holders=[*holders, *deputies_for(seat=given.seat, on=given.meeting.on)],
        person_id=given.person_id,
        name=given.person.name,
        said=said,
    )


def _usual_person(meeting: Meeting, seat: Seat, answer: ReplyAnswer) -> User:
    if answer is ReplyAnswer.COMING:
        holder = representative_of(seat=seat, on=meeting.on)
    else:
        holder = next(iter(deputies_for(seat=seat, on=meeting.on, who_can_act=True)), None)
    if holder is None:
        raise NobodyNamed(f"Say who comes for {seat.name}: nobody is named for that day.")
    return holder.person


def _keep_substitute(given: Reply, *, by: User) -> None:
    """Give a substitute their standing for the meeting, and take it from whom the reply no longer names."""
    known = {deputy.person_id for deputy in deputies_for(seat=given.seat, on=given.meeting.on)}
    substitute = given.person if given.answer == ReplyAnswer.DEPUTY and given.person_id not in known else None
    is_written = False
    for standing in Standing.objects.filter(source=StandingSource.SUBSTITUTION, source_id=given.pk):
        if substitute is not None and standing.person_id == substitute.pk:
            is_written = True
        else:
            deleted(standing, by=by, reason="No longer the substitute")
    if substitute is None or is_written:
        return
    board = given.meeting.board
    standing = Standing(
        person=substitute,
        role=Role.SUBSTITUTE,
        partnership_id=board.partnership_id,
        board=board,
        meeting_id=given.meeting_id,
        starts_on=clock.today(),
        # Until when is known once the minutes are sent (`substitutes.end_with_the_minutes`).
        until=None,
        source=StandingSource.SUBSTITUTION,
        source_id=given.pk,
    )
    saved(standing, by=by, reason="Named as substitute for one meeting")
