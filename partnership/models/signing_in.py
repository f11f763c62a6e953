"""Signing in: sessions that can be ended, codes on their way, browsers known, and the log of all that happened."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q

from partnership.models.append_only import AppendOnly

# Of a keyed hash, in hexadecimal digits.
DIGEST_LENGTH = 64


class BrowserSession(AbstractBaseSession):
    """One browser's session. Its primary key is a hash of what the browser holds: to read the table signs nobody in."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="browser_sessions"
    )
    started_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    device = models.CharField(max_length=120, blank=True)
    address = models.GenericIPAddressField(null=True)

    class Meta(AbstractBaseSession.Meta):
        verbose_name = "session"
        verbose_name_plural = "sessions"

    @classmethod
    def get_session_store_class(cls) -> Any:
        # slow import: the store of the sessions imports this model.
        from partnership.signing_in.session_store import SessionStore  # noqa: PLC0415

        return SessionStore


class KnownBrowser(models.Model):
    """A browser in which a person has signed in before, by a hash of the token in its cookie.

    What strangers ask for does not use up what is allowed to it. Until `second_step_until` no second step is asked.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="known_browsers")
    token = models.CharField(max_length=DIGEST_LENGTH)
    since = models.DateTimeField()
    seen_at = models.DateTimeField()
    second_step_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("person", "token"), name="known_browser_once_a_person"),)

    def __str__(self) -> str:
        return f"{self.person}, since {self.since:%-d %B %Y}"


class SignInCode(models.Model):
    """A code that was asked for: who may use it, in which browser, until when; of the code itself a keyed hash.

    An address that belongs to nobody has a row, too, which no code opens. `is_counted` is false where a limit was
    reached and nothing was sent.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    account = models.CharField(max_length=DIGEST_LENGTH)
    network = models.CharField(max_length=50, blank=True)
    known_browser = models.ForeignKey(KnownBrowser, on_delete=models.SET_NULL, null=True, related_name="+")
    browser = models.CharField(max_length=DIGEST_LENGTH)
    code = models.CharField(max_length=DIGEST_LENGTH)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)
    is_counted = models.BooleanField(default=True)

    class Meta:
        indexes = (
            models.Index(fields=("account", "made_at"), name="sign_in_code_by_account"),
            models.Index(fields=("network", "made_at"), name="sign_in_code_by_network"),
            models.Index(fields=("browser",), name="sign_in_code_by_browser"),
            models.Index(fields=("made_at",), name="sign_in_code_by_age"),
        )

    def __str__(self) -> str:
        return f"Code asked for at {self.made_at:%H:%M on %-d %B %Y}"


class AddressProof(models.Model):
    """A code sent to an address with which a person wants to sign in from then on. It signs nobody in.

    `account` is a keyed hash of that address, which itself is in the session of the browser that asked, and nowhere
    else. `is_open` is false where the address is somebody's already, or a limit was reached: no code opens it then.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    account = models.CharField(max_length=DIGEST_LENGTH)
    network = models.CharField(max_length=50, blank=True)
    browser = models.CharField(max_length=DIGEST_LENGTH)
    code = models.CharField(max_length=DIGEST_LENGTH)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)
    is_counted = models.BooleanField(default=True)
    is_open = models.BooleanField(default=True)

    class Meta:
        indexes = (
            models.Index(fields=("person", "made_at"), name="address_proof_by_person"),
            models.Index(fields=("account", "made_at"), name="address_proof_by_account"),
        )

    def __str__(self) -> str:
        return f"Proof of an address asked for at {self.made_at:%H:%M on %-d %B %Y}"


class SignInAct(models.TextChoices):
    """What happened."""

    CODE_ASKED = "code-asked", "A code was asked for"
    CODE_LIMITED = "code-limited", "A code was asked for and not sent: too many"
    CODE_SENT = "code-sent", "A code was sent"
    CODE_NOT_SENT = "code-not-sent", "A code could not be sent"
    CODE_WRONG = "code-wrong", "A wrong code was entered"
    SIGNED_IN = "signed-in", "Signed in"
    SECOND_STEP = "second-step", "Took the second step"
    SECOND_STEP_WRONG = "second-step-wrong", "A wrong second step"
    FACTOR_ADDED = "factor-added", "A second step was set up"
    FACTOR_REMOVED = "factor-removed", "A second step was removed"
    RECOVERY_CODES_MADE = "recovery-codes-made", "Recovery codes were made"
    SECOND_STEP_RESET = "second-step-reset", "The second step was reset"
    SIGNED_OUT = "signed-out", "Signed out"
    SESSION_ENDED = "session-ended", "A session was ended"
    SESSION_LAPSED = "session-lapsed", "A session ended by itself"
    INVITED = "invited", "An invitation was sent"
    INVITATION_REFUSED = "invitation-refused", "An invitation that does not work was used"
    WAY_ADDED = "way-added", "A way to sign in was added"
    WAY_REMOVED = "way-removed", "A way to sign in was removed"
    ADDRESS_ASKED = "address-asked", "Another e-mail address was asked for"
    ADDRESS_WRONG = "address-wrong", "A wrong code for another e-mail address"
    ADDRESS_CHANGED = "address-changed", "The e-mail address was changed"
    SINGLE_REFUSED = "single-refused", "Single sign-on came to nothing"


class SignInMeans(models.TextChoices):
    """By what somebody proved who they are."""

    NONE = "", "Not said"
    CODE = "code", "E-mailed code"
    PASSKEY = "passkey", "Passkey"
    APP = "app", "Code from an app"
    RECOVERY = "recovery", "Recovery code"
    REMEMBERED = "remembered", "Remembered browser"
    DEMONSTRATION = "demonstration", "Demonstration, without proof"
    SINGLE_SIGN_ON = "single-sign-on", "Single sign-on"
    INVITATION = "invitation", "Invitation"


class SignInEvent(AppendOnly):
    """One thing that happened while somebody signed in, or tried to; rows are only ever added.

    `account` is a keyed hash of the e-mail address that was given, so that nobody's mistyped address is kept.
    """

    at = models.DateTimeField()
    what = models.CharField(max_length=20, choices=SignInAct.choices)
    how = models.CharField(max_length=20, choices=SignInMeans.choices, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="sign_in_events"
    )
    account = models.CharField(max_length=DIGEST_LENGTH, blank=True)
    address = models.GenericIPAddressField(null=True)
    network = models.CharField(max_length=50, blank=True)
    device = models.CharField(max_length=120, blank=True)
    sent_to = models.EmailField(max_length=254, blank=True)
    detail = models.CharField(max_length=500, blank=True)

    class Meta(AppendOnly.Meta):
        ordering = ("-at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(account=""), name="sign_in_event_concerns_somebody"
            ),
        )
        indexes = (
            models.Index(fields=("person", "at"), name="sign_in_event_by_person"),
            models.Index(fields=("account", "what", "at"), name="sign_in_event_by_account"),
        )

    def __str__(self) -> str:
        return f"{self.get_what_display()} on {self.at:%-d %B %Y}"
