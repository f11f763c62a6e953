"""What the paths of the table leave open, made on a meeting of the cast."""

from __future__ import annotations

from typing import Any

from meetings.models import (
    CalendarFeed,
    ConfidentialityAgreement,
    ConfidentialitySignature,
    Delegation,
    Meeting,
)
from meetings.operations import limit_to_readers
from meetings.operations.calendar_feeds import make_calendar_feed
from meetings.operations.constitution_drafts import begin_draft
from membership.models import Acknowledgement, AgencyKind, StatutoryRole
from membership.operations import begin_induction, enter_agency, take_shipped_sets
from membership.operations.accountability import Authorities, delegate_to_officer
from membership.operations.agency_identity import Identity
from membership.operations.agency_register import list_agency, record_request, register_agency
from membership.operations.grade_ladders import add_ladder
from membership.operations.lead_representatives import name_lead_representative
from membership.operations.register_import import keep_import
from partnership import clock
from partnership.access import GrantCodename
from partnership.authorship import saved
from partnership.break_glass import open_by_break_glass
from partnership.models import (
    BreakGlass,
    BreakGlassCategory,
    Delivery,
    HandlingMark,
    Obligation,
    Standing,
    StandingSource,
)
from partnership.obligations.kept_rules import switch_practice
from partnership.obligations.rewording import try_out
from partnership.obligations.wordings import kind_named
from partnership.operations import grant
from partnership.personal_data.packaging import ask_for_copy
from partnership.personal_data.working import do_waiting
from partnership.workbooks import Sheet
from reviews.operations import report_mistake
from tests.agendas import item_on, paper_at_item, published_then_drafted
from tests.cases import case_with_paper
from tests.cast import LONG_AGO, NOW, TODAY, Cast
from tests.pages.finished_documents import finished_documents
from tests.pages.outcomes import taken_item


def places_in(cast: Cast, meeting: Meeting) -> dict[str, object]:
    """The ids that paths of the table name, by the word in the path."""
    row = meeting.attendances.get(seat__key="constabulary")
    item, decision, action = taken_item(cast, meeting)
    begin_draft(board=cast.board, reason="Agreed at the last meeting", by=cast["manager"])
    places: dict[str, object] = {"row": row.pk, "item": item.pk, "decision": decision.pk, "action": action.number}
    places["own_copy"] = _copy_of_the_managers(cast)
    places["person"] = cast["member"].pk
    places["standing"] = Standing.objects.get(person=cast["coordinator"], source=StandingSource.TEAM).pk
    places["mark"] = HandlingMark.objects.filter(partnership=cast.partnership).order_by("severity")[0].pk
    places["holder"] = places["seated"] = cast.appointments["member"].pk
    wrong = report_mistake(seat=cast.seats["constabulary"], meeting=None, text="I was there", by=cast["member"])
    places["mistake"] = wrong.pk
    places["delegation"] = _delegation(cast).pk
    places["grant"] = grant(
        person=cast["nobody"],
        codename=GrantCodename.OBSERVE,
        board=cast.board,
        reason="Reviews the board",
        starts_on=LONG_AGO,
        ends_on=clock.today(),
        by=cast.author,
    ).pk
    places |= _partner(cast)
    asked = _asked_of_the_police(cast)
    places |= {"asked": asked.uuid, "asked_row": asked.pk}
    take_shipped_sets(partnership=cast.partnership, by=cast.author)
    places["induction"] = begin_induction(appointment=cast.appointments["member"], by=cast.author).uuid
    places["glass"] = _broken_glass(meeting, cast).uuid
    switch_practice(board=cast.board, duty="terms-reviewed", is_on=True, on=clock.today(), by=cast["manager"])
    places["review"] = Obligation.objects.get(duty="terms-reviewed").pk
    places["message"] = Delivery.objects.filter(recipient=cast["member"], board=cast.board).order_by("pk")[0].pk
    places["look"] = _look_of_the_managers(cast)
    places["feed"] = _calendar_address(cast)
    places["signature"] = _signature_of_the_member(cast, meeting).pk
    case, case_paper = case_with_paper(cast)
    places |= {"case": case.reference, "case_paper": case_paper.uuid}
    return places | _agenda_places(meeting, cast) | finished_documents(cast, meeting) | _agency_places(cast)


def _signature_of_the_member(cast: Cast, meeting: Meeting) -> ConfidentialitySignature:
    """Given at the meeting, as if these terms asked for it."""
    text = ConfidentialityAgreement(
        board=cast.board, version=1, text="We keep it to ourselves.", written_at=NOW, written_by=cast["coordinator"]
    )
    text.save()
    signature = ConfidentialitySignature(
        agreement=text,
        meeting=meeting,
        person=cast["member"],
        signer=str(cast["member"].pk),
        name="Member",
        seat=cast.seats["constabulary"],
        signed_on=TODAY,
        signed_at=NOW,
        recorded_at=NOW,
        recorded_by=cast["member"],
    )
    signature.save()
    return signature


def _calendar_address(cast: Cast) -> int:
    """The member's, of the board."""
    make_calendar_feed(person=cast["member"], partnership=cast.partnership, board=cast.board, by=cast["member"])
    return CalendarFeed.objects.get(person=cast["member"]).pk


def _delegation(cast: Cast) -> Delegation:
    """One that the board gave, whatever its terms say."""
    given = Delegation(
        given_by=cast.board,
        given_to=cast.neighbours,
        rule="delegation",
        functions="The training programme",
        decided="Main Board, item 4",
        starts_on=LONG_AGO,
    )
    return saved(given, by=cast.author, reason="Delegated")


def _partner(cast: Cast) -> dict[str, object]:
    """A statutory partner with its lead representative and an officer who acts for it."""
    identity = Identity(AgencyKind.LOCAL_AUTHORITY, StatutoryRole.SAFEGUARDING_PARTNER)
    how: Any = {"partnership": cast.partnership, "starts_on": LONG_AGO, "by": cast.author}
    agency = register_agency(partnership=cast.partnership, name="Wight Council", identity=identity, by=cast.author)
    lead = name_lead_representative(agency=agency, person=cast.person("leads for it"), post="Chief executive", **how)
    officer = delegate_to_officer(
        agency=agency,
        name="Officer",
        email="officer@example.org",
        post="Director",
        authorities=Authorities(may_speak=True),
        ends_on=None,
        **how,
    )
    return {"partner": agency.slug, "lead": lead.pk, "officer": officer.pk}


def _asked_of_the_police(cast: Cast) -> Acknowledgement:
    """What the member's agency would be asked, had these terms the duty."""
    police = cast.seats["constabulary"]
    police.agency = enter_agency(
        slug="police", name="Police", kind=AgencyKind.POLICE, statutory_role=StatutoryRole.OTHER, by=cast.author
    )
    saved(police, by=cast.author, reason="The police hold it")
    asked = Acknowledgement(constitution=cast.constitution, agency=police.agency, asked_on=LONG_AGO)
    return saved(asked, by=cast.author, reason="Asked")


def _broken_glass(meeting: Meeting, cast: Cast) -> BreakGlass:
    """A limited paper that somebody who looks after the machine has opened."""
    by = cast["coordinator"]
    paper = paper_at_item(item_on(meeting, by, "Opened by break-glass"), by, "Opened by break-glass")
    protection = limit_to_readers(matter=paper, reason="A family", readers=[], ends_on=clock.today(), by=by)
    person = cast.person("other superuser")
    person.is_superuser = True
    saved(person, by=cast.author, reason="Looks after the machine")
    return open_by_break_glass(
        protection=protection,
        category=BreakGlassCategory.FAULT,
        reason="The page of the paper fails, and nothing else says why.",
        has_fresh_proof=True,
        by=person,
    )


def _agenda_places(meeting: Meeting, cast: Cast) -> dict[str, object]:
    made = published_then_drafted(meeting, cast["coordinator"])
    return {
        "sent_item": made.sent_item.pk,
        "sent_paper": made.sent_paper.uuid,
        "draft_item": made.draft_item.pk,
        "draft_paper": made.draft_paper.uuid,
    }


def _copy_of_the_managers(cast: Cast) -> object:
    """A copy of what is held on the chair, made for the manager."""
    copy = ask_for_copy(person=cast["chair"], by=cast["manager"], partnership=cast.partnership)
    do_waiting()
    return copy.uuid


def _look_of_the_managers(cast: Cast) -> object:
    """Words for one kind of message that the manager looks at."""
    kind = kind_named("meeting-called")
    return try_out(partnership=cast.partnership, kind=kind, words=kind.standard, seen=0, by=cast["manager"]).uuid


def _agency_places(cast: Cast) -> dict[str, object]:
    how: dict[str, Any] = {"partnership": cast.partnership, "by": cast["coordinator"]}
    identity = Identity(AgencyKind.EDUCATION, StatutoryRole.RELEVANT_AGENCY)
    agency = register_agency(name="Cowes College", identity=identity, **how)
    line = list_agency(
        agency=agency, category="education", listed_as="Cowes College", source="List", since=LONG_AGO, **how
    )
    sheet = Sheet([["Agency"], ["Cowes College"]])
    return {
        "agency_import": keep_import(sheet=sheet, file_name="agencies.csv", **how).uuid,
        "agency": agency.slug,
        "agency_line": line.pk,
        "agency_ladder": add_ladder(agency=agency, name="Grades", grades=["Principal"], **how).pk,
        "agency_request": record_request(body="Sea Scouts", asked_by="Cy Ode", asked_on=LONG_AGO, **how).pk,
    }
