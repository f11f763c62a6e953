"""What stands in a seat's way: a representative on leave, a seat that is left vacant on purpose."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from membership.models.appointment import Appointment
from membership.models.seat import Seat
from partnership import access
from partnership.models.history import AuthoredHistory


class LeaveQuerySet(models.QuerySet["Leave"]):
    def visible_to(self, user: access.Asker, on: date | None = None) -> Self:
        return access.visible(self, to=user, on=on)

    def in_force(self, on: date) -> Self:
        return self.filter(access.in_force(on))

    def overlapping(self, starts_on: date, until: date | None) -> Self:
        """Those whose period shares a day with [starts_on, until)."""
        begun_before_its_end = self if until is None else self.filter(starts_on__lt=until)
        return begun_before_its_end.filter(Q(until=None) | Q(until__gt=starts_on))


class Leave(models.Model):
    """Somebody is away from their seat over [starts_on, until): the deputy acts, and papers go to them.

    Why is for the team and for the person themselves.
    """

    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="leaves")
    starts_on = models.DateField()
    until = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    history: Any = AuthoredHistory()
    objects = LeaveQuerySet.as_manager()

    access_subject = access.Subject(
        access.Kind.GRADES, board="appointment__seat__board", owners=("appointment__person",)
    )

    class Meta:
        ordering = ("appointment_id", "starts_on")
        constraints = (
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("starts_on")), name="leave_ends_after_it_starts"
            ),
            models.UniqueConstraint(fields=("appointment",), condition=Q(until=None), name="leave_one_open_ended"),
        )
        indexes = (models.Index(fields=("appointment", "starts_on", "until"), name="leave_by_period"),)

    def __str__(self) -> str:
        return f"{self.appointment.person} on leave"


class LeftVacant(models.Model):
    """A seat that was left vacant on purpose over [starts_on, until); somebody who takes it ends that."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="times_left_vacant")
    starts_on = models.DateField()
    until = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300)

    history: Any = AuthoredHistory()

    access_subject = access.Subject(access.Kind.SEATS, board="seat__board")

    class Meta:
        verbose_name = "seat left vacant"
        verbose_name_plural = "seats left vacant"
        ordering = ("seat_id", "starts_on")
        constraints = (
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("starts_on")), name="left_vacant_ends_after_it_starts"
            ),
            models.UniqueConstraint(fields=("seat",), condition=Q(until=None), name="left_vacant_once"),
        )

    def __str__(self) -> str:
        return f"{self.seat} left vacant"


class Handover(models.Model):
    """A seat went from one representative to another. What follows it does so on the first day of the successor.

    `followed_at` is when that was done; empty while the day is still to come.
    """

    before = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="handed_over")
    after = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="taken_over")
    followed_at = models.DateTimeField(null=True, blank=True)

    history: Any = AuthoredHistory()

    access_subject = access.Subject(access.Kind.SEATS, board="after__seat__board")

    class Meta:
        ordering = ("after_id",)
        constraints = (models.UniqueConstraint(fields=("after",), name="handover_once"),)
        indexes = (models.Index(fields=("followed_at",), condition=Q(followed_at=None), name="handover_to_follow"),)

    def __str__(self) -> str:
        return f"{self.before.person} to {self.after.person}"
