"""The confidentiality agreement of a group, version by version, and who signed which at which meeting.

All of it is written once: another text is another version, and a signature recorded by mistake is withdrawn by a row of
its own. The database refuses anything else (`partnership.audit.guards`).
"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from meetings.models.meeting import Meeting
from membership.models import Seat
from partnership import access
from partnership.models import Board
from partnership.models.append_only import AppendOnlyQuerySet, Sealed

# As long as what tells apart the obligations of one cause.
LONGEST_SIGNER = 80
LONGEST_NAME, LONGEST_WORDS, LONGEST_TEXT = 150, 300, 20_000


def signer_key(person_id: int | None, name: str) -> str:
    """What stands for one person at one meeting, whoever they sit for; by name where they have no account."""
    return str(person_id) if person_id is not None else f"name {name}"[:LONGEST_SIGNER]


class WrittenOnceQuerySet(AppendOnlyQuerySet):
    def visible_to(self, user: access.Asker, on: date | None = None) -> Self:
        return access.visible(self, to=user, on=on)


class ConfidentialityAgreement(Sealed):
    """One version of a group's text. The latest one is in force; `what_changed` is empty for the first."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="confidentiality_agreements")
    version = models.PositiveIntegerField()
    text = models.TextField(max_length=LONGEST_TEXT)
    what_changed = models.CharField(max_length=LONGEST_WORDS, blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = WrittenOnceQuerySet.as_manager()

    access_subject = access.Subject(access.Kind.CONFIDENTIALITY_AGREEMENT, board="board")

    class Meta(Sealed.Meta):
        ordering = ("board_id", "-version")
        constraints = (
            models.UniqueConstraint(fields=("board", "version"), name="confidentiality_version_once_a_board"),
            models.CheckConstraint(condition=Q(version__gte=1), name="confidentiality_versions_from_one"),
            models.CheckConstraint(condition=~Q(text=""), name="confidentiality_agreement_says_something"),
        )

    def __str__(self) -> str:
        return f"Confidentiality agreement of {self.board}, version {self.version}"


class SignatureQuerySet(WrittenOnceQuerySet):
    def standing(self) -> Self:
        """Those that were not withdrawn."""
        return self.filter(correction=None)


class ConfidentialitySignature(Sealed):
    """One person's signature to one version at one meeting.

    `signer` stands for the person (`signer_key`), `name` is what they typed or what stands on the sheet. Given here,
    `signed_at` says when, and whoever signed recorded it. Given on paper, `evidence` says where the sheet is, and
    `recorded_by` who of the team wrote it down afterwards. `nth` counts those of the person at the meeting, from 1: a
    further one follows only one that was withdrawn.
    """

    agreement = models.ForeignKey(ConfidentialityAgreement, on_delete=models.PROTECT, related_name="signatures")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="confidentiality_signatures")
    signer = models.CharField(max_length=LONGEST_SIGNER)
    nth = models.PositiveSmallIntegerField(default=1)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="confidentiality_signatures",
    )
    name = models.CharField(max_length=LONGEST_NAME)
    seat = models.ForeignKey(
        Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="confidentiality_signatures"
    )
    signed_on = models.DateField()
    signed_at = models.DateTimeField(null=True, blank=True)
    evidence = models.CharField(max_length=LONGEST_WORDS, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = SignatureQuerySet.as_manager()

    access_subject = access.Subject(
        access.Kind.SIGNATURES, board="meeting__board", meeting="meeting_id", owners=("person",)
    )

    class Meta(Sealed.Meta):
        ordering = ("meeting_id", "recorded_at", "pk")
        constraints = (
            models.UniqueConstraint(fields=("meeting", "signer", "nth"), name="signature_once_a_person_and_meeting"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(signer=""), name="signature_names_its_signer"),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=False, evidence="", person=F("recorded_by"))
                | (Q(signed_at=None) & ~Q(evidence="")),
                name="signature_is_given_here_or_on_paper",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name}, {self.meeting}"

    @property
    def is_on_paper(self) -> bool:
        return self.signed_at is None


class SignatureCorrection(Sealed):
    """That a signature was recorded by mistake: it no longer stands, and both rows stay."""

    signature = models.OneToOneField(ConfidentialitySignature, on_delete=models.PROTECT, related_name="correction")
    reason = models.CharField(max_length=LONGEST_WORDS)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = WrittenOnceQuerySet.as_manager()

    access_subject = access.Subject(
        access.Kind.SIGNATURES, board="signature__meeting__board", meeting="signature__meeting_id"
    )

    class Meta(Sealed.Meta):
        ordering = ("at", "pk")
        constraints = (models.CheckConstraint(condition=~Q(reason=""), name="signature_correction_has_a_reason"),)

    def __str__(self) -> str:
        return f"{self.signature}: withdrawn"
