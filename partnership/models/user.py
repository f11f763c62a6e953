"""A person who signs in, or a named system author for jobs."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower

from partnership.addresses import looked_for
from partnership.models.audit import What
from partnership.models.history import AuthoredHistory


class RemindersAs(models.TextChoices):
    SINGLE = "single", "One message for each reminder"
    DIGEST = "digest", "One message a working day, with all of that day's reminders"


class UserQuerySet(models.QuerySet["User"]):
    """People, filtered as the office speaks of them."""

    def active(self) -> Self:
        return self.filter(is_active=True)

    def people(self) -> Self:
        """Without the named system authors, who never sign in and never sit anywhere."""
        return self.filter(is_system=False)

    def at_address(self, typed: str) -> Self:
        """Whose address that is, however it was typed: one person, or nobody."""
        return self.filter(email=looked_for(typed))

    def demo(self) -> Self:
        return self.filter(is_demo=True, is_system=False)


class UserManager(BaseUserManager["User"]):
    """Signing in is by e-mail address, kept as `partnership.addresses` has it."""

    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)

    def active(self) -> UserQuerySet:
        return self.get_queryset().active()

    def people(self) -> UserQuerySet:
        return self.get_queryset().people()

    def at_address(self, typed: str) -> UserQuerySet:
        return self.get_queryset().at_address(typed)

    def demo(self) -> UserQuerySet:
        return self.get_queryset().demo()

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=looked_for(username or ""))


class User(AbstractBaseUser, PermissionsMixin):
    """A person, known by e-mail address. Deactivated when they leave, never deleted.

    `is_superuser` (from PermissionsMixin) gives nothing: rights come from `partnership.access` alone.
    """

    # Sign-ins belong to the audit trail; a column here would write an authorless history row at each of them.
    last_login = None

    email = models.EmailField("e-mail address", max_length=254, unique=True)
    name = models.CharField(max_length=150)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False, help_text="A fictional person of the demonstration.")
    is_system = models.BooleanField(default=False, help_text="The named author of a job; never signs in.")
    joined_at = models.DateTimeField()
    reminders_as = models.CharField(max_length=10, choices=RemindersAs.choices, default=RemindersAs.SINGLE)
    week_letter = models.BooleanField(default=True, help_text="Whether they want the letter of the week.")
    refused_address = models.EmailField(
        max_length=254, blank=True, help_text="The address that a mail server refused last; empty once one takes it."
    )

    history: ClassVar[Any] = AuthoredHistory(excluded_fields=["password"])

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "people"
        ordering = ("name", "pk")
        constraints = (
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_is_lower_case"),
            models.CheckConstraint(condition=~models.Q(name=""), name="user_has_a_name"),
        )
        indexes = (models.Index(fields=("name",), name="user_by_name"),)

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    @property
    def is_address_refused(self) -> bool:
        """Whether mail to the present address came to nothing; another address begins afresh."""
        return self.refused_address != "" and self.refused_address == self.email

    def audited_as(self, how: str) -> What:
        if how == "+":
            return What.PERSON_ENTERED
        return What.PERSON_CHANGED if self.is_active else What.DEACTIVATED
