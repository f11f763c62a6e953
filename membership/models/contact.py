"""How a person is reached for one partnership, and which boards ask them to keep that right."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from partnership.models import Board, Partnership
from partnership.models.history import AuthoredHistory


class PreferredWay(models.TextChoices):
    """How somebody would rather be reached."""

    NONE = "", "No preference"
    EMAIL = "email", "E-mail"
    TELEPHONE = "telephone", "Telephone"
    POST = "post", "Post"


class ContactDetails(models.Model):
    """What one person says of themselves to one partnership; their e-mail address is the account's.

    `confirmed_on` is when they last said it is right themselves; a correction by the team leaves it. `postal_address`
    and what they need at meetings are for the team alone. `version` rises at every change, so that two hands do not
    overwrite each other. Read as one's own, or through a board whose list the person is on: never by itself.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="contact_details")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="contact_details")
    post_title = models.CharField(max_length=150, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    work_address = models.CharField(max_length=300, blank=True)
    preferred_way = models.CharField(max_length=10, choices=PreferredWay.choices, blank=True)
    postal_address = models.CharField(max_length=300, blank=True)
    access_needs = models.CharField(max_length=500, blank=True)
    paper_needs = models.CharField(max_length=500, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    history: Any = AuthoredHistory()

    class Meta:
        verbose_name_plural = "contact details"
        ordering = ("partnership", "person")
        constraints = (
            models.UniqueConstraint(fields=("partnership", "person"), name="contact_details_once_a_partnership"),
        )

    def __str__(self) -> str:
        return f"{self.person}, {self.partnership}"


class DetailsCheck(models.Model):
    """One board's asking one of its people to keep their details right: what the obligations to confirm hang on."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="details_checks")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="details_checks")

    history: Any = AuthoredHistory()

    class Meta:
        ordering = ("board", "person")
        constraints = (models.UniqueConstraint(fields=("board", "person"), name="details_check_once_a_board"),)

    def __str__(self) -> str:
        return f"{self.person} on {self.board}"
