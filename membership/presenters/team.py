"""The team and offices of a board as printed, and what ends when somebody leaves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from membership.models import OfficeTerm
from membership.operations import Places
from membership.presenters.seats import period_words
from partnership.models import Grant, Partnership, Standing
from partnership.presenters.invitations import tag_of
from partnership.rules.plain_dates import plain_date
from partnership.rules.quorum.terms import Office
from partnership.signing_in.invited import Invited

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TeamRow:
    """Somebody of the team. `may_end` for a place on this very board that has not ended; `tag` in words and colour,
    where they cannot sign in yet.
    """

    pk: int
    person_pk: int
    name: str
    role: str
    scope: str
    when: str
    is_over: bool
    may_end: bool
    is_active: bool
    tag: tuple[str, str]


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """An office, who holds it (None: nobody), and everybody before."""

    id: str
    name: str
    clause: str
    now: OfficeTerm | None
    since: str
    consulted: str
    before: tuple[str, ...]


def team_rows(standings: Sequence[Standing], today: date, invited: Mapping[int, Invited]) -> list[TeamRow]:
    """In the order given; `invited` says how far each person's invitation is, by their ids."""
    return [
        TeamRow(
            pk=one.pk,
            person_pk=one.person_id,
            name=one.person.name,
            role=one.get_role_display(),
            scope="This board" if one.board_id else "The whole partnership",
            when=period_words(one.starts_on, one.until, today),
            is_over=one.until is not None and one.until <= today,
            may_end=one.board_id is not None and (one.until is None or one.until > today),
            is_active=one.person.is_active,
            tag=tag_of(invited[one.person_id]),
        )
        for one in standings
    ]


@dataclass(frozen=True, slots=True)
class GrantRow:
    """Access that was granted until a day. `may_end` while that day has not passed."""

    pk: int
    name: str
    what: str
    reason: str
    by: str
    when: str
    state: str
    may_end: bool


def grant_rows(grants: Sequence[Grant], today: date) -> list[GrantRow]:
    """In the order given."""
    return [
        GrantRow(
            pk=one.pk,
            name=one.person.name,
            what=one.get_codename_display(),
            reason=one.reason,
            by=one.granted_by.name,
            # One that was ended on its first day never held.
            when=period_words(one.starts_on, max(one.until, one.starts_on + A_DAY), today),
            state="Ended" if one.until <= today else "To come" if one.starts_on > today else "In force",
            may_end=one.until > today,
        )
        for one in grants
    ]


def office_rows(offices: Sequence[Office], terms: Sequence[OfficeTerm], today: date) -> list[OfficeRow]:
    """Every office that a member may hold, with its holders."""
    return [_office(office, [one for one in terms if one.office == office.id], today) for office in offices]


def _office(office: Office, terms: Sequence[OfficeTerm], today: date) -> OfficeRow:
    now = next((one for one in terms if one.starts_on <= today and (one.until is None or today < one.until)), None)
    return OfficeRow(
        id=office.id,
        name=office.name[:1].upper() + office.name[1:],
        clause=office.clause.citation,
        now=now,
        since=plain_date(now.starts_on) if now else "",
        consulted=f"Appointed by {now.appointed_by}; consulted on {plain_date(now.consulted_on)}: {now.consulted}"
        if now
        else "",
        before=tuple(
            f"{one.person.name}, {period_words(one.starts_on, one.until, today)}" for one in terms if one != now
        ),
    )


def ending_lines(places: Places, partnership: Partnership) -> Iterator[str]:
    """What ends with somebody's account, a line each; of another partnership only that there is something."""
    for held in places.appointments:
        if held.seat.board.partnership_id != partnership.pk:
            continue
        deputies = ", with the deputies of the seat" if held.order == 0 else ""
        yield f"{held.seat.board.short_name}: {held.get_kind_display().lower()} in {held.seat.name}{deputies}"
    for term in places.offices:
        if term.board.partnership_id == partnership.pk:
            yield f"{term.board.short_name}: {term.office}"
    for standing in places.team:
        if standing.partnership_id == partnership.pk:
            where = standing.board.short_name if standing.board else partnership.short_name
            yield f"{where}: {standing.get_role_display().lower()}"
