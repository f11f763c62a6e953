"""What a further version would make of the seats, and whose agencies its organisations are."""

from __future__ import annotations

from datetime import date

from pytest_django import DjangoAssertNumQueries

from membership.models import AgencyKind, StatutoryRole
from membership.operations import arrange_seats, enter_agency, name_deputy
from membership.seat_changes import ChangingSeat, SeatChanges, agencies_by_terms, seat_changes
from partnership.access import Role
from partnership.queries import terms_in, terms_of
from partnership.rules.constitution import Constitution as Terms
from tests.cast import LONG_AGO, Cast, amended

MAY = date(2027, 5, 1)
PRISON = "  - {id: hmp, name: HMP Isle of Wight, organisation: hmp}\n"


def terms(changes: dict[str, str]) -> Terms:
    return terms_in(text=amended("isle-of-wight/main-board", changes))


def changes_of(cast: Cast, after: Terms) -> SeatChanges:
    return seat_changes(board=cast.board, before=terms_of(constitution=cast.constitution), after=after, from_on=MAY)


def test_the_same_terms_change_no_seat(cast: Cast) -> None:
    found = changes_of(cast, terms_of(constitution=cast.constitution))
    assert (found.coming, found.going, found.changing, found.kept) == ((), (), (), 25)


def test_a_seat_goes_with_everybody_in_it_and_another_comes(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    held = cast.seat("governor", "hmp")
    deputy = name_deputy(
        seat=cast.seats["hmp"], person=cast.person("deputy governor"), starts_on=LONG_AGO, by=cast.author
    )
    after = terms({PRISON: "  - {id: prison, name: The prison, organisation: hmp}\n"})
    with django_assert_num_queries(2):
        found = changes_of(cast, after)
    assert found.coming == ("The prison",)
    (going,) = found.going
    assert (going.seat, going.holders) == (cast.seats["hmp"], (held, deputy))
    assert found.unseated == (held, deputy)
    assert found.kept == 24


def test_a_seat_that_counts_otherwise_changes(cast: Cast) -> None:
    after = terms({PRISON: "  - {id: hmp, name: HM Prison, organisation: hmp, capacity: participant-observer}\n"})
    assert changes_of(cast, after).changing == (
        ChangingSeat("HMP Isle of Wight", "HM Prison", frozenset({Role.MEMBER}), frozenset({Role.OBSERVER})),
    )


def test_an_organisation_is_the_agency_that_holds_its_seats(cast: Cast) -> None:
    prison = enter_agency(
        slug="hmp", name="His Majesty's Prison", kind=AgencyKind.OTHER, statutory_role=StatutoryRole.OTHER,
        by=cast.author,
    )  # fmt: skip
    arrange_seats(constitution=cast.constitution, agencies={"hmp": prison}, by=cast.author)
    before = terms_of(constitution=cast.constitution)
    after = terms({PRISON: "  - {id: prison, name: The prison, organisation: hmp}\n"})
    assert agencies_by_terms(board=cast.board, before=before, after=after) == {"hmp": prison}


def test_two_agencies_of_one_organisation_leave_a_doubt(cast: Cast) -> None:
    agencies = {
        name: enter_agency(
            slug=name, name=name.title(), kind=AgencyKind.OTHER, statutory_role=StatutoryRole.OTHER, by=cast.author
        )
        for name in ("hmp", "probation")
    }
    arrange_seats(constitution=cast.constitution, agencies=agencies, by=cast.author)
    both = terms(
        {
            "id: probation, name: National Probation Service, organisation: probation": (
                "id: probation, name: National Probation Service, organisation: hmp"
            )
        }
    )
    assert agencies_by_terms(board=cast.board, before=both, after=both) == {}
