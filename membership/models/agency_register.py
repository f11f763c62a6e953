"""What a partnership's register holds of an agency beyond its identity: who followed it, who answers, who asked."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from membership.models.agency import Agency
from membership.models.seat import Seat
from partnership import access
from partnership.models import Partnership
from partnership.models.history import AuthoredHistory


class SuccessionKind(models.TextChoices):
    """How one body came after another."""

    MERGED = "merged", "Merged into it"
    REPLACED = "replaced", "Replaced by it"


class AgencySuccession(models.Model):
    """From a day on another agency stands in this one's place. `withdrawn_on` ends a record made by mistake.

    `what_moved` is a note of the partnership that recorded it, and shown there alone.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="predecessions")
    kind = models.CharField(max_length=10, choices=SuccessionKind.choices)
    on = models.DateField("from")
    what_moved = models.CharField(max_length=500, blank=True)
    recorded_in = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    withdrawn_on = models.DateField(null=True, blank=True)

    history: Any = AuthoredHistory()

    class Meta:
        ordering = ("on", "pk")
        constraints = (
            # Longer circles are refused by the operation, which holds the agencies meanwhile.
            models.CheckConstraint(condition=~Q(agency=F("successor")), name="succession_leads_to_another_agency"),
            models.UniqueConstraint(fields=("agency",), condition=Q(withdrawn_on=None), name="succession_one_open"),
        )

    def __str__(self) -> str:
        return f"{self.agency} to {self.successor}"


class FormerSeat(models.Model):
    """A seat that an agency held until a day, when it went to the agency that came after it."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="former_agencies")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="former_seats")
    succession = models.ForeignKey(AgencySuccession, on_delete=models.PROTECT, related_name="seats")
    left_on = models.DateField()

    history: Any = AuthoredHistory()

    class Meta:
        ordering = ("-left_on", "pk")
        constraints = (models.UniqueConstraint(fields=("seat", "succession"), name="former_seat_once"),)

    def __str__(self) -> str:
        return f"{self.seat} until {self.left_on}"


class AgencyOfficerQuerySet(models.QuerySet["AgencyOfficer"]):
    def visible_to(self, user: access.Asker, on: date | None = None) -> Self:
        return access.visible(self, to=user, on=on)


class AgencyOfficer(models.Model):
    """The senior officer who answers for the agency to one partnership, over [starts_on, until)."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="agency_officers")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="officers")
    name = models.CharField(max_length=150)
    post = models.CharField(max_length=150)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="agencies_answered_for"
    )
    starts_on = models.DateField()
    until = models.DateField(null=True, blank=True)

    history: Any = AuthoredHistory()
    objects = AgencyOfficerQuerySet.as_manager()

    access_subject = access.Subject(access.Kind.PARTNERSHIP, board=None, partnership="partnership")

    class Meta:
        ordering = ("-starts_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("starts_on")), name="agency_officer_ends_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=("partnership", "agency"), condition=Q(until=None), name="agency_officer_one_today"
            ),
        )

    def __str__(self) -> str:
        return f"{self.name}, {self.post}"


class RequestOutcome(models.TextChoices):
    PENDING = "pending", "Waiting for a decision"
    NAMED = "named", "Named as a relevant agency"
    DECLINED = "declined", "Not named"
    WITHDRAWN = "withdrawn", "Withdrawn by the body"


class AgencyRequest(models.Model):
    """A body's request to be named as a relevant agency, and what came of it. The team alone reads it."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="agency_requests")
    body = models.CharField(max_length=200)
    asked_by = models.CharField(max_length=150)
    contact = models.CharField(max_length=254, blank=True)
    asked_on = models.DateField()
    case_for = models.TextField("why they ask", blank=True)
    outcome = models.CharField(max_length=10, choices=RequestOutcome.choices, default=RequestOutcome.PENDING)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="requests")

    history: Any = AuthoredHistory()

    class Meta:
        ordering = ("-asked_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(outcome=RequestOutcome.PENDING, decided_on=None)
                | (~Q(outcome=RequestOutcome.PENDING) & Q(decided_on__gte=F("asked_on")) & ~Q(decided_by="")),
                name="agency_request_is_decided_by_somebody_on_a_day",
            ),
            models.UniqueConstraint(
                fields=("partnership", "body"),
                condition=Q(outcome=RequestOutcome.PENDING),
                name="agency_request_open_once_a_body",
            ),
        )
        indexes = (models.Index(fields=("partnership", "outcome"), name="agency_request_by_outcome"),)

    def __str__(self) -> str:
        return self.body


class AgencyImport(models.Model):
    """The cells of a file between its dry run and its commit: its sender's alone, and gone within the hour."""

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=120)
    cells = models.JSONField()
    made_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("partnership", "person"), name="agency_import_one_at_a_time"),)

    def __str__(self) -> str:
        return self.file_name
