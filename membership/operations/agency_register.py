"""The register of one partnership: entering agencies, its own name for them, its list, officers, requests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.text import slugify

from membership.models import (
    Agency,
    AgencyDisplayName,
    AgencyName,
    AgencyOfficer,
    AgencyRequest,
    RegisteredAgency,
    RelevantAgency,
    RequestOutcome,
)
from membership.operations.agencies import call_agency, enter_agency, list_relevant_agency
from membership.operations.agency_identity import Identity, held, require_seen
from membership.operations.named_agencies import keep_asking_in
from membership.queries.agency_facts import local_facts
from membership.queries.agency_register import agencies_known_as
from partnership import clock
from partnership.authorship import deleted, saved
from partnership.models import Partnership, User

# Words that stand for pages of the register in its addresses.
PAGES = frozenset({"add", "file", "import", "requests", "template", "known"})
LONGEST_SLUG = 90


class NameKnownHere(Exception):
    """The register holds an agency of that name; `agency` is that one."""

    def __init__(self, agency: Agency, name: str) -> None:
        super().__init__(f"The register already holds an agency known as {name}.")
        self.agency = agency


class NameKnownElsewhere(Exception):
    """Another partnership knows an agency of that name: it may be the same one."""

    def __init__(self, agencies: Sequence[Agency], name: str) -> None:
        super().__init__(f"An agency called {name} is known already, though not in this register. Is it the same one?")
        self.agencies = agencies


class InTheRegister(Exception):
    """The agency is in the register already."""


class ListedAlready(Exception):
    """The list has that line already."""


class NotListed(Exception):
    """The line is not on the list."""


class BeginsTooEarly(Exception):
    """A day lies before the one it has to follow."""


class OfficerMissing(Exception):
    """Nobody is named."""


class AlreadyAsked(Exception):
    """That body's request waits already."""


class AlreadyDecided(Exception):
    """The request is decided."""


@transaction.atomic
def register_agency(
    *,
    partnership: Partnership,
    name: str,
    identity: Identity,
    by: User,
    aliases: Sequence[str] = (),
    since: date | None = None,
    is_another: bool = False,
) -> Agency:
    """Enter an agency that is new to the register.

    `is_another` says that it is not the one of the same name that other partnerships know. Raises NameKnownHere,
    NameKnownElsewhere.
    """
    Partnership.objects.select_for_update(no_key=True).get(pk=partnership.pk)
    _require_new_here(partnership, [name, *aliases])
    known = agencies_known_as(name=name, on=clock.today())
    if known and not is_another:
        raise NameKnownElsewhere(known, name)
    agency = enter_agency(
        slug=_free_slug(name),
        name=name,
        kind=identity.kind,
        statutory_role=identity.statutory_role,
        section_11=identity.section_11,
        education_duty=identity.education_duty,
        parent=identity.parent,
        aliases=aliases,
        since=since,
        by=by,
    )
    saved(RegisteredAgency(partnership=partnership, agency=agency), by=by, reason="Entered in the register")
    return agency


@transaction.atomic
def use_agency(*, partnership: Partnership, agency: Agency, by: User) -> RegisteredAgency:
    """Enter an agency that others know already: its identity stays as it is. Raises InTheRegister, NameKnownHere."""
    agency = held(agency=agency, partnership=partnership)
    if Agency.objects.used_by([partnership]).filter(pk=agency.pk).exists():
        raise InTheRegister("This agency is in the register already.")
    names = AgencyName.objects.filter(agency=agency, is_alias=False, until=None)
    _require_new_here(partnership, list(names.values_list("name", flat=True)))
    return saved(RegisteredAgency(partnership=partnership, agency=agency), by=by, reason="Entered in the register")


def _require_new_here(partnership: Partnership, names: Sequence[str]) -> None:
    for name in names:
        here = agencies_known_as(name=name, on=clock.today(), partnership=partnership)
        if here:
            raise NameKnownHere(here[0], name)


def _free_slug(name: str) -> str:
    """The word that stands for it in addresses: its name's, with a number where that is taken."""
    stem = slugify(name)[:LONGEST_SLUG].strip("-") or "agency"
    taken = set(Agency.objects.filter(slug__startswith=stem).values_list("slug", flat=True)) | PAGES
    number, slug = 1, stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


@transaction.atomic
def name_locally(*, agency: Agency, partnership: Partnership, name: str, by: User, seen: str | None = None) -> None:
    """How the partnership's own pages call it; empty for the name it bears. Raises AgencyClash, NameKnownHere."""
    agency = held(agency=agency, partnership=partnership)
    require_seen(seen, local_facts(agency=agency, partnership=partnership))
    if not name:
        for called in AgencyDisplayName.objects.filter(agency=agency, partnership=partnership):
            deleted(called, by=by, reason="No name of our own any more")
        return
    here = agencies_known_as(name=name, on=clock.today(), partnership=partnership)
    other = next((one for one in here if one.pk != agency.pk), None)
    if other is not None:
        raise NameKnownHere(other, name)
    call_agency(agency=agency, partnership=partnership, name=name, by=by)


# --- the list of relevant agencies ------------------------------------------------------------------------------------


@transaction.atomic
def list_agency(
    *,
    agency: Agency,
    partnership: Partnership,
    category: str,
    listed_as: str,
    source: str,
    since: date,
    by: User,
    note: str = "",
) -> RelevantAgency:
    """Put it on the list of relevant agencies from a day. Raises ListedAlready."""
    agency = held(agency=agency, partnership=partnership)
    open_lines = RelevantAgency.objects.filter(partnership=partnership, until=None)
    if open_lines.filter(agency=agency, listed_as=listed_as).exists():
        raise ListedAlready(f"It is on the list as {listed_as} already.")
    return list_relevant_agency(
        partnership=partnership,
        agency=agency,
        category=category,
        listed_as=listed_as,
        source=source,
        since=since,
        note=note,
        by=by,
    )


@transaction.atomic
def unlist_agency(*, line: RelevantAgency, on: date, reason: str, by: User) -> RelevantAgency:
    """Take a line off the list from a day; it is kept with its days. Raises NotListed, BeginsTooEarly."""
    held(agency=line.agency, partnership=line.partnership)
    line.refresh_from_db()
    if line.until is not None:
        raise NotListed("It is not on the list any more.")
    if line.since is not None and on <= line.since:
        raise BeginsTooEarly(f"It is on the list since {line.since:%-d %B %Y}. Enter a later day.")
    line.until = on
    saved(line, by=by, reason=reason, fields=["until"])
    keep_asking_in(partnership=line.partnership, by=by)
    return line


# --- the senior officer -----------------------------------------------------------------------------------------------


@transaction.atomic
def name_officer(
    *,
    agency: Agency,
    partnership: Partnership,
    name: str,
    post: str,
    from_on: date,
    by: User,
    person: User | None = None,
    seen: str | None = None,
) -> AgencyOfficer:
    """Name who answers for the agency from a day; who did so before is kept. Raises AgencyClash, BeginsTooEarly."""
    agency = held(agency=agency, partnership=partnership)
    require_seen(seen, local_facts(agency=agency, partnership=partnership))
    before = AgencyOfficer.objects.filter(agency=agency, partnership=partnership).order_by("-starts_on").first()
    if before is not None and from_on <= before.starts_on:
        raise BeginsTooEarly(f"{before.name} is named since {before.starts_on:%-d %B %Y}. Enter a later day.")
    if before is not None and before.until is None:
        before.until = from_on
        saved(before, by=by, reason=f"Followed by {name}", fields=["until"])
    named = AgencyOfficer(
        partnership=partnership, agency=agency, name=name, post=post, person=person, starts_on=from_on
    )
    return saved(named, by=by, reason="Named as senior officer")


@transaction.atomic
def end_officer(*, agency: Agency, partnership: Partnership, on: date, reason: str, by: User) -> AgencyOfficer:
    """Nobody is named from that day. Raises OfficerMissing, BeginsTooEarly."""
    agency = held(agency=agency, partnership=partnership)
    named = AgencyOfficer.objects.filter(agency=agency, partnership=partnership, until=None).first()
    if named is None:
        raise OfficerMissing("Nobody is named for this agency.")
    if on <= named.starts_on:
        raise BeginsTooEarly(f"{named.name} is named since {named.starts_on:%-d %B %Y}. Enter a later day.")
    named.until = on
    return saved(named, by=by, reason=reason, fields=["until"])


# --- requests to be named ---------------------------------------------------------------------------------------------


@transaction.atomic
def record_request(
    *,
    partnership: Partnership,
    body: str,
    asked_by: str,
    asked_on: date,
    by: User,
    contact: str = "",
    case_for: str = "",
) -> AgencyRequest:
    """A body asks to be named as a relevant agency. Raises AlreadyAsked."""
    Partnership.objects.select_for_update(no_key=True).get(pk=partnership.pk)
    waiting = AgencyRequest.objects.filter(partnership=partnership, outcome=RequestOutcome.PENDING)
    if waiting.filter(body__iexact=body).exists():
        raise AlreadyAsked(f"A request of {body} is waiting already.")
    asked = AgencyRequest(
        partnership=partnership, body=body, asked_by=asked_by, asked_on=asked_on, contact=contact, case_for=case_for
    )
    return saved(asked, by=by, reason="Request recorded")


@transaction.atomic
def decide_request(
    *,
    request: AgencyRequest,
    outcome: RequestOutcome,
    decided_by: str,
    decided_on: date,
    reason: str,
    by: User,
    agency: Agency | None = None,
) -> AgencyRequest:
    """What came of it; `agency` is the one of the register that the body is. Raises AlreadyDecided, BeginsTooEarly."""
    found = AgencyRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if found.outcome != RequestOutcome.PENDING:
        raise AlreadyDecided(f"This request is decided: {found.get_outcome_display().lower()}.")
    if decided_on < found.asked_on:
        raise BeginsTooEarly(f"They asked on {found.asked_on:%-d %B %Y}. Enter that day or a later one.")
    found.outcome, found.decided_by, found.decided_on = outcome, decided_by, decided_on
    found.reason, found.agency = reason, agency
    return saved(found, by=by, reason=f"Decided: {outcome.label.lower()}")
