"""Contact details as pages and files show them: what the reader may read, and no heading of anything else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from membership.models import AppointmentKind, ContactDetails
from membership.queries.contacts import Listed, OwnDetails
from partnership.change_history import Entry
from partnership.models import Board, Obligation
from partnership.navigation import address_of
from partnership.obligations.hours import rule_of
from partnership.rules.clauses import cited
from partnership.rules.deadlines.deadlines import Deadline
from partnership.rules.plain_dates import counted, long_date, plain_date, plain_time

NOT_GIVEN = "Not provided"
NEVER = "Never confirmed"
TEAM_GROUP = "Partnership team"
# What a history row of details is listed under anyway.
UNSAID = frozenset({"partnership", "person"})


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a list of facts."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class OwnCard:
    """What a person's page shows of one partnership. `state` says when they confirmed, `asks` what the terms ask."""

    partnership: str
    slug: str
    facts: tuple[Fact, ...]
    for_team: tuple[Fact, ...]
    state: str
    asks: str
    is_late: bool
    seen: int
    is_blank: bool


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One person in one place. `state` is how their confirmation stands, `tag` its style; both for the team alone."""

    name: str
    place: str
    group: str
    email: str
    telephone: str
    telephone_href: str
    post_title: str
    work_address: str
    preferred_way: str
    postal_address: str
    confirmed: str
    state: str
    tag: str
    href: str


@dataclass(frozen=True, slots=True)
class ContactGroup:
    title: str
    rows: tuple[ContactRow, ...]


@dataclass(frozen=True, slots=True)
class ContactPage:
    """The list. `asks` says what the terms ask of it, `findings` how it stands; both for the team, else empty."""

    groups: tuple[ContactGroup, ...]
    asks: str
    clause: str
    findings: str
    is_for_team: bool
    headings: tuple[str, ...]


# --- one's own --------------------------------------------------------------------------------------------------------


def own_card(own: OwnDetails, *, today: date) -> OwnCard:
    """The details of one partnership."""
    details = own.details
    return OwnCard(
        partnership=own.partnership.name,
        slug=own.partnership.slug,
        facts=tuple(shared_facts(details)),
        for_team=tuple(team_facts(details)),
        state=_confirmed_words(details),
        asks=_asks(own.asked, today),
        is_late=own.asked is not None and own.asked.due_on < today,
        seen=details.version,
        is_blank=not details.version,
    )


def shared_facts(details: ContactDetails) -> Iterable[Fact]:
    yield Fact("Name", details.person.name)
    yield Fact("E-mail", details.person.email)
    yield Fact("Post title", details.post_title or NOT_GIVEN)
    yield Fact("Work telephone", details.telephone or NOT_GIVEN)
    yield Fact("Work address", details.work_address or NOT_GIVEN)
    yield Fact("Preferred way", details.get_preferred_way_display())


def team_facts(details: ContactDetails) -> Iterable[Fact]:
    yield Fact("Postal address", details.postal_address or NOT_GIVEN)
    yield Fact("At meetings", details.access_needs or NOT_GIVEN)
    yield Fact("Of papers", details.paper_needs or NOT_GIVEN)


def _confirmed_words(details: ContactDetails) -> str:
    if details.confirmed_on is None:
        return "You have not confirmed them yet."
    return f"You confirmed them on {long_date(details.confirmed_on)}."


def _asks(asked: Obligation | None, today: date) -> str:
    """`Confirm or correct them by Thursday 17 June 2027 (Support 4).`"""
    if asked is None:
        return "No clause of your groups' terms of reference asks you to confirm them. You can, at any time."
    when = f"by {long_date(asked.due_on)}" if asked.due_on >= today else f"now: it was due on {long_date(asked.due_on)}"
    return f"Confirm or correct them {when} ({cited(rule_of(asked).clause)} of {asked.board.short_name})."


def changes_of(entries: Iterable[Entry]) -> list[dict[str, object]]:
    """Who changed what, the latest first."""
    return [
        {
            "at": f"{long_date(entry.at.date())}, {plain_time(entry.at.time())}",
            "by": entry.by,
            "done": entry.done,
            "changes": [
                f"{change.field}: {change.was} → {change.now}" for change in entry.changes if change.field not in UNSAID
            ],
        }
        for entry in entries
    ]


# --- the list of a board ----------------------------------------------------------------------------------------------


HEADINGS = ("Name", "Place", "Post title", "E-mail", "Telephone", "Work address", "Preferred way")
HEADINGS_FOR_TEAM = ("Postal address", "Last confirmed")


def contact_page(
    listed: Sequence[Listed],
    *,
    board: Board,
    agencies: Mapping[int, str],
    rule: Deadline | None,
    is_for_team: bool,
    today: date,
) -> ContactPage:
    """Seats first, then the team. What is the team's alone is in the page of the team alone."""
    rows = [_row(each, board, agencies, is_for_team=is_for_team, today=today) for each in listed]
    titles = dict.fromkeys(row.group for row in rows)
    seated = [each for each in listed if each.appointment is not None]
    return ContactPage(
        groups=tuple(ContactGroup(title, tuple(row for row in rows if row.group == title)) for title in titles),
        asks=_asked_of_all(rule) if is_for_team else "",
        clause=rule.clause.words if rule is not None and is_for_team else "",
        findings=_findings(seated, today) if rule is not None and is_for_team else "",
        is_for_team=is_for_team,
        headings=HEADINGS + (HEADINGS_FOR_TEAM if is_for_team else ()),
    )


def contact_lines(page: ContactPage) -> list[list[str]]:
    """The list for a file: the headings and a line each, of what this reader may read."""
    return [list(page.headings), *(_cells(row, page) for group in page.groups for row in group.rows)]


def _cells(row: ContactRow, page: ContactPage) -> list[str]:
    shared = [row.name, row.place, row.post_title, row.email, row.telephone, row.work_address, row.preferred_way]
    return shared + ([row.postal_address, row.confirmed] if page.is_for_team else [])


def _row(each: Listed, board: Board, agencies: Mapping[int, str], *, is_for_team: bool, today: date) -> ContactRow:
    details = each.details
    state, tag = _state(each, today) if is_for_team and each.appointment is not None else ("", "")
    return ContactRow(
        name=each.person.name,
        place=_place(each, agencies),
        group=TEAM_GROUP if each.appointment is None else "Members and deputies",
        email=each.person.email,
        telephone=details.telephone,
        telephone_href="".join(letter for letter in details.telephone if letter in "+0123456789"),
        post_title=details.post_title,
        work_address=details.work_address,
        preferred_way=details.get_preferred_way_display() if details.preferred_way else "",
        postal_address=details.postal_address if is_for_team else "",
        confirmed=_confirmed_on(details) if is_for_team else "",
        state=state,
        tag=tag,
        href=_href(each, board) if is_for_team else "",
    )


def _href(each: Listed, board: Board) -> str:
    return reverse("contact", args=[*address_of(board), each.appointment.pk]) if each.appointment else ""


def _place(each: Listed, agencies: Mapping[int, str]) -> str:
    """`Constabulary`, `Deputy, Constabulary`; of the team what they are."""
    if each.appointment is None:
        return each.standing.get_role_display() if each.standing else ""
    seat = each.appointment.seat
    agency = agencies.get(seat.agency_id or 0, "")
    where = seat.name if agency in {"", seat.name} else f"{seat.name}, {agency}"
    return f"Deputy, {where}" if each.appointment.kind == AppointmentKind.DEPUTY else where


def _confirmed_on(details: ContactDetails) -> str:
    return plain_date(details.confirmed_on) if details.confirmed_on else NEVER


def _state(each: Listed, today: date) -> tuple[str, str]:
    """How somebody's confirmation stands, and the style of its tag; nothing where nobody asks for one."""
    confirmed = each.details.confirmed_on
    if each.asked is not None and each.asked.due_on < today:
        since = plain_date(each.asked.due_on)
        return (f"Stale since {since}" if confirmed else f"Never confirmed, due {since}"), "no"
    if confirmed:
        return f"Confirmed {plain_date(confirmed)}", "yes"
    if each.asked is not None:
        return f"Not yet, due {plain_date(each.asked.due_on)}", "soon"
    return NEVER, "open"


def _asked_of_all(rule: Deadline | None) -> str:
    if rule is None:
        return "No clause of these terms asks members to confirm their details. They can, at any time."
    return (
        f"Each member confirms or corrects their details within {counted(rule.amount, str(rule.unit).rstrip('s'))} "
        f"of the last time ({cited(rule.clause)})."
    )


def _findings(seated: Sequence[Listed], today: date) -> str:
    """`24 people: 2 stale, 1 never confirmed and due, 3 not asked again yet.`"""
    people = {each.person.pk: each for each in seated}.values()
    late = [each for each in people if each.asked is not None and each.asked.due_on < today]
    stale = sum(each.details.confirmed_on is not None for each in late)
    never = sum(each.details.confirmed_on is None for each in people)
    return (
        f"{counted(len(people), 'person', 'people')}: {stale} stale, {never} never confirmed, "
        f"{len(people) - stale - never} up to date."
    )
