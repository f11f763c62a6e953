"""A4: who looks after the machine reads nothing limited, but one object opened with a reason, and told at once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from meetings.models import AgendaItem, Meeting
from meetings.operations import limit_to_readers, record_interest
from partnership import clock
from partnership.authorship import saved
from partnership.models import AuditEvent, BreakGlass, Delivery, SignInMeans, User, What
from partnership.signing_in.proof import SECOND_AT, entered
from tests.agendas import item_on
from tests.cast import NOW, TODAY, Cast
from tests.pages.conftest import SignedIn

REASON = "The page fails for everybody and only its content says why."


@pytest.fixture
def item(cast: Cast, later: Meeting) -> AgendaItem:
    by = cast["coordinator"]
    made = item_on(later, by, "Zebratitle", purpose="Zebrapurpose")
    limit_to_readers(matter=made, reason="A family", readers=[], ends_on=TODAY, by=by)
    return made


@pytest.fixture
def superuser(cast: Cast) -> User:
    person = cast.person("machinist")
    person.is_superuser = True
    return saved(person, by=cast.author, reason="Looks after the machine")


def fresh(client: Client) -> Client:
    session = client.session
    entered(session, SignInMeans.PASSKEY)
    session.save()
    return client


def asked(client: Client, item: AgendaItem, **changes: str) -> object:
    address = f"/p/isle-of-wight/main-board/meetings/2027-06-16/agenda/items/{item.pk}/"
    return client.post("/break-glass/", {"address": address, "category": "fault", "reason": REASON} | changes)


def test_one_object_is_opened_read_and_told_of(
    cast: Cast, item: AgendaItem, superuser: User, signed_in: SignedIn
) -> None:
    client = fresh(signed_in("machinist"))
    assert client.get("/p/isle-of-wight/main-board/meetings/2027-06-16/agenda/").status_code == 404
    answer = asked(client, item)
    glass = BreakGlass.objects.get()
    page = client.get(answer["Location"])  # type: ignore[index]  # a redirect
    assert "Zebratitle" in page.content.decode()
    assert "Zebrapurpose" in page.content.decode()
    assert "Opened by break-glass until 11:05am. Read only." in page.content.decode()
    told = Delivery.objects.filter(announcement__kind="break-glass").values_list("recipient__name", flat=True)
    assert sorted(told) == ["Chair", "Manager"]
    assert glass.review_due_on == date(2027, 4, 2), "ten working days, with Good Friday and Easter Monday between"
    trail = AuditEvent.objects.filter(person=superuser, what__in=(What.BROKE_GLASS, What.READ_RESTRICTED))
    assert [event.what for event in trail.order_by("pk")] == [What.BROKE_GLASS, What.READ_RESTRICTED]
    assert client.get("/p/isle-of-wight/main-board/meetings/2027-06-16/agenda/").status_code == 404


def test_it_closes_after_an_hour_and_is_nobody_elses(
    cast: Cast, item: AgendaItem, superuser: User, signed_in: SignedIn, settings: Settings
) -> None:
    client = fresh(signed_in("machinist"))
    address = asked(client, item)["Location"]  # type: ignore[index]  # a redirect
    assert signed_in("manager").get(address).status_code == 404
    settings.CLOCK_STOPPED_AT = NOW + timedelta(minutes=59)
    assert client.get(address).status_code == 200
    settings.CLOCK_STOPPED_AT = NOW + timedelta(minutes=60)
    assert client.get(address).status_code == 404
    superuser.is_superuser = False
    saved(superuser, by=cast.author, reason="Left the team")
    settings.CLOCK_STOPPED_AT = NOW + timedelta(minutes=1)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reason": "Too short"}, "Say why in at least 20 characters."),
        ({"address": "/p/isle-of-wight/main-board/"}, "No limited item or paper has that address."),
        ({"address": "\x00"}, ""),
        ({"category": "curiosity"}, "Choose what it is for."),
    ],
)
def test_what_is_refused_opens_nothing(
    cast: Cast, item: AgendaItem, superuser: User, signed_in: SignedIn, changes: dict[str, str], words: str
) -> None:
    answer = asked(fresh(signed_in("machinist")), item, **changes)
    assert answer.status_code == 400  # type: ignore[attr-defined]  # a page
    assert words in answer.content.decode()  # type: ignore[attr-defined]  # a page
    assert not BreakGlass.objects.exists()


def test_without_a_fresh_second_step_or_a_fourth_time_a_day_nothing_opens(
    cast: Cast, item: AgendaItem, superuser: User, signed_in: SignedIn
) -> None:
    before = fresh(signed_in("machinist"))
    session = before.session
    session[SECOND_AT] = (clock.machine_now() - timedelta(minutes=6)).isoformat()
    session.save()
    stale = asked(before, item)
    assert "Prove who you are again first" in stale.content.decode()  # type: ignore[attr-defined]  # a page
    client = fresh(signed_in("machinist"))
    for _ in range(3):
        assert asked(client, item).status_code == 302  # type: ignore[attr-defined]  # a redirect
    fourth = asked(client, item)
    assert "You have done this 3 times today." in fourth.content.decode()  # type: ignore[attr-defined]  # a page
    assert BreakGlass.objects.count() == 3


def test_where_nobody_but_the_asker_would_be_told_nothing_opens(
    cast: Cast, item: AgendaItem, superuser: User, signed_in: SignedIn
) -> None:
    for name in ("chair", "manager"):
        record_interest(item=item, person=cast[name], reason="A relative", by=cast["coordinator"])
    asked(fresh(signed_in("machinist")), item)
    told = Delivery.objects.filter(announcement__kind="break-glass").values_list("recipient__name", flat=True)
    assert list(told) == ["Scrutineer"], "who is barred is not told, and the scrutineer is"
    cast["scrutineer"].is_active = False
    saved(cast["scrutineer"], by=cast.author, reason="Left")
    refused = asked(fresh(signed_in("machinist")), item)
    assert "Nobody but you would be told of it" in refused.content.decode()  # type: ignore[attr-defined]  # a page


def test_the_chair_reviews_it_with_a_word(cast: Cast, item: AgendaItem, superuser: User, signed_in: SignedIn) -> None:
    asked(fresh(signed_in("machinist")), item)
    address = f"/break-glass/{BreakGlass.objects.get().uuid}/review/"
    assert REASON in signed_in("manager").get(address).content.decode()
    assert signed_in("manager").post(address, {"words": "Mine"}).status_code == 403
    assert signed_in("chair").post(address, {"words": " "}).status_code == 400
    assert signed_in("chair").post(address, {"words": "It was needed."}).status_code == 302
    glass = BreakGlass.objects.get()
    assert (glass.review, glass.reviewed_by) == ("It was needed.", cast["chair"])
    assert "It was needed." in signed_in("manager").get(address).content.decode()
