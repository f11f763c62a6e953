"""The register of agencies of one partnership: searched, narrowed, sorted, a page at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import CharField, Exists, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Lower

from membership.models import (
    Agency,
    AgencyDisplayName,
    AgencyName,
    AgencySuccession,
    RegisteredAgency,
    RelevantAgency,
    Seat,
)
from partnership import access
from partnership.models import Partnership

YES, NO = "yes", "no"
NO_DUTY = "none"
# What the list can be sorted by: the word in its address, and the columns.
SORTINGS = {"name": ("sorted_by",), "-name": ("-sorted_by",), "kind": ("kind", "sorted_by")}


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a reader asks the register for; an empty choice asks for everything."""

    words: str = ""
    kinds: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    section_11: tuple[str, ...] = ()
    education: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    seated: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    sort: str = "name"


@dataclass(frozen=True, slots=True)
class OtherName:
    """A further name of an agency; `until` where it no longer bears it."""

    name: str
    is_alias: bool
    starts_on: date | None
    until: date | None


@dataclass(slots=True)
class RegisterRow:
    """One agency as the partnership's register shows it; `headings` are those it is listed under."""

    agency: Agency
    name: str
    other_names: list[OtherName] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    succession: AgencySuccession | None = None
    successor_name: str = ""


def agencies_in(partnership: Partnership) -> QuerySet[Agency]:
    """The agencies of the partnership's register."""
    return Agency.objects.used_by([partnership])


def named(agencies: QuerySet[Agency], *, partnership: Partnership, on: date, sort: str = "name") -> QuerySet[Agency]:
    """The agencies in order, each `shown` under the name that the partnership knows it by that day."""
    borne = Q(names__is_alias=False) & _in_use(on, "names__")
    shown = Coalesce("own__name", "borne__name", "slug", output_field=CharField())
    found = agencies.annotate(
        own=FilteredRelation("display_names", condition=Q(display_names__partnership=partnership)),
        borne=FilteredRelation("names", condition=borne),
    ).annotate(shown=shown, sorted_by=Lower(shown))
    return found.order_by(*SORTINGS[sort], "pk")


def narrowed(narrowing: Narrowing, *, partnership: Partnership, on: date) -> QuerySet[Agency]:
    """Those agencies of the partnership's register that the narrowing asks for."""
    if narrowing == Narrowing(sort=narrowing.sort):
        return agencies_in(partnership)
    # Whatever is listed or seated is in the register, so that nothing else need be asked for.
    is_there = narrowing.categories or {YES} in (set(narrowing.listed), set(narrowing.seated))
    agencies = Agency.objects.all() if is_there else agencies_in(partnership)
    columns = {"kind__in": narrowing.kinds, "statutory_role__in": narrowing.roles}
    agencies = agencies.filter(**{column: chosen for column, chosen in columns.items() if chosen})
    if narrowing.education:
        agencies = agencies.filter(education_duty__in=["" if duty == NO_DUTY else duty for duty in narrowing.education])
    listings = RelevantAgency.objects.standing(on).filter(partnership=partnership)
    seats = Seat.objects.on_board(on).filter(board__partnership=partnership, agency__isnull=False)
    for chosen, condition in (
        (narrowing.section_11, ~Q(section_11="")),
        (narrowing.listed, Q(pk__in=listings.values("agency"))),
        (narrowing.seated, Q(pk__in=seats.values("agency"))),
    ):
        if set(chosen) == {YES}:
            agencies = agencies.filter(condition)
        elif set(chosen) == {NO}:
            agencies = agencies.exclude(condition)
    if narrowing.categories:
        agencies = agencies.filter(pk__in=listings.filter(category__in=narrowing.categories).values("agency"))
    if narrowing.words:
        agencies = agencies.filter(_bears(narrowing.words, partnership))
    return agencies


def _bears(words: str, partnership: Partnership) -> Q:
    """A name, present or past, or the partnership's own name for it, that holds the words."""
    names = AgencyName.objects.filter(name__icontains=words).values("agency")
    own = AgencyDisplayName.objects.filter(name__icontains=words, partnership=partnership).values("agency")
    return Q(pk__in=names) | Q(pk__in=own)


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """One page of the register as it was narrowed: `total` rows on `pages` pages."""

    rows: list[RegisterRow]
    total: int
    number: int
    pages: int


def register_page(
    *, partnership: Partnership, user: access.Asker, on: date, narrowing: Narrowing, number: int, size: int
) -> RegisterPage:
    """A page of the register; the last one where there are fewer. Five queries; six if one was followed."""
    chosen = narrowed(narrowing, partnership=partnership, on=on)
    ordered = named(chosen, partnership=partnership, on=on, sort=narrowing.sort)
    # Counted by itself: a count beside each row would have the database name and sort them all for it.
    total = chosen.count()
    pages = max(1, -(-total // size))
    number = min(number, pages)
    rows = register_rows(agencies=_page(ordered, number, pages, total, size), partnership=partnership, user=user, on=on)
    return RegisterPage(rows, total, number, pages)


def _page(ordered: QuerySet[Agency], number: int, pages: int, total: int, size: int) -> list[Agency]:
    """That page in order. Past the middle it is counted from the end: a database keeps as few sorted rows as it can."""
    first, last = (number - 1) * size, min(number * size, total)
    if number * 2 <= pages + 1:
        return list(ordered[first:last])
    return list(ordered.reverse()[total - last : total - first])[::-1]


def register_rows(
    *, agencies: Iterable[Agency], partnership: Partnership, user: access.Asker, on: date
) -> list[RegisterRow]:
    """Agencies that are `named`, with what the register says of them. Three queries; four if one was followed."""
    rows = {agency.pk: RegisterRow(agency, agency.shown) for agency in agencies}  # type: ignore[attr-defined]  # annotated
    if not rows:
        return []
    succession = AgencySuccession.objects.filter(agency=OuterRef("agency"), withdrawn_on=None)
    names = AgencyName.objects.filter(agency__in=rows).annotate(is_followed=Exists(succession))
    followed = dict(rows)
    columns = ("agency", "is_followed", "name", "is_alias", "starts_on", "until")
    for agency, is_followed, *words in names.order_by("is_alias", "name").values_list(*columns):
        name = OtherName(*words)
        if not is_followed:
            followed.pop(agency, None)
        if name.name != rows[agency].name and not (name.starts_on and name.starts_on > on):
            rows[agency].other_names.append(name)
    held = Seat.objects.visible_to(user, on).on_board(on).filter(board__partnership=partnership, agency__in=rows)
    for seat in held.select_related("board"):
        rows[seat.agency_id or 0].seats.append(seat)
    listed = RelevantAgency.objects.visible_to(user, on).standing(on).filter(partnership=partnership, agency__in=rows)
    # Sorted here: for these few rows a database would read the whole list in that order.
    for category, _, agency in sorted(listed.order_by().values_list("category", "listed_as", "agency")):
        rows[agency].headings.append(category)
    if followed:
        _add_successions(followed, partnership, on)
    return list(rows.values())


def _add_successions(rows: dict[int, RegisterRow], partnership: Partnership, on: date) -> None:
    """Whom others stand in the place of, with their names as the partnership knows them, in one query."""
    successor = OuterRef("successor")
    own = AgencyDisplayName.objects.filter(agency=successor, partnership=partnership).values("name")[:1]
    borne = AgencyName.objects.filter(agency=successor, is_alias=False).in_use(on).values("name")[:1]
    found = AgencySuccession.objects.filter(agency__in=rows, withdrawn_on=None).select_related("successor")
    for succession in found.annotate(shown=Coalesce(Subquery(own), Subquery(borne), output_field=CharField())):
        rows[succession.agency_id].succession = succession
        rows[succession.agency_id].successor_name = succession.shown or succession.successor.slug


def categories_of(*, partnership: Partnership) -> list[str]:
    """The headings of the partnership's list of relevant agencies, by name."""
    lines = RelevantAgency.objects.filter(partnership=partnership).order_by("category")
    return list(lines.values_list("category", flat=True).distinct())


def is_used_elsewhere(*, agency: Agency, partnership: Partnership) -> bool:
    """Whether another partnership has the agency in its register, on its list or on a board. One query."""
    other = ~Q(partnership=partnership)
    return Agency.objects.filter(
        Q(Exists(RegisteredAgency.objects.filter(other, agency=OuterRef("pk"))))
        | Q(Exists(RelevantAgency.objects.filter(other, agency=OuterRef("pk"))))
        | Q(Exists(Seat.objects.filter(~Q(board__partnership=partnership), agency=OuterRef("pk")))),
        pk=agency.pk,
    ).exists()


def _in_use(on: date, path: str) -> Q:
    begun = Q(**{f"{path}starts_on": None}) | Q(**{f"{path}starts_on__lte": on})
    return begun & (Q(**{f"{path}until": None}) | Q(**{f"{path}until__gt": on}))


def agencies_known_as(*, name: str, on: date, partnership: Partnership | None = None) -> list[Agency]:
    """The agencies that bear or are known by that name on a day, in any letters; those of one register where asked."""
    called = AgencyName.objects.in_use(on).filter(name__iexact=name).values("agency")
    if partnership is None:
        return list(Agency.objects.filter(pk__in=called))
    own = AgencyDisplayName.objects.filter(partnership=partnership, name__iexact=name).values("agency")
    return list(agencies_in(partnership).filter(Q(pk__in=called) | Q(pk__in=own)))


def agencies_named_anywhere(*, names: Iterable[str], on: date) -> set[str]:
    """Which of these names an agency bears or is known by, in any partnership; in small letters. One query."""
    wanted = {name.casefold() for name in names}
    borne = AgencyName.objects.in_use(on).values_list("name", flat=True)
    return {name.casefold() for name in borne.iterator() if name.casefold() in wanted}
