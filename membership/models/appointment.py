"""An appointment: a person in a seat from a date to a date, as representative or deputy."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from membership.models.grade import Grade
from membership.models.seat import Seat
from partnership import access
from partnership.models.history import AuthoredHistory


class AppointmentKind(models.TextChoices):
    REPRESENTATIVE = "representative", "Representative"
    DEPUTY = "deputy", "Deputy"


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def visible_to(self, user: access.Asker, on: date | None = None) -> Self:
        return access.visible(self, to=user, on=on)

    def in_force(self, on: date) -> Self:
        return self.filter(access.in_force(on))

    def overlapping(self, starts_on: date, until: date | None) -> Self:
        """Those whose period shares a day with [starts_on, until)."""
        begun_before_its_end = self if until is None else self.filter(starts_on__lt=until)
        return begun_before_its_end.filter(Q(until=None) | Q(until__gt=starts_on))

    def representatives(self) -> Self:
        return self.filter(kind=AppointmentKind.REPRESENTATIVE)

    def deputies(self) -> Self:
        return self.filter(kind=AppointmentKind.DEPUTY)


class Appointment(models.Model):
    """A person in a seat over [starts_on, until).

    `order` ranks the deputies of one seat from 1; a representative has 0.
    `has_same_authority` is what was declared of a deputy on `declared_on`, `declared_by` whom; None where nobody has
    said. `deputy_reason` is why a deputy was named whom the terms would not choose. `may_commit_on` is the day on which
    `may_commit_by` confirmed that the person speaks for, commits and holds to account their organisation. One read with
    its seat says whether there is leave in the days asked about (`has_leave`).
    One representative a seat at a time, one deputy a place, and nobody twice in one seat: the operation says so in
    words, and the database refuses it of itself (`overlap_guards`). A gap is shown, not refused.
    """

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="appointments")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="appointments")
    kind = models.CharField(max_length=20, choices=AppointmentKind.choices)
    order = models.PositiveSmallIntegerField(default=0)
    starts_on = models.DateField()
    until = models.DateField(null=True, blank=True)
    grade = models.ForeignKey(Grade, on_delete=models.PROTECT, null=True, blank=True, related_name="appointments")
    has_same_authority = models.BooleanField(null=True, blank=True)
    declared_on = models.DateField(null=True, blank=True)
    declared_by = models.CharField(max_length=150, blank=True)
    deputy_reason = models.CharField(max_length=300, blank=True)
    may_commit_on = models.DateField(null=True, blank=True)
    may_commit_by = models.CharField(max_length=150, blank=True)

    has_leave: bool

    history: Any = AuthoredHistory()
    objects = AppointmentQuerySet.as_manager()

    access_subject = access.Subject(access.Kind.SEATS, board="seat__board")

    class Meta:
        ordering = ("seat_id", "order", "starts_on")
        constraints = (
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("starts_on")), name="appointment_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(kind=AppointmentKind.REPRESENTATIVE, order=0)
                | Q(kind=AppointmentKind.DEPUTY, order__gte=1),
                name="appointment_order_fits_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(has_same_authority=None, declared_on=None)
                | Q(has_same_authority__isnull=False, declared_on__isnull=False),
                name="appointment_authority_is_dated",
            ),
            models.UniqueConstraint(
                fields=("seat", "order"), condition=Q(until=None), name="appointment_one_open_ended_in_each_place"
            ),
        )
        indexes = (
            models.Index(fields=("seat", "kind", "starts_on", "until"), name="appointment_by_seat_and_period"),
            models.Index(fields=("person", "starts_on"), name="appointment_by_person"),
        )

    def __str__(self) -> str:
        return f"{self.person}, {self.get_kind_display().lower()}, {self.seat}"

    @property
    def last_day(self) -> date | None:
        """The last day in the seat, inclusive; None while it is open."""
        return None if self.until is None else self.until - timedelta(days=1)
