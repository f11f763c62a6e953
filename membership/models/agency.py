"""Agencies: organisations, known across partnerships by their public identity only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q

from membership.duty_holders import section_11_choices
from partnership import access
from partnership.models import Partnership
from partnership.models.history import AuthoredHistory


class AgencyKind(models.TextChoices):
    """What sort of organisation it is; the value is the label a constitution may call it by."""

    LOCAL_AUTHORITY = "local authority", "Local authority"
    POLICE = "police", "Police"
    ICB = "ICB", "Integrated care board"
    NHS_PROVIDER = "NHS provider", "NHS provider"
    FIRE_AND_RESCUE = "fire and rescue", "Fire and rescue service"
    PROBATION = "probation", "Probation service"
    PRISON = "prison", "Prison or secure setting"
    EDUCATION = "education", "School, college or early years"
    HOUSING = "housing", "Housing provider"
    FAITH = "faith", "Faith body"
    VOLUNTARY = "voluntary", "Voluntary or community body"
    SPORT = "sport", "Sports body"
    PARTNERSHIP_BODY = "partnership body", "Board or partnership"
    OTHER = "other", "Other"


class StatutoryRole(models.TextChoices):
    """Its place under the Children Act 2004."""

    SAFEGUARDING_PARTNER = "safeguarding partner", "Statutory safeguarding partner"
    RELEVANT_AGENCY = "relevant agency", "Relevant agency"
    OTHER = "other", "Other"


class EducationDuty(models.TextChoices):
    """Which section of the Education Act 2002 puts a duty to safeguard on it."""

    NONE = "", "None"
    SECTION_175 = "175", "Section 175"
    SECTION_157 = "157", "Section 157"


class AgencyQuerySet(models.QuerySet["Agency"]):
    def visible_to(self, user: access.Asker, on: date | None = None) -> Self:
        """Agencies in the register of a partnership open to the person."""
        return self.used_by(Partnership.objects.visible_to(user, on))

    def used_by(self, partnerships: models.QuerySet[Partnership] | Sequence[Partnership]) -> Self:
        """Those that sit or sat on a board, are or were listed, or were entered, in one of these partnerships."""
        entered = RegisteredAgency.objects.filter(partnership__in=partnerships).order_by().values("agency")
        listed = RelevantAgency.objects.filter(partnership__in=partnerships).order_by().values("agency")
        # One list put together, not three conditions: a database looks in it once for each agency.
        return self.filter(pk__in=entered.union(listed, self._seated(partnerships), all=True))

    def _seated(self, partnerships: models.QuerySet[Partnership] | Sequence[Partnership]) -> models.QuerySet[Any]:
        # Through the application's registry: seats are of a module that imports this one.
        seats = Agency._meta.get_field("seats").related_model
        held = seats._default_manager.filter(board__partnership__in=partnerships, agency__isnull=False)
        return held.order_by().values("agency")


class Agency(models.Model):
    """One organisation. Its names are dated rows; how a partnership calls it is that partnership's own."""

    slug = models.SlugField(max_length=100, unique=True)
    kind = models.CharField(max_length=20, choices=AgencyKind.choices, db_index=True)
    statutory_role = models.CharField(max_length=20, choices=StatutoryRole.choices, db_index=True)
    section_11 = models.CharField(
        "Section 11 duty", max_length=40, blank=True, choices=section_11_choices, db_index=True
    )
    education_duty = models.CharField(
        "duty under the Education Act", max_length=3, blank=True, choices=EducationDuty.choices, db_index=True
    )
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")

    history: Any = AuthoredHistory()
    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "agencies"
        ordering = ("slug",)
        constraints = (
            # Longer circles are refused by the operation, which holds the agencies meanwhile.
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=models.F("id")), name="agency_is_not_its_own_parent"
            ),
        )

    def __str__(self) -> str:
        return self.slug


class AgencyNameQuerySet(models.QuerySet["AgencyName"]):
    def in_use(self, on: date) -> Self:
        """Names held on that date; a name without a start has always been held."""
        return self.filter(Q(starts_on=None) | Q(starts_on__lte=on), Q(until=None) | Q(until__gt=on))


class AgencyName(models.Model):
    """A name that the agency bears, or is also known by, over a period; an open end is None."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="names")
    name = models.CharField(max_length=200)
    is_alias = models.BooleanField(default=False)
    starts_on = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    history: Any = AuthoredHistory()
    objects = AgencyNameQuerySet.as_manager()

    class Meta:
        ordering = ("agency", "is_alias", "-starts_on")
        constraints = (
            models.CheckConstraint(
                condition=Q(until=None) | Q(starts_on=None) | Q(until__gt=models.F("starts_on")),
                name="agency_name_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=("agency",), condition=Q(is_alias=False, until=None), name="agency_has_one_name_today"
            ),
            models.UniqueConstraint(fields=("agency", "name", "is_alias", "starts_on"), name="agency_name_once"),
            # The one above lets names without a start repeat.
            models.UniqueConstraint(
                fields=("agency", "name"), condition=Q(is_alias=True, until=None), name="agency_alias_once"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="agency_name_says_something"),
        )
        indexes = (
            models.Index(fields=("name",), name="agency_name_by_name"),
            # With all that says what an agency is called on a day: a list of thousands reads it from here alone.
            models.Index(fields=("agency", "is_alias", "until", "starts_on", "name"), name="agency_name_of_agency"),
        )

    def __str__(self) -> str:
        return self.name


class AgencyDisplayName(models.Model):
    """What one partnership calls the agency on its own pages."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="agency_display_names")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="display_names")
    name = models.CharField(max_length=200)

    history: Any = AuthoredHistory()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("partnership", "agency"), name="agency_display_name_once_a_partnership"),
            models.UniqueConstraint(fields=("partnership", "name"), name="agency_display_name_means_one_agency"),
        )

    def __str__(self) -> str:
        return self.name


class RegisteredAgency(models.Model):
    """That a partnership has entered the agency in its register, be it seated or listed or neither."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="registered_agencies")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="registrations")

    history: Any = AuthoredHistory()

    class Meta:
        verbose_name_plural = "registered agencies"
        constraints = (
            models.UniqueConstraint(fields=("partnership", "agency"), name="registered_agency_once_a_partnership"),
        )

    def __str__(self) -> str:
        return f"{self.agency} in the register of {self.partnership}"


class RelevantAgencyQuerySet(models.QuerySet["RelevantAgency"]):
    def visible_to(self, user: access.Asker, on: date | None = None) -> Self:
        return access.visible(self, to=user, on=on)

    def standing(self, on: date) -> Self:
        """Lines that are on the list that day; a line without a day was always there."""
        return self.filter(Q(since=None) | Q(since__lte=on), Q(until=None) | Q(until__gt=on))


class RelevantAgency(models.Model):
    """One line of a partnership's published list of relevant agencies.

    `listed_as` is the name as the list has it; `note` says what was merged from, or split off, another line.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="relevant_agencies")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="listings")
    category = models.CharField(max_length=100)
    listed_as = models.CharField(max_length=250)
    note = models.CharField(max_length=300, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200)

    history: Any = AuthoredHistory()
    objects = RelevantAgencyQuerySet.as_manager()

    access_subject = access.Subject(access.Kind.PARTNERSHIP, board=None, partnership="partnership")

    class Meta:
        verbose_name_plural = "relevant agencies"
        ordering = ("partnership", "category", "listed_as")
        constraints = (
            models.UniqueConstraint(
                fields=("partnership", "agency", "listed_as"),
                condition=Q(until=None),
                name="relevant_agency_listed_once",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(since=None) | Q(until__gt=models.F("since")),
                name="relevant_agency_ends_after_it_starts",
            ),
        )
        indexes = (
            models.Index(fields=("partnership", "category"), name="relevant_agency_by_category"),
            models.Index(fields=("partnership", "agency"), name="relevant_agency_by_agency"),
        )

    def __str__(self) -> str:
        return self.listed_as
