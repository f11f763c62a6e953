"""How far a meeting is: its dates, agenda, replies, register, record and minutes, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from meetings.models import ItemRecord, Meeting, MeetingKind, Minutes, ReplyAnswer
from meetings.queries.agenda import Agenda, agenda_of
from meetings.queries.deadlines import DatedRule, dated_rules, obligations_of
from meetings.queries.register import Register, RegisterRow, register_of
from meetings.queries.signatures import Signing, signing_of
from partnership import access
from partnership.models import Obligation


@dataclass(frozen=True, slots=True)
class Preparation:
    """What a meeting's own page rests on. `taken` counts the items begun, `minutes` are the latest that were sent.

    `signing` is how far the confidentiality agreement is signed, None where nobody is asked to.
    """

    meeting: Meeting
    register: Register
    rules: tuple[DatedRule, ...]
    kept: Mapping[str, Obligation]
    agenda: Agenda
    taken: int
    minutes: Minutes | None
    signing: Signing | None

    def answered(self, answer: ReplyAnswer) -> list[RegisterRow]:
        """The seats that replied so."""
        return [row for row in self.held_seats if row.reply is not None and row.reply.answer == answer]

    @property
    def silent(self) -> list[RegisterRow]:
        """The seats that have not replied."""
        return [row for row in self.held_seats if row.reply is None]

    @property
    def held_seats(self) -> list[RegisterRow]:
        """The seats somebody is named for on that day, or that have replied all the same."""
        return [row for row in self.register.seats if row.reply or (row.held and not row.held.is_vacant)]


def preparation_of(*, meeting: Meeting, user: access.Asker, today: date) -> Preparation:
    """How far the meeting is, as that person may see it."""
    register = register_of(meeting=meeting)
    rules = dated_rules(
        board=meeting.board,
        kind=MeetingKind(meeting.kind),
        on=meeting.on,
        starts_at=meeting.starts_at,
        constitution=register.constitution,
    )
    return Preparation(
        meeting=meeting,
        register=register,
        rules=tuple(rules),
        kept=obligations_of(meeting=meeting),
        agenda=agenda_of(meeting=meeting, user=user, today=today),
        taken=ItemRecord.objects.filter(item__meeting=meeting, begun_at__isnull=False).count(),
        minutes=latest_minutes(meeting=meeting, user=user, today=today),
        signing=signing_of(register),
    )


def latest_minutes(*, meeting: Meeting, user: access.Asker, today: date) -> Minutes | None:
    """The minutes of the meeting as they were last sent, without their words; None where the person may see none."""
    return Minutes.objects.visible_to(user, today).filter(meeting=meeting).defer("content").first()
