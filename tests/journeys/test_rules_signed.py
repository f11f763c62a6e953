"""A rule changed in a browser and signed: mistakes told while typing, eight meetings side by side, three signatures.

The group sits under Portsmouth's terms, which have a version signed by the three partners' lead representatives.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client, override_settings
from playwright.sync_api import expect

from meetings.models import Meeting, MeetingKind, Recorded
from meetings.operations import call_meeting, close_register, open_register
from membership.models import Agency, AgencyKind, Seat, StatutoryRole
from membership.operations import appoint, enter_agency
from membership.operations.lead_representatives import name_lead_representative
from partnership import clock
from partnership.access import Role
from partnership.clock import LONDON
from partnership.models import Board, Constitution, User
from partnership.operations import admit_to_team
from partnership.queries import terms_of
from partnership.signing_in.client import Client as Asker
from partnership.signing_in.proof import SECOND_AT
from partnership.signing_in.second_step import new_app_secret, opened, set_up_app
from tests.cast import LONG_AGO, TODAY, board_with_terms
from tests.held_meetings import record
from tests.journeys.conftest import MakeVisitor
from tests.journeys.stage import CITY_PARTNERS, Stage
from tests.journeys.visitor import DESK, PHONE, Visitor
from tests.signing_in.steps import secret_of, shown_by_app

GROUP = "/p/portsmouth/signing-group/"
RULES = GROUP + "constitution/"
DRAFT = RULES + "draft/"
OLD = "A meeting is quorate if all three statutory safeguarding partners attend."
NEW = "A meeting is quorate if the council and the constabulary attend."
ICB = "Hampshire and Isle of Wight Integrated Care Board"
# Of the eight meetings, the health partner missed every second one.
HELD = [TODAY - timedelta(days=30 * number + 30) for number in range(8)]
LATER = date(2027, 6, 16)


@pytest.fixture(scope="module")
def group(stage: Stage) -> Board:
    """A group with its partners, their lead representatives, eight meetings held and one to come."""
    cast, author = stage.cast, stage.cast.author
    city = cast.elsewhere.partnership
    board, version = board_with_terms(author, city, "portsmouth/board", slug="signing-group", name="Signing Group")
    admit_to_team(person=cast["manager"], role=Role.MANAGER, board=board, starts_on=LONG_AGO, by=author)
    for place in CITY_PARTNERS:
        _partner(stage, board, version, place)
    for number, on in enumerate(HELD):
        _held(board, on, CITY_PARTNERS if number % 2 else CITY_PARTNERS[:2], cast["manager"])
    _called(board, LATER, cast["manager"])
    return board


def _partner(stage: Stage, board: Board, version: Constitution, place: str) -> None:
    """A statutory partner with its seat held, and whoever leads it, who signs in with an app."""
    cast, author = stage.cast, stage.cast.author
    name = terms_of(constitution=version).quorum.organisations[place].name
    agency = Agency.objects.filter(names__name=name).first() or enter_agency(
        slug=place, name=name, kind=AgencyKind.OTHER, statutory_role=StatutoryRole.SAFEGUARDING_PARTNER, by=author
    )
    seat = Seat.objects.get(board=board, key=place)
    Seat.objects.filter(pk=seat.pk).update(agency=agency)
    appoint(seat=seat, person=cast.person(f"signing {place}"), starts_on=LONG_AGO, by=author)
    lead = cast.person(f"lead {place}")
    name_lead_representative(
        partnership=board.partnership, agency=agency, person=lead, post="Chief executive", starts_on=LONG_AGO, by=author
    )
    secret = new_app_secret()
    half_a_minute_ago = hotp_value(opened(secret), int(clock.machine_now().timestamp()) // 30 - 1)
    browser = Asker(address=None, network="", device="A browser")
    assert set_up_app(person=lead, secret=secret, typed=format_hotp_value(half_a_minute_ago), client=browser)


def _called(board: Board, on: date, by: User) -> Meeting:
    return call_meeting(board=board, kind=MeetingKind.ORDINARY, on=on, starts_at=time(10), by=by)


def _held(board: Board, on: date, present: tuple[str, ...], by: User) -> None:
    def at(hour: int) -> datetime:
        return datetime.combine(on, time(hour), LONDON)

    with override_settings(CLOCK_STOPPED_AT=at(12)):
        meeting = open_register(meeting=_called(board, on, by), at=at(9), by=by)
        record(meeting, dict.fromkeys(present, Recorded.PRESENT), by, at(9))
        close_register(meeting=meeting, at=at(12), by=by)


def checked(reader: Visitor) -> None:
    """At the desk and at the phone."""
    reader.then_the_accessibility_baseline_is_met()
    reader.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    reader.then_nothing_scrolls_sideways()
    reader.page.set_viewport_size({"width": DESK[0], "height": DESK[1]})


def whose_proof_is_old(reader: Visitor) -> Visitor:
    """The second step was taken ten minutes ago: what is signed asks for another."""
    client = Client()
    key = next(each["value"] for each in reader.context.cookies() if each["name"] == "sessionid")
    client.cookies["sessionid"] = key
    session = client.session
    session[SECOND_AT] = (clock.machine_now() - timedelta(minutes=10)).isoformat()
    session.save()
    return reader


def signs(stage: Stage, lead: Visitor, place: str) -> None:
    """From the draft to the signature, with a second step of this moment."""
    lead.when_they_open(DRAFT)
    lead.when_they_follow("Read and sign")
    lead.then_the_heading_is("Show that it is you")
    if lead.with_script:
        checked(lead)
    lead.page.get_by_label("Code from your app").fill(shown_by_app(secret_of(stage.cast.person(f"lead {place}"))))
    lead.when_they_press("Continue")
    lead.then_the_heading_is("Sign version 2 of the rules")
    lead.then_the_page_says("You sign as the lead representative of")
    if lead.with_script:
        checked(lead)
        lead.when_they_press("Sign version 2")
        expect(lead.page.get_by_role("alert")).to_contain_text("There is a problem")
        checked(lead)
    lead.page.get_by_role("checkbox").check()
    lead.when_they_press("Sign version 2")


def test_a_rule_is_changed_signed_and_explains_the_meetings_after_it(
    stage: Stage, group: Board, visitor: MakeVisitor
) -> None:
    """B4: from the form of a rule to the meeting that it decides; nothing of the old version is lost."""
    manager = visitor("manager")
    _begins_a_draft(manager)
    _changes_the_quorum(manager)
    _puts_it_forward(manager)
    _is_signed_by_three(stage, visitor)
    _explains_what_comes_after_it(manager)


def _begins_a_draft(manager: Visitor) -> None:
    manager.when_they_open(RULES)
    manager.when_they_follow("Change the rules")
    manager.then_the_page_says("No draft is under way.")
    manager.when_they_press("Begin a draft")
    expect(manager.page.get_by_role("alert")).to_contain_text("There is a problem")
    checked(manager)
    manager.page.get_by_label("Why").fill("Agreed on 17 March, item 9")
    manager.when_they_press("Begin a draft")
    manager.then_the_heading_is("Draft of version 2")
    checked(manager)


def _changes_the_quorum(manager: Visitor) -> None:
    manager.when_they_open(f"{DRAFT}rules/rules/quorum/")
    live = manager.page.locator("#live")
    clause = manager.page.locator("[name='clause.ref']")
    clause.fill("")
    clause.blur()
    expect(live).to_contain_text("It cannot be read yet")
    checked(manager)
    clause.fill("d of 2027")
    manager.page.locator("[name='clause.words']").fill(NEW)
    manager.page.get_by_label(ICB).first.uncheck()
    expect(live).to_contain_text("is quorate if")
    expect(live).to_contain_text(NEW)
    rows = live.locator("tbody tr")
    expect(rows).to_have_count(8)
    expect(live.locator("tr.q-changed")).to_have_count(4)
    checked(manager)
    manager.page.get_by_label("Who agreed this, and when?").fill("Item 9")
    manager.when_they_press("Keep in the draft")
    manager.then_the_page_says("1 rule changed")


def _puts_it_forward(manager: Visitor) -> None:
    manager.when_they_press("Put forward for signature")
    manager.then_the_page_says("Say from which day")
    checked(manager)
    manager.when_they_follow("Change title and dates")
    checked(manager)
    manager.page.get_by_label("In force from").fill("2027-05-01")
    manager.when_they_press("Keep in the draft")
    manager.then_the_page_says("The review comes after the version is in force.")
    checked(manager)
    manager.page.get_by_label("Review by").fill("2028-04-30")
    manager.when_they_press("Keep in the draft")
    manager.then_the_page_says("Saturday 1 May 2027")
    manager.when_they_press("Put forward for signature")
    manager.then_the_page_says("It waits for signatures.")
    checked(manager)
    manager.when_they_open(f"{DRAFT}sign/")
    manager.then_the_page_does_not_say("You sign as")


def _is_signed_by_three(stage: Stage, visitor: MakeVisitor) -> None:
    for place, with_script in zip(CITY_PARTNERS, (True, False, True), strict=True):
        lead = whose_proof_is_old(visitor(f"lead {place}", with_script=with_script))
        signs(stage, lead, place)
        if place == CITY_PARTNERS[-1]:
            lead.then_the_page_says("All have signed: version 2 is in force from 1 May 2027.")
        else:
            lead.then_the_page_says("You have signed as the lead representative of")
        if with_script:
            checked(lead)


def _explains_what_comes_after_it(manager: Visitor) -> None:
    """A meeting in June by the new clause, one held before it by the old; both versions stay to be read."""
    manager.when_they_open(f"{GROUP}meetings/{LATER}/")
    manager.then_the_page_says("d of 2027")
    checked(manager)
    manager.when_they_open(f"{GROUP}meetings/{HELD[0]}/register/")
    manager.then_the_page_says(OLD)
    manager.when_they_open(f"{RULES}1/")
    manager.then_the_page_says(OLD)
    manager.when_they_open(f"{RULES}2/")
    manager.then_the_page_says(NEW)
    checked(manager)
