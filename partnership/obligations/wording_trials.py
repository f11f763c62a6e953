"""A wording on real data: the newest message of its kind that the reader may see, written to the reader."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.urls import reverse

from partnership import access
from partnership.access import Action, Kind
from partnership.clock import LONDON
from partnership.models import Announcement, Board, Delivery, Partnership, Purpose, User, WordingTrial
from partnership.models.obligation import DeliveryQuerySet
from partnership.obligations import reminder_letters
from partnership.obligations.announcements import AnnouncementKind, enter
from partnership.obligations.causes import Wording
from partnership.obligations.letters import Letter
from partnership.obligations.messages import letter_of, rows_behind
from partnership.obligations.reminder_letters import digest_letter
from partnership.obligations.rewording import TRIAL
from partnership.obligations.wordings import MessageKind, UnknownKind, Words, kind_named

# Of many messages the newest are looked through for one of the kind, and a digest shows so many reminders.
LOOKED_THROUGH, IN_A_DIGEST = 20, 3
# When a reminder is shown, in days from its due date: one duty has had all of these, or will.
DAYS_FROM_DUE = {
    reminder_letters.DUE_SOON.name: -7,
    reminder_letters.DUE_TODAY.name: 0,
    reminder_letters.LATE.name: 1,
    reminder_letters.DIGEST.name: -1,
}


@dataclass(frozen=True, slots=True)
class Specimen:
    """A letter to show a wording on, the day it is dated, and its group; `is_real` unless it is made of examples."""

    letter: Letter
    on: date
    board: Board | None
    is_real: bool


def specimen(*, kind: MessageKind, partnership: Partnership, reader: User, on: date) -> Specimen:
    """The newest real message of that kind in the partnership that the reader may see; one of examples where none is.

    It is written to the reader, so that it says nothing that they may not read.
    """
    rows = Delivery.objects.visible_to(reader, on).filter(board__partnership=partnership)
    rows = rows.select_related(
        "board__partnership", "obligation__constitution", "obligation__board__partnership", "announcement"
    )
    found = list(_of_kind(rows.order_by("-send_at", "-pk"), kind)[:LOOKED_THROUGH])
    behind = rows_behind(found)
    there = [delivery for delivery in found if behind[delivery.pk] is not None]
    if kind is reminder_letters.DIGEST and there:
        day = _day_of(there[0], kind)
        letter = digest_letter([(delivery, behind[delivery.pk]) for delivery in there[:IN_A_DIGEST]], day)
        return Specimen(letter, day, there[0].board, is_real=True)
    for delivery in there:
        day = _day_of(delivery, kind)
        letter = letter_of(delivery, behind[delivery.pk], to=reader, today=day)
        if letter.kind is kind:
            return Specimen(letter, day, delivery.board, is_real=True)
    return Specimen(_of_examples(kind, partnership), on, _any_board(partnership, reader, on), is_real=False)


def _of_kind(rows: DeliveryQuerySet, kind: MessageKind) -> DeliveryQuerySet:
    if kind.announced_as:
        return rows.filter(announcement__kind__in=kind.announced_as)
    purpose = Purpose.CHANGED if kind is reminder_letters.DATE_CHANGED else Purpose.REMINDER
    return rows.filter(obligation__isnull=False, purpose=purpose)


def _day_of(delivery: Delivery, kind: MessageKind) -> date:
    """The day it is dated: a reminder on a day on which it is of that kind, anything else when it went or is to go."""
    days = DAYS_FROM_DUE.get(kind.name)
    if days is not None and delivery.obligation is not None:
        return delivery.obligation.due_on + timedelta(days=days)
    return (delivery.sent_at or delivery.send_at).astimezone(LONDON).date()


def _of_examples(kind: MessageKind, partnership: Partnership) -> Letter:
    return Letter(
        kind=kind,
        values=kind.examples,
        heading=kind.label,
        button=kind.button,
        path=reverse("partnership", args=[partnership.slug]),
        sent_as="an example",
    )


def _any_board(partnership: Partnership, reader: User, on: date) -> Board | None:
    boards = Board.objects.filter(partnership=partnership)
    return access.permitted(boards, to=reader, action=Action.READ, kind=Kind.MESSAGES, on=on).first()


# --- as a message -----------------------------------------------------------------------------------------------------


def tested(letter: Letter, trial: WordingTrial) -> Letter:
    """The letter in the words tried out, marked as a test; it changes no diary."""
    words = Words(trial.subject, trial.opening, trial.closing)
    return replace(letter, trial=words, mark=f"[Test] {letter.mark}", calendar=None)


def _load(ids: Collection[int]) -> Mapping[int, WordingTrial]:
    return WordingTrial.objects.select_related("partnership", "person").in_bulk(ids)


def _is_current(trial: WordingTrial, announcement: Announcement) -> bool:
    return True


def _recipients(trial: WordingTrial, announcement: Announcement, on: date) -> set[int]:
    """Whoever tries it, while they may reword messages."""
    may = access.may(trial.person, Action.WRITE, trial.partnership, Kind.WORDINGS, on)
    return {trial.person_id} if may else set()


def _letter(trial: WordingTrial, announcement: Announcement, person: User, today: date) -> Letter:
    shown = specimen(kind=kind_named(trial.kind), partnership=trial.partnership, reader=person, on=today)
    return tested(shown.letter, trial)


def _wording(trial: WordingTrial | None) -> Wording:
    if trial is None:
        return Wording(what="a test of a wording", of_what="Thrown away since")
    try:
        label = kind_named(trial.kind).label
    except UnknownKind:
        label = trial.kind
    return Wording(what="a test of a wording", of_what=label)


KIND = AnnouncementKind(
    name=TRIAL,
    model="partnership.wordingtrial",
    load=_load,
    is_current=_is_current,
    recipients=_recipients,
    letter=_letter,
    wording=_wording,
)


def enter_kind() -> None:
    """Make it known to the outbox."""
    enter(KIND)
