"""The confidentiality agreement signed at a meeting: the acts, and the duty they plan, meet and cancel."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import Settings

from meetings.models import (
    Attendance,
    AttendsAs,
    ConfidentialityAgreement,
    ConfidentialitySignature,
    Recorded,
)
from meetings.operations import (
    RowEntry,
    add_guest,
    close_register,
    record_apologies,
    record_arrival,
    record_attendance,
)
from meetings.operations.confidentiality import (
    AgreementClash,
    AgreementNotAsked,
    AgreementUnsaid,
    CannotSign,
    CorrectionUnsaid,
    NameDiffers,
    OtherVersionInForce,
    PaperUnsaid,
    SignedAlready,
    correct_signature,
    write_agreement,
)
from meetings.queries import register_of
from meetings.queries.signatures import SIGNED, signing_of
from membership.operations import appoint
from partnership.access import Role
from partnership.models import Delivery, EventWritten, Obligation
from partnership.obligations.causes import cause_of, is_of_one_person
from partnership.obligations.hours import steps_of
from partnership.obligations.planning import plan
from tests.cast import LONG_AGO, NOW, TODAY, Cast, at
from tests.signatures import TEXT, City


@pytest.fixture
def city(cast: Cast) -> City:
    return City(cast)


# --- the text ---------------------------------------------------------------------------------------------------------


def test_each_text_is_a_version_and_the_latest_is_in_force(city: City) -> None:
    first = city.write("  We keep it to ourselves.  \r\n")
    second = write_agreement(board=city.board, text=TEXT, seen=1, what_changed="Papers added", by=city.by)
    assert (first.version, first.text, first.what_changed) == (1, "We keep it to ourselves.", "")
    assert (second.version, second.what_changed, second.written_by) == (2, "Papers added", city.by)
    signing = signing_of(register_of(meeting=city.meeting))
    assert signing is not None
    assert signing.agreement == second


def test_a_text_is_never_changed_not_even_past_the_model(city: City) -> None:
    version = city.write()
    version.text = "Another"
    with pytest.raises(EventWritten):
        version.save()
    with pytest.raises(EventWritten):
        ConfidentialityAgreement.objects.update(text="Another")
    if connection.vendor != "sqlite":
        # On a server the application's role may not; tests/partnership/test_guards.py asks it of every such table.
        return
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE meetings_confidentialityagreement SET text = 'Another'")


@pytest.mark.parametrize(
    ("text", "what_changed", "sentence"),
    [
        ("   ", "Clearer", "Enter the text of the agreement."),
        (TEXT, "Clearer", "This is the text of version 1, which is in force."),
        ("Another", "  ", "Say what changed."),
        ("x" * 20_001, "Longer", "Use at most 20,000 characters."),
    ],
)
def test_a_version_says_something_new_and_what(city: City, text: str, what_changed: str, sentence: str) -> None:
    city.write()
    with pytest.raises(AgreementUnsaid, match=sentence):
        write_agreement(board=city.board, text=text, seen=1, what_changed=what_changed, by=city.by)
    assert ConfidentialityAgreement.objects.count() == 1


def test_of_two_who_write_at_once_the_second_is_told(city: City) -> None:
    city.write()
    with pytest.raises(AgreementClash) as clash:
        write_agreement(board=city.board, text="Mine", seen=0, what_changed="Mine", by=city.by)
    assert clash.value.latest.text == TEXT
    assert ConfidentialityAgreement.objects.count() == 1


def test_where_the_terms_ask_nobody_there_is_no_text_and_no_duty(cast: Cast) -> None:
    with pytest.raises(AgreementNotAsked):
        write_agreement(board=cast.board, text=TEXT, seen=0, by=cast["coordinator"])
    meeting = cast.open_meeting()
    row = Attendance.objects.get(meeting=meeting, seat__key="constabulary")
    entry = RowEntry(attendance_id=row.pk, version=row.version, recorded=Recorded.PRESENT)
    record_attendance(meeting=meeting, rows=[entry], by=cast["coordinator"])
    assert not Obligation.objects.filter(duty=SIGNED).exists()
    assert signing_of(register_of(meeting=meeting)) is None


# --- the duty ---------------------------------------------------------------------------------------------------------


def test_recorded_attendance_makes_it_due_and_the_signature_meets_it(city: City) -> None:
    city.write()
    city.tick("icb", "council")
    assert city.duties() == {"Rep Icb": f"due {TODAY}", "Rep Council": f"due {TODAY}"}
    given = city.sign(city.icb)
    assert city.duties()["Rep Icb"] == "Version 1 of the agreement signed"
    assert (given.seat, given.agreement.version, given.signed_at, given.name) == (
        city.seat("icb"), 1, NOW, "Rep Icb",
    )  # fmt: skip
    obligation = Obligation.objects.get(duty=SIGNED, occurrence=str(city.icb.pk))
    assert obligation.met_on == TODAY
    assert is_of_one_person(obligation)


def test_attendance_taken_back_cancels_it_and_given_again_it_is_due_again(city: City) -> None:
    city.tick("icb", "council")
    city.tick("icb", recorded=Recorded.DID_NOT_ATTEND)
    record_apologies(meeting=city.meeting, seat=city.seat("council"), reason="Ill", by=city.by)
    assert city.duties() == {"Rep Icb": "cancelled", "Rep Council": "cancelled"}
    city.tick("icb")
    assert city.duties()["Rep Icb"] == f"due {TODAY}"


def test_the_deputy_who_came_owes_it_and_the_representative_who_follows_owes_their_own(city: City) -> None:
    city.tick("constabulary", recorded=Recorded.DEPUTY)
    assert city.duties() == {"Sam Lee": f"due {TODAY}"}
    record_arrival(attendance=city.row("constabulary"), at=at(10, 30), by=city.by)
    assert city.duties() == {"Sam Lee": f"due {TODAY}", "Outsider": f"due {TODAY}"}


def test_corrected_to_somebody_else_the_first_owes_nothing(city: City) -> None:
    city.tick("constabulary", recorded=Recorded.DEPUTY)
    city.tick("constabulary")
    assert city.duties() == {"Sam Lee": "cancelled", "Outsider": f"due {TODAY}"}


def test_chair_observer_and_guest_owe_nothing_and_may_sign(city: City) -> None:
    city.write()
    lead = city.cast.person("lead member")
    appoint(seat=city.seat("lead-member"), person=lead, starts_on=LONG_AGO, by=city.by)
    city.tick("lead-member")
    add_guest(meeting=city.meeting, attends_as=AttendsAs.GUEST, name="A visitor", by=city.by)
    assert city.duties() == {}
    city.sign(lead)
    city.on_paper("name A visitor")
    assert city.standing() == ["Lead Member", "A visitor"]
    assert city.duties() == {}


def test_who_sits_for_two_owes_it_once(city: City) -> None:
    appoint(seat=city.seat("solent"), person=city.icb, starts_on=LONG_AGO, by=city.by)
    city.tick("icb", "solent")
    assert city.duties() == {"Rep Icb": f"due {TODAY}"}


def test_signed_before_the_register_says_so_it_is_met_when_it_does(city: City) -> None:
    city.write()
    given = city.sign(city.icb)
    assert (given.seat, city.duties()) == (city.seat("icb"), {})
    city.tick("icb")
    assert city.duties() == {"Rep Icb": "Version 1 of the agreement signed"}


def test_the_person_hears_the_day_after_and_a_week_later_the_chair_too(city: City, settings: Settings) -> None:
    chair = city.cast.person("city chair")
    appoint(seat=city.seat("chair"), person=chair, starts_on=LONG_AGO, by=city.by)
    city.tick("icb")
    obligation = Obligation.objects.get(duty=SIGNED)
    assert [(step.offset, step.is_reminder, sorted(step.roles)) for step in steps_of(obligation)] == [
        (1, True, []),
        (7, True, [Role.CHAIR]),
    ]
    plan(now=NOW + timedelta(days=10))
    told = {(each.offset, each.recipient.name) for each in Delivery.objects.filter(obligation=obligation)}
    assert told == {(1, "Rep Icb"), (7, "Rep Icb"), (7, "City Chair")}, "the team has it by number"


def test_the_message_leads_to_where_they_sign(city: City) -> None:
    city.tick("icb")
    obligation = Obligation.objects.get(duty=SIGNED)
    cause = cause_of(obligation.cause_type)
    assert cause.address(city.meeting, obligation) == "/p/portsmouth/board/meetings/2027-03-17/confidentiality/"
    wording = cause.wording(city.meeting, obligation)
    assert (wording.what, wording.of_what) == (
        "the signature of the confidentiality agreement", "board, 17 March",
    )  # fmt: skip


# --- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "how", "refused"),
    [
        (City.seats_nobody, {}, CannotSign),
        (lambda city: city.write(), {"name": "Somebody Else"}, NameDiffers),
        (lambda city: city.write(), {"version": 2}, OtherVersionInForce),
        (lambda city: (city.write(), city.write("Another")), {}, OtherVersionInForce),
        (lambda city: (city.write(), close_register(meeting=city.meeting, by=city.by)), {}, CannotSign),
        (lambda city: (city.write(), city.sign(city.icb)), {}, SignedAlready),
    ],
    ids=["no text", "another name", "no such version", "an older version", "was not there", "twice"],
)
def test_what_cannot_be_signed_leaves_nothing(
    city: City, before: Callable[[City], object], how: dict[str, object], refused: type[Exception]
) -> None:
    before(city)
    there = ConfidentialitySignature.objects.count()
    with pytest.raises(refused):
        city.sign(city.icb, **how)
    assert ConfidentialitySignature.objects.count() == there


def test_nobody_signs_before_the_day(cast: Cast, city: City, settings: Settings) -> None:
    city.write()
    city.meeting = cast.meeting(on=date(2027, 4, 22), board=city.board)
    with pytest.raises(CannotSign, match="You can sign from 22 April 2027, the day of the meeting"):
        city.sign(city.icb)


def test_who_came_signs_after_the_meeting_too_and_the_name_may_be_typed_otherwise(
    city: City, settings: Settings
) -> None:
    city.write()
    city.tick("icb")
    close_register(meeting=city.meeting, by=city.by)
    settings.CLOCK_STOPPED_AT = NOW + timedelta(days=3)
    given = city.sign(city.icb, name=" rep  ICB ")
    assert (given.name, given.signed_on) == ("rep ICB", TODAY + timedelta(days=3))
    assert Obligation.objects.get(duty=SIGNED).met_on == TODAY + timedelta(days=3)


# --- on paper ---------------------------------------------------------------------------------------------------------


def test_the_team_records_paper_with_where_it_is(city: City) -> None:
    city.write()
    city.tick("icb", "council")
    made = city.on_paper(city.icb, city.council)
    assert [(each.name, each.is_on_paper, each.recorded_by, each.evidence) for each in made] == [
        ("Rep Icb", True, city.by, "Folder 3, scan 12"),
        ("Rep Council", True, city.by, "Folder 3, scan 12"),
    ]
    assert set(city.duties().values()) == {"Version 1 of the agreement signed, on paper"}


def test_who_has_no_account_is_recorded_by_name(city: City) -> None:
    city.write()
    city.tick("icb", recorded=Recorded.DEPUTY, name="Pat Newly")
    assert city.duties() == {"name Pat Newly": f"due {TODAY}"}
    city.on_paper("name Pat Newly")
    assert city.duties() == {"name Pat Newly": "Version 1 of the agreement signed, on paper"}


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        ({"evidence": " "}, "Say where the signed sheet is kept"),
        ({"version": 9}, "Choose the version"),
        ({"on": TODAY + timedelta(days=1)}, "until today"),
        ({"on": TODAY - timedelta(days=1)}, "Enter a day from 17 March 2027"),
    ],
)
def test_paper_says_what_when_and_where(city: City, how: dict[str, object], sentence: str) -> None:
    city.write()
    city.tick("icb")
    with pytest.raises(PaperUnsaid, match=sentence):
        city.on_paper(city.icb, **how)
    assert city.standing() == []


def test_all_chosen_are_recorded_or_none(city: City) -> None:
    city.write()
    city.tick("icb", "council")
    city.sign(city.icb)
    with pytest.raises(SignedAlready, match="Rep Icb has signed meanwhile"):
        city.on_paper(city.council, city.icb)
    with pytest.raises(PaperUnsaid, match="from those who attend"):
        city.on_paper(city.council, city.sam)
    assert city.standing() == ["Rep Icb"]


# --- corrections ------------------------------------------------------------------------------------------------------


def test_a_mistake_is_withdrawn_by_a_row_of_its_own_and_asked_for_again(city: City) -> None:
    city.write()
    city.tick("icb")
    (wrong,) = city.on_paper(city.icb)
    correction = correct_signature(signature=wrong, reason="The wrong line of the sheet", by=city.by)
    assert (correction.by, correction.at, city.standing()) == (city.by, NOW, [])
    assert city.duties() == {"Rep Icb": f"due {TODAY}"}
    again = city.sign(city.icb)
    assert (again.nth, city.standing()) == (2, ["Rep Icb"])
    assert ConfidentialitySignature.objects.count() == 2, "both stay"
    with pytest.raises(CorrectionUnsaid, match="withdrawn already"):
        correct_signature(signature=wrong, reason="Once more", by=city.by)


def test_a_correction_says_why(city: City) -> None:
    city.write()
    city.tick("icb")
    given = city.sign(city.icb)
    with pytest.raises(CorrectionUnsaid, match="Say why"):
        correct_signature(signature=given, reason="  ", by=city.by)
    assert city.standing() == ["Rep Icb"]


def test_a_signature_is_never_changed_or_deleted(city: City) -> None:
    city.write()
    given = city.sign(city.icb)
    given.name = "Another"
    with pytest.raises(EventWritten):
        given.save()
    with pytest.raises(EventWritten):
        given.delete()


def test_the_database_keeps_a_second_signature_of_one_person_out(city: City) -> None:
    """Whatever the application did: the lock on the meeting is not the last word."""
    city.write()
    first = city.sign(city.icb)
    first.pk, first._state.adding = None, True
    with pytest.raises(DatabaseError), transaction.atomic():
        first.save()


def test_signed_at_an_hour_of_london(city: City, settings: Settings) -> None:
    city.write()
    settings.CLOCK_STOPPED_AT = datetime.fromisoformat("2027-03-17T23:30:00+00:00")
    assert city.sign(city.icb).signed_on == TODAY
