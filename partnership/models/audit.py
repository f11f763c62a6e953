"""The audit trail: who did, saw, was refused or took away what, and when. Rows are only ever added.

`partnership.audit.recording` writes them; what they name is named by kind and number, never by content.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from partnership import access
from partnership.models.append_only import AppendOnlyQuerySet, Sealed


class What(models.TextChoices):
    """What happened, in the words of the OWASP logging vocabulary where it has one."""

    SIGNED_IN = "authn_login_success", "Signed in"
    SIGN_IN_REFUSED = "authn_login_fail", "Sign-in refused"
    SIGNED_OUT = "authn_logout", "Signed out"
    SECOND_STEP = "authn_second_step_success", "Second step taken"
    SECOND_STEP_REFUSED = "authn_second_step_fail", "Second step refused"
    SIGN_IN_CHANGED = "authn_means_changed", "Means of signing in changed"
    DENIED = "authz_fail", "Access denied"
    DOWNLOADED = "data_export", "File downloaded"
    READ_RESTRICTED = "sensitive_read", "Restricted item read"
    BROKE_GLASS = "authz_break_glass", "Break-glass used"
    GRANT_GIVEN = "privilege_grant_given", "Grant given"
    GRANT_CHANGED = "privilege_grant_changed", "Grant changed or ended"
    STANDING_GIVEN = "privilege_standing_given", "Standing given"
    STANDING_CHANGED = "privilege_standing_changed", "Standing changed or ended"
    SETTINGS_CHANGED = "settings_changed", "Settings changed"
    PERSON_ENTERED = "user_created", "Person entered"
    PERSON_CHANGED = "user_updated", "Person's details changed"
    ADDRESS_CHANGED = "user_address_changed", "E-mail address changed"
    DEACTIVATED = "user_archived", "Account closed"
    INVITED = "user_invited", "Invitation sent"
    INVITATION_ACCEPTED = "user_invitation_accepted", "Invitation accepted"
    INVITATION_WITHDRAWN = "user_invitation_withdrawn", "Invitation withdrawn"
    SLOWED_DOWN = "excess_rate_limit_exceeded", "Very many files: slowed down"
    CALENDAR_ADDRESS_MADE = "calendar_address_made", "Calendar address made"
    CALENDAR_ADDRESS_ENDED = "calendar_address_ended", "Calendar address ended"
    SUBJECT_ACCESS = "subject_access", "Copy of personal data"
    ERASED = "user_erased", "Personal data erased"
    RETENTION = "retention", "Removed at the end of its time"
    CHAIN_BEGUN = "chain_begun", "Sealing begun"
    CHAIN_BROKEN = "chain_broken", "Record found changed"


SIGN_INS = (
    What.SIGNED_IN,
    What.SIGN_IN_REFUSED,
    What.SIGNED_OUT,
    What.SECOND_STEP,
    What.SECOND_STEP_REFUSED,
    What.SIGN_IN_CHANGED,
)
INVITATIONS = (What.INVITED, What.INVITATION_ACCEPTED, What.INVITATION_WITHDRAWN)
GRANTS = (What.GRANT_GIVEN, What.GRANT_CHANGED, What.STANDING_GIVEN, What.STANDING_CHANGED)


class AuditEventQuerySet(AppendOnlyQuerySet):
    def of_person(self, person_id: int) -> Self:
        """What that person did, and what was done about them."""
        return self.filter(Q(person=person_id) | Q(subject=person_id))

    def between(self, begins: datetime | None, ends: datetime | None) -> Self:
        """From the one instant until before the other; None is open."""
        found = self if begins is None else self.filter(at__gte=begins)
        return found if ends is None else found.filter(at__lt=ends)


class AuditEvent(Sealed):
    """One thing that happened. `person` did it (None: nobody signed in), `subject` is whom it concerns.

    `kind` and `number` name what it was done to; `request` is the same for all that one request did. The trail outlives
    partnerships and boards, so it does not hold them.
    """

    at = models.DateTimeField()
    what = models.CharField(max_length=40, help_text="One of `What`; later releases know more of them.")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="audit_events"
    )
    subject = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="audit_events_about"
    )
    partnership = models.ForeignKey(
        "partnership.Partnership",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        blank=True,
        related_name="audit_events",
    )
    board = models.ForeignKey(
        "partnership.Board",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        blank=True,
        related_name="audit_events",
    )
    kind = models.CharField(max_length=60, blank=True)
    number = models.CharField(max_length=64, blank=True)
    detail = models.CharField(max_length=300, blank=True)
    address = models.GenericIPAddressField("network address", null=True, blank=True)
    request = models.CharField(max_length=32, blank=True)

    objects: ClassVar[Any] = AuditEventQuerySet.as_manager()

    access_subject = access.Subject(access.Kind.AUDIT, board="board", partnership="partnership")

    class Meta(Sealed.Meta):
        ordering = ("-at", "-pk")
        indexes = (
            models.Index(fields=("partnership", "-at"), name="audit_by_partnership"),
            models.Index(fields=("board", "-at"), name="audit_by_board"),
            models.Index(fields=("person", "-at"), name="audit_by_person"),
            models.Index(fields=("subject", "-at"), name="audit_by_subject"),
            models.Index(fields=("what", "-at"), name="audit_by_what"),
        )

    def __str__(self) -> str:
        return f"{self.words} on {self.at:%-d %B %Y}"

    @property
    def words(self) -> str:
        """What happened, in words."""
        return What(self.what).label
