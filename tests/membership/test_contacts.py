"""Contact details: confirmed or changed by their person, corrected by the team, asked for again in time."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from pytest_django import Settings

from membership.duties import DETAILS
from membership.models import ContactDetails, DetailsCheck, Seat
from membership.operations import (
    DetailsClash,
    Entered,
    NotTheirOwn,
    appoint,
    change_details,
    confirm_details,
    end_appointment,
    name_deputy,
)
from partnership import clock
from partnership.clock import LONDON
from partnership.models import Delivery, Obligation
from partnership.obligations.planning import plan
from tests.cast import LONG_AGO, TODAY, Cast

NUMBER = Entered(post_title="Superintendent", telephone="01632 960 101")
HALF_A_YEAR_ON = date(2027, 9, 17)


def asked_of(cast: Cast, name: str = "member") -> list[tuple[date, date | None, bool]]:
    """What the board asks of that person: due, met on, and whether it was cancelled; the earliest first."""
    checks = DetailsCheck.objects.filter(board=cast.board, person=cast[name]).values_list("pk", flat=True)
    rows = Obligation.objects.filter(cause_type="membership.detailscheck", cause_id__in=checks, duty=DETAILS)
    return [(row.due_on, row.met_on, row.cancelled_at is not None) for row in rows.order_by("due_on", "pk")]


def at(settings: Settings, day: date) -> None:
    settings.CLOCK_STOPPED_AT = datetime(day.year, day.month, day.day, 9, 0, tzinfo=LONDON)


def test_a_seat_entered_late_is_asked_from_the_day_it_was_entered(cast: Cast) -> None:
    assert LONG_AGO < TODAY
    assert asked_of(cast) == [(HALF_A_YEAR_ON, None, False)]
    assert asked_of(cast, "deputy") == [(HALF_A_YEAR_ON, None, False)]


def test_a_seat_to_come_is_asked_from_its_first_day(cast: Cast) -> None:
    appoint(seat=cast.seats["hmp"], person=cast.person("new"), starts_on=date(2027, 8, 31), by=cast.author)
    assert asked_of(cast, "new") == [(date(2028, 2, 29), None, False)]


def test_confirming_meets_what_was_asked_and_plans_the_next(cast: Cast, settings: Settings) -> None:
    at(settings, date(2027, 9, 20))
    details = confirm_details(partnership=cast.partnership, person=cast["member"], seen=0, by=cast["member"])
    assert (details.confirmed_on, details.version) == (date(2027, 9, 20), 1)
    assert asked_of(cast) == [
        (HALF_A_YEAR_ON, date(2027, 9, 20), False),
        (date(2028, 3, 20), None, False),
    ]
    met = Obligation.objects.get(met_on=date(2027, 9, 20))
    assert met.evidence == "Confirmed as right, 20 September 2027"
    confirm_details(partnership=cast.partnership, person=cast["member"], seen=1, by=cast["member"])
    assert len(asked_of(cast)) == 2, "twice on one day is one confirmation"


def test_changing_them_oneself_confirms_them_too(cast: Cast, settings: Settings) -> None:
    at(settings, date(2027, 5, 1))
    details = change_details(
        partnership=cast.partnership, person=cast["member"], entered=NUMBER, seen=0, by=cast["member"]
    )
    assert (details.telephone, details.confirmed_on) == ("01632 960 101", date(2027, 5, 1))
    assert asked_of(cast)[0][1] == date(2027, 5, 1)
    row = details.history.latest()
    assert (row.history_user, row.history_change_reason) == (cast["member"], "Changed by the person")


def test_a_correction_by_the_team_is_not_the_member_s_confirmation(cast: Cast) -> None:
    details = change_details(
        partnership=cast.partnership,
        person=cast["member"],
        entered=NUMBER,
        seen=0,
        by=cast["coordinator"],
        reason="Told us by telephone",
    )
    assert details.confirmed_on is None
    assert asked_of(cast) == [(HALF_A_YEAR_ON, None, False)]
    row = details.history.get()
    assert (row.history_user, row.history_change_reason) == (
        cast["coordinator"],
        "Corrected by the team: Told us by telephone",
    )
    with pytest.raises(NotTheirOwn):
        confirm_details(partnership=cast.partnership, person=cast["member"], seen=1, by=cast["coordinator"])


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(cast: Cast) -> None:
    change_details(partnership=cast.partnership, person=cast["member"], entered=NUMBER, seen=0, by=cast["member"])
    with pytest.raises(DetailsClash) as clash:
        change_details(
            partnership=cast.partnership, person=cast["member"], entered=Entered(), seen=0, by=cast["coordinator"]
        )
    assert clash.value.theirs.telephone == "01632 960 101"
    assert ContactDetails.objects.get(person=cast["member"]).telephone == "01632 960 101"


def test_who_leaves_is_asked_no_longer_and_who_comes_back_is(cast: Cast, settings: Settings) -> None:
    end_appointment(
        appointment=cast.appointments["member"], ends_on=TODAY - timedelta(1), reason="Left", by=cast.author
    )
    assert asked_of(cast) == [(HALF_A_YEAR_ON, None, True)]
    assert asked_of(cast, "deputy") == [(HALF_A_YEAR_ON, None, True)], "the deputy's seat ended with theirs"
    at(settings, date(2027, 5, 1))
    appoint(seat=cast.seats["hmp"], person=cast["member"], starts_on=date(2027, 5, 1), by=cast.author)
    assert asked_of(cast)[-1] == (date(2027, 11, 1), None, False)


def test_two_seats_of_one_board_ask_once(cast: Cast) -> None:
    name_deputy(seat=cast.seats["hmp"], person=cast["member"], starts_on=LONG_AGO, by=cast.author)
    assert asked_of(cast) == [(HALF_A_YEAR_ON, None, False)]


def test_terms_without_such_a_duty_ask_for_nothing(cast: Cast) -> None:
    seat = Seat.objects.get(board=cast.elsewhere, key="constabulary")
    assert seat.appointments.exists()
    assert not DetailsCheck.objects.filter(board=cast.elsewhere).exists()


def test_one_person_in_two_partnerships_keeps_their_details_apart(cast: Cast) -> None:
    probation = Seat.objects.get(board=cast.elsewhere, key="probation")
    appoint(seat=probation, person=cast["member"], starts_on=LONG_AGO, by=cast.author)
    change_details(partnership=cast.partnership, person=cast["member"], entered=NUMBER, seen=0, by=cast["member"])
    far = cast.elsewhere.partnership
    assert not ContactDetails.objects.filter(partnership=far).exists()
    change_details(
        partnership=far, person=cast["member"], entered=Entered(telephone="01632 960 202"), seen=0, by=cast["member"]
    )
    assert sorted(ContactDetails.objects.values_list("telephone", flat=True)) == ["01632 960 101", "01632 960 202"]


def test_the_member_is_reminded_and_after_confirming_no_more(cast: Cast, settings: Settings) -> None:
    at(settings, date(2027, 9, 10))
    plan(now=clock.now())
    check = DetailsCheck.objects.get(person=cast["member"])
    told = Delivery.objects.filter(obligation__cause_id=check.pk, obligation__due_on=HALF_A_YEAR_ON)
    assert set(told.values_list("recipient__name", "state")) == {("Member", "pending")}
    confirm_details(partnership=cast.partnership, person=cast["member"], seen=0, by=cast["member"])
    assert set(told.values_list("state", flat=True)) == {"skipped met"}
