"""An invitation to sign in: sent to one address, for one use, for some days, for as long as what it rests on stands."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from partnership.models.audit import What
from partnership.models.board import Board
from partnership.models.history import AuthoredHistory
from partnership.models.partnership import Partnership

# Of SHA-256, in hexadecimal digits.
DIGEST_LENGTH = 64


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> Self:
        """Neither accepted nor withdrawn; perhaps over its time."""
        return self.filter(accepted_at=None, withdrawn_at=None)


class Invitation(models.Model):
    """`token` is a hash of what the address in the message ends with, so that to read the table invites nobody.

    `rests_on` are the standings for which the person was invited, as they stood: when one of them changes, the
    invitation is void, as when the person's e-mail address is another one by now. `opens_account` where they had never
    been here: until an invitation is accepted they are sent no code either.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="invitations")
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="invitations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="invitations")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="invitations_sent")
    address = models.EmailField(max_length=254)
    token = models.CharField(max_length=DIGEST_LENGTH, unique=True)
    rests_on: Any = models.JSONField(default=list)
    opens_account = models.BooleanField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    history: Any = AuthoredHistory(excluded_fields=["token"])
    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("person", "partnership"),
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="invitation_one_open_a_person",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="invitation_ends_after_it_is_made"),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None), name="invitation_accepted_or_withdrawn"
            ),
        )
        indexes = (
            models.Index(fields=("person", "made_at"), name="invitation_by_person"),
            models.Index(fields=("invited_by", "made_at"), name="invitation_by_sender"),
        )

    def __str__(self) -> str:
        return f"Invitation of {self.person} on {self.made_at:%-d %B %Y}"

    def is_open(self, now: datetime) -> bool:
        """By its own row: whether what it rests on still stands is asked of `partnership.signing_in.invitations`."""
        return self.accepted_at is None and self.withdrawn_at is None and now < self.expires_at

    def audited_as(self, how: str) -> What:
        if how == "+":
            return What.INVITED
        return What.INVITATION_ACCEPTED if self.accepted_at is not None else What.INVITATION_WITHDRAWN
