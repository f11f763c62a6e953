"""Opening a case file, naming who reads it, adding papers, closing it. None of it is told outside the case tier."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import IO

from django.conf import settings
from django.core.files import File
from django.db import transaction

from meetings.operations.papers import cleaned_name
from meetings.paper_files import checked_file
from partnership import clock, protections
from partnership.access import Role
from partnership.authorship import saved
from partnership.models import Partnership, Reader, Standing, StandingSource, User
from partnership.uploads import MEGABYTE
from reviews.models import CaseFile, CasePaper
from reviews.models.case import stored_case_paper

# Letters for the kind of review and numbers, so that no name finds its way into it.
REFERENCE = re.compile(r"[A-Z]{2,6}-\d{4}-\d{1,3}", re.ASCII)
READ_AFTER_CLOSING = timedelta(days=28)
# A naming on a case lasts until it is taken back; this is only further away than any case.
AS_LONG_AS_IT_TAKES = timedelta(days=3650)


class NotAReference(Exception):
    """A reference is letters, a year and a number."""


class ReferenceTaken(Exception):
    """The partnership has a case of that reference."""


class NotOfTheCaseTier(Exception):
    """Only somebody of the partnership's case tier is named on a case."""


class CaseClosed(Exception):
    """The case is closed."""


class NotTheirsToClose(Exception):
    """The panel's chair closes a case."""


@transaction.atomic
def admit_to_case_tier(*, person: User, partnership: Partnership, starts_on: date, by: User) -> Standing:
    """Let somebody into the partnership's case tier: of a case they learn once they are named on it."""
    standing = Standing(
        person=person,
        role=Role.CASE_TIER,
        partnership=partnership,
        starts_on=starts_on,
        source=StandingSource.CASE_TIER,
        source_id=person.pk,
    )
    return saved(standing, by=by, reason="Admitted to the case tier")


@transaction.atomic
def open_case(*, partnership: Partnership, reference: str, steward: User, panel_chair: User, by: User) -> CaseFile:
    """Open a case for its steward and its panel's chair, who are named on it. Raises NotAReference, ReferenceTaken."""
    if not REFERENCE.fullmatch(reference):
        raise NotAReference("Enter a reference such as CSPR-2027-1: letters, a year and a number, and never a name.")
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    if CaseFile.objects.filter(partnership=partnership, reference=reference).exists():
        raise ReferenceTaken("There is such a reference already. Take the next number.")
    protection = protections.protect(partnership=partnership, board=None, by=by)
    protections.limit(protection=protection, reason="A case file", by=by)
    case = CaseFile(
        partnership=partnership,
        reference=reference,
        opened_on=clock.today(),
        steward=steward,
        panel_chair=panel_chair,
        protection=protection,
    )
    saved(case, by=by, reason="Case opened")
    for person in {steward.pk: steward, panel_chair.pk: panel_chair}.values():
        name_on_case(case=case, person=person, reason="Keeps the case", by=by)
    return case


@transaction.atomic
def name_on_case(*, case: CaseFile, person: User, reason: str, by: User) -> Reader:
    """Name somebody of the case tier on a case. Raises NotOfTheCaseTier, CaseClosed, `protections.NoReasonGiven`."""
    held = _open(case)
    if person.pk not in {one.pk for one in case_tier_of(held.partnership, clock.today())}:
        raise NotOfTheCaseTier(f"{person.name} is not of the case tier.")
    known = Reader.objects.in_force(clock.today()).filter(protection=held.protection_id, person=person).first()
    if known is not None:
        return known
    last = clock.today() + AS_LONG_AS_IT_TAKES
    return protections.name_reader(protection=held.protection, person=person, reason=reason, ends_on=last, by=by)


def add_case_paper(*, case: CaseFile, title: str, file: IO[bytes], original_name: str, by: User) -> CasePaper:
    """Keep a file with a case. Raises `paper_files.FileRefused`, CaseClosed."""
    found = checked_file(file, limit=settings.PAPER_MEGABYTES * MEGABYTE)
    paper = CasePaper(title=title, format=found.format, size=found.size, sha256=found.sha256, added_at=clock.now())
    try:
        with transaction.atomic():
            paper.case = _open(case)
            paper.file.save(cleaned_name(original_name, found.format), File(file), save=False)
            return saved(paper, by=by, reason="Case paper added")
    except BaseException:
        paper.file.storage.delete(stored_case_paper(paper, ""))
        raise


@transaction.atomic
def close_case(*, case: CaseFile, by: User, reason: str) -> CaseFile:
    """Close a case: whoever is named reads it for 28 days more. Raises CaseClosed, NotTheirsToClose, NoReasonGiven."""
    held = _open(case)
    if by.pk != held.panel_chair_id:
        raise NotTheirsToClose("The panel's chair closes the case.")
    if not reason.strip():
        raise protections.NoReasonGiven("Say why the case is closed.")
    today = clock.today()
    held.closed_on = today
    saved(held, by=by, reason=reason.strip(), fields=["closed_on"])
    last = today + READ_AFTER_CLOSING + timedelta(days=1)
    for reader in Reader.objects.in_force(today).filter(protection=held.protection_id, until__gt=last):
        reader.until = last
        saved(reader, by=by, reason="Case closed", fields=["until"])
    return held


def case_tier_of(partnership: Partnership, on: date) -> list[User]:
    """Who is of the partnership's case tier, by name."""
    standings = Standing.objects.in_force(on).filter(
        partnership=partnership, role=Role.CASE_TIER, person__is_active=True
    )
    people = {one.person_id: one.person for one in standings.select_related("person")}
    return sorted(people.values(), key=lambda person: (person.name, person.pk))


def _open(case: CaseFile) -> CaseFile:
    """The case, locked until the transaction ends. Raises CaseClosed."""
    cases = CaseFile.objects.select_for_update(of=("self",)).select_related("partnership", "protection")
    held = cases.get(pk=case.pk)
    if held.closed_on is not None:
        raise CaseClosed("This case is closed.")
    return held
