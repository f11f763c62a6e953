"""Rewording the messages of a partnership, going back to the standard words, and trying words out."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction

from partnership import clock
from partnership.authorship import saved
from partnership.models import Announcement, Board, MessageWording, Partnership, User, WordingTrial
from partnership.obligations.announcements import announce
from partnership.obligations.wordings import MessageKind, Part, Words, problems_of

# The announcement by which a trial goes to whoever made it.
TRIAL = "wording trial"
TRIALS_KEPT = timedelta(days=30)


class WordingRefused(Exception):
    """These words cannot be used; `problems` says why, by part."""

    def __init__(self, problems: dict[Part, list[str]]) -> None:
        super().__init__("These words cannot be used.")
        self.problems = problems


class WordingClash(Exception):
    """Somebody else changed the wording since the form was drawn; `theirs` is what it says now (None: the standard)."""

    def __init__(self, theirs: MessageWording | None) -> None:
        super().__init__("Somebody else changed this wording while you were writing. Nothing was saved.")
        self.theirs = theirs


class TooManyTests(Exception):
    """That person has sent as many tests as anybody may within an hour."""


def version_of(*, partnership: Partnership, kind: MessageKind) -> int:
    """The version that a change begins from; 0 where the partnership has never reworded it."""
    found = MessageWording.objects.filter(partnership=partnership, kind=kind.name).values_list("version", flat=True)
    return found.first() or 0


@transaction.atomic
def reword(
    *, partnership: Partnership, kind: MessageKind, words: Words, seen: int, reason: str, by: User
) -> MessageWording:
    """Let that kind of message say these words from now on. Raises WordingRefused, WordingClash."""
    wrong = {Part.SUBJECT: [kind.why_fixed]} if kind.why_fixed else problems_of(kind, words)
    if wrong:
        raise WordingRefused(wrong)
    row = _held(partnership, kind, seen) or MessageWording(partnership=partnership, kind=kind.name, version=0)
    row.subject, row.opening, row.closing = words.subject, words.opening, words.closing
    row.is_in_use = True
    row.version += 1
    return saved(row, by=by, reason=reason)


@transaction.atomic
def go_back_to_standard(*, partnership: Partnership, kind: MessageKind, seen: int, by: User) -> None:
    """Let that kind of message say the standard words again; the others stay in its history. Raises WordingClash."""
    row = _held(partnership, kind, seen)
    if row is not None and row.is_in_use:
        row.is_in_use = False
        row.version += 1
        saved(row, by=by, reason="Back to the standard wording")


@transaction.atomic
def try_out(*, partnership: Partnership, kind: MessageKind, words: Words, seen: int, by: User) -> WordingTrial:
    """Keep words for a look at them, by whoever typed them alone, for a month. Raises WordingRefused."""
    wrong = {Part.SUBJECT: [kind.why_fixed]} if kind.why_fixed else problems_of(kind, words)
    if wrong:
        raise WordingRefused(wrong)
    now = clock.now()
    WordingTrial.objects.filter(person=by, made_at__lt=now - TRIALS_KEPT).delete()
    trial = WordingTrial(
        partnership=partnership,
        person=by,
        kind=kind.name,
        subject=words.subject,
        opening=words.opening,
        closing=words.closing,
        seen=seen,
        made_at=now,
    )
    trial.save()
    return trial


@transaction.atomic
def send_test(*, trial: WordingTrial, board: Board, by: User) -> Announcement:
    """Send it to whoever tries it, at their own address, through the record of messages. Raises TooManyTests."""
    if by != trial.person:
        raise ValueError("A test goes to whoever made it.")
    User.objects.select_for_update().get(pk=by.pk)
    now = clock.now()
    tests = Announcement.objects.filter(kind=TRIAL, by=by, made_at__gt=now - timedelta(hours=1))
    sent = tests.count()
    if sent >= settings.WORDING_TESTS_AN_HOUR:
        raise TooManyTests(f"You have sent {sent} tests within an hour. Look at the preview, or wait a while.")
    earlier = Announcement.objects.filter(kind=TRIAL, cause_id=trial.pk).count()
    return announce(kind=TRIAL, cause=trial, board=board, by=by, occurrence=str(earlier + 1))


def _held(partnership: Partnership, kind: MessageKind, seen: int) -> MessageWording | None:
    """The row, where it is still at version `seen`; two that begin at once wait for each other. Raises WordingClash."""
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    row = MessageWording.objects.filter(partnership=partnership, kind=kind.name).first()
    if (row.version if row else 0) != seen:
        raise WordingClash(row)
    return row
