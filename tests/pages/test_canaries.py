"""A3, A5, A15: words of a limited item, sought on every address, in every file and mail, for everybody who must not
have them; and by whoever may, as proof that the search would find them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.mail import EmailMultiAlternatives
from django.http.response import HttpResponseBase
from django.test import Client

from meetings.models import Action, AgendaItem, Decision, Document, Meeting, MeetingKind, Paper
from meetings.operations import (
    agree_action,
    begin_item,
    call_meeting,
    cancel,
    close_register,
    limit_to_readers,
    move,
    publish_agenda,
    record_decision,
    record_discussion,
    record_interest,
    report_on_action,
    send_minutes,
)
from meetings.tasks import make
from membership.models import Agency, StatementAsked
from partnership.authorship import saved
from partnership.bulk_reading import tell_of_bulk_reading
from partnership.models import AuditEvent, Delivery, Obligation, Purpose, What
from partnership.obligations import announcements, causes, features, planning
from partnership.obligations.announcements import announce
from partnership.obligations.messages import message_for, rows_behind
from partnership.obligations.rewording import send_test, try_out
from partnership.obligations.sweeping import sweep
from partnership.obligations.transport import Answer, Outcome, nothing
from partnership.obligations.wordings import Words, kind_named
from partnership.signing_in.invitations import invite
from reviews.week_letter import week_named
from tests.agendas import item_on, paper_at_item
from tests.cast import NOW, TODAY, Cast, at
from tests.pages.conftest import SignedIn
from tests.pdf_text import text_of
from tests.rights.people import assemble
from tests.rights.places import places_in
from tests.rights.table import lines

pytestmark = pytest.mark.sweep

CANARY = re.compile(r"Zebra\w+")
ISLAND = "/p/isle-of-wight/main-board/"
MEETING = ISLAND + "meetings/2027-03-17/"
# Who holds no name for the item, of those whom some page of the group is open to, and a few to whom none is.
KEPT_OUT = ("observer", "deputy", "vice-chair", "substitute", "member of two", "neighbour", "superuser")


@dataclass(frozen=True)
class Secret:
    """The limited item and all that hangs on it, each with a word of its own."""

    item: AgendaItem
    paper: Paper
    decision: Decision
    action: Action


@pytest.fixture
def secret(cast: Cast, meeting: Meeting) -> Secret:
    by = cast["coordinator"]
    paper_at_item(item_on(meeting, by, "Ordinary"), by, "Ordinary paper")
    item = item_on(meeting, by, "Zebratitle", lead="Zebralead", purpose="Zebrapurpose", minutes=77)
    paper = paper_at_item(item, by, "Zebrapaper")
    item_on(meeting, by, "Last of all")
    publish_agenda(meeting=meeting, by=by, reason="Late.")
    begin_item(item=item, at=at(10, 1), by=by)
    record_discussion(item=item, text="Zebradiscussion", version=1, by=by)
    decision = record_decision(item=item, text="Zebradecision", decided_at=at(10, 2), by=by)
    action = agree_action(board=meeting.board, text="Zebraaction", owner=cast["member"], due_on=TODAY, item=item, by=by)
    report_on_action(action=action, text="Zebraupdate", by=cast["member"])
    limit_to_readers(matter=item, reason="Zebrareason", readers=[cast["member"]], ends_on=at(9).date(), by=by)
    return Secret(item, paper, decision, action)


@pytest.fixture
def addresses(cast: Cast, meeting: Meeting, secret: Secret) -> list[str]:
    """Every address of the table with its ordinary places, and with those of the secret where it names a row."""
    assemble(cast, meeting)
    ordinary = places_in(cast, meeting)
    hidden = ordinary | {
        "item": secret.item.pk,
        "sent_item": secret.item.pk,
        "draft_item": secret.item.pk,
        "sent_paper": secret.paper.uuid,
        "draft_paper": secret.paper.uuid,
        "decision": secret.decision.pk,
        "action": secret.action.number,
    }
    asked = {line.at(**ordinary) for line in lines("get")}
    return sorted(asked | {line.at(**hidden) for line in lines("get") if line.names_a_row})


def sent(cast: Cast, meeting: Meeting) -> None:
    close_register(meeting=meeting, by=cast["coordinator"])
    send_minutes(meeting=meeting, by=cast["coordinator"], reason="In time.")


def told(client: Client, addresses: list[str]) -> dict[str, set[str]]:
    """The canary words of each address that says any."""
    found = {path: set(CANARY.findall(body_of(client.get(path)).decode(errors="replace"))) for path in addresses}
    return {path: words for path, words in found.items() if words}


def body_of(response: HttpResponseBase) -> bytes:
    said: Any = response
    headers = " ".join(f"{name}: {value}" for name, value in response.headers.items())
    # What is streamed is read to its end, and closed.
    return bytes(said.getvalue()) + headers.encode()


def status_of(client: Client, path: str) -> int:
    """How it is answered; a file is read to its end, and closed."""
    response = client.get(path)
    body_of(response)
    return response.status_code


def test_nobody_kept_out_finds_a_word_anywhere(
    cast: Cast, meeting: Meeting, signed_in: SignedIn, addresses: list[str]
) -> None:
    for name in ("observer", "deputy"):
        assert told(signed_in(name), addresses) == {}, f"{name}, before the minutes"
    sent(cast, meeting)
    for name in KEPT_OUT:
        assert told(signed_in(name), addresses) == {}, name


def test_who_may_read_it_finds_every_word_until_an_interest_closes_it(
    cast: Cast, meeting: Meeting, secret: Secret, signed_in: SignedIn, addresses: list[str]
) -> None:
    """A5: barred in page, file, list, count, record, minutes, history and mail."""
    for name, fewest in (("member", 5), ("chair", 8), ("coordinator", 8)):
        client = signed_in(name)
        words = set().union(*told(client, addresses).values())
        assert len(words) >= fewest, (name, words)
        record_interest(item=secret.item, person=cast[name], reason="A relative", by=cast[name])
        assert told(client, addresses) == {}, name


def test_numbers_are_the_same_for_everybody_and_totals_tell_nothing(
    cast: Cast, meeting: Meeting, secret: Secret, signed_in: SignedIn
) -> None:
    for name in ("observer", "deputy"):
        page = signed_in(name).get(MEETING).content.decode()
        assert "Item 2 is limited to named members" in page
        assert "3 items" in page
        assert re.search(r'q-paper__n">3</span>\s*<div>\s*<h3 class="q-paper__t">Last of all', page)
        assert "1 hour" not in page, "what is left of the time would say how long the item takes"
    assert "2 pages" in signed_in("observer").get(MEETING).content.decode()
    assert "4 pages" in signed_in("member").get(MEETING).content.decode()


# --- documents --------------------------------------------------------------------------------------------------------


def document_for(client: Client, kind: str) -> Document:
    asked = client.post(MEETING + "documents/", {"kind": kind})
    found = Document.objects.get(uuid=asked["Location"].rstrip("/").rpartition("/")[2])
    make(document_id=found.pk)
    return Document.objects.get(pk=found.pk)


def words_in(client: Client, document: Document) -> str:
    answer = client.get(f"{MEETING}documents/{document.uuid}/file/")
    assert answer.status_code == 200
    return text_of(answer.getvalue())


@pytest.mark.parametrize("kind", ["agenda", "minutes"])
def test_the_common_pdf_has_the_gap_and_a_readers_own_the_words(
    cast: Cast, meeting: Meeting, secret: Secret, signed_in: SignedIn, kind: str
) -> None:
    sent(cast, meeting)
    common, own = document_for(signed_in("observer"), kind), document_for(signed_in("member"), kind)
    assert (common.reader, own.reader) == (None, cast["member"])
    assert document_for(signed_in("deputy"), kind) == common
    assert "Zebra" not in words_in(signed_in("deputy"), common)
    assert "Item 2 is limited to named members" in words_in(signed_in("deputy"), common)
    assert "Zebratitle" in words_in(signed_in("member"), own)
    for name in ("observer", "chair", "manager"):
        address = f"{MEETING}documents/{own.uuid}/"
        assert signed_in(name).get(address).status_code == signed_in(name).get(address + "file/").status_code == 404


def test_a_pdf_made_before_is_asked_again_when_it_is_taken(cast: Cast, meeting: Meeting, signed_in: SignedIn) -> None:
    """A7: the address of a document opens nothing by itself."""
    by = cast["coordinator"]
    item = item_on(meeting, by, "Zebratitle")
    publish_agenda(meeting=meeting, by=by, reason="Late.")
    common = document_for(signed_in("observer"), "agenda")
    assert "Zebratitle" in words_in(signed_in("observer"), common)
    record_interest(item=item, person=cast["member"], reason="A relative", by=by)
    address = f"{MEETING}documents/{common.uuid}/file/"
    assert status_of(signed_in("member"), address) == 404
    assert status_of(signed_in("observer"), address) == 200
    limit_to_readers(matter=item, reason="It names a family", readers=[], ends_on=TODAY, by=by)
    assert status_of(signed_in("observer"), address) == 404
    assert status_of(signed_in("anonymous"), address) == 302


# --- mail, and what is left behind ------------------------------------------------------------------------------------


@dataclass
class Letterbox:
    """Takes every message instead of a mail server."""

    taken: list[EmailMultiAlternatives] = field(default_factory=list)

    def prepare(self, message: EmailMultiAlternatives) -> None:
        """It goes as it stands."""

    def deliver(self, message: EmailMultiAlternatives, meanwhile: Callable[[], None] = nothing) -> Answer:
        self.taken.append(message)
        return Answer(Outcome.ACCEPTED, "250 taken")

    def close(self) -> None:
        """There is no line to end."""


def test_no_mail_names_it(cast: Cast, meeting: Meeting, secret: Secret) -> None:
    """A15: every message that there is to send, drawn whole."""
    sent(cast, meeting)
    box = Letterbox()
    planning.plan(now=NOW)
    sweep(now=NOW + timedelta(hours=1), by=cast.author, transport=box)
    assert len(box.taken) >= 5, "papers, minutes and an action at the least"
    for message in box.taken:
        assert not CANARY.search(message.message().as_string())
        assert not message.attachments
        assert len(message.recipients()) == 1


def test_each_reading_is_recorded_and_says_no_word(
    cast: Cast, meeting: Meeting, secret: Secret, signed_in: SignedIn
) -> None:
    sent(cast, meeting)
    member = signed_in("member")
    for path in ("", "agenda/", "minutes/", f"papers/{secret.paper.uuid}/"):
        body_of(member.get(MEETING + path))
    read = AuditEvent.objects.filter(what=What.READ_RESTRICTED, person=cast["member"]).order_by("pk")
    assert [event.detail for event in read] == ["meeting", "agenda", "minutes", "file of a paper"]
    assert all(event.address and event.request and event.board_id == cast.board.pk for event in read)
    assert not AuditEvent.objects.filter(detail__icontains="zebra").exists()
    signed_in("observer").get(MEETING)
    assert not AuditEvent.objects.filter(what=What.READ_RESTRICTED, person=cast["observer"]).exists()


@pytest.mark.parametrize("is_restricted", [True, False])
def test_who_takes_too_many_files_is_slowed_down(
    cast: Cast, meeting: Meeting, secret: Secret, signed_in: SignedIn, settings: Any, *, is_restricted: bool
) -> None:
    """A20."""
    settings.RESTRICTED_FILES_AN_HOUR = settings.FILES_AN_HOUR = 3
    paper = secret.paper if is_restricted else Paper.objects.get(title="Ordinary paper")
    client = signed_in("member")
    address = f"{MEETING}papers/{paper.uuid}/"
    assert [status_of(client, address) for _ in range(4)] == [200, 200, 200, 429]
    assert "Too many files in one hour" in client.get(address).content.decode()
    settings.CLOCK_STOPPED_AT = at(11, 10)
    assert status_of(client, address) == 200


# What can be told, and what reminders can be about; a kind that is new fails until it is drawn here, too.
TOLD = {
    "action agreed", "break-glass", "bulk-reading", "invitation", "meeting called", "meeting cancelled",
    "meeting moved", "minutes sent", "papers published", "the week",
    "wording trial",
}  # fmt: skip
REMINDED_OF = {
    "meetings.action", "meetings.decision", "meetings.meeting", "membership.acknowledgement", "membership.appointment",
    "membership.delegatedofficer", "membership.detailscheck", "membership.induction", "membership.seat",
    "membership.statementasked", "partnership.board", "partnership.breakglass", "partnership.constitution",
}  # fmt: skip


def everything_there_is_to_tell(cast: Cast, meeting: Meeting) -> None:
    """Each kind of thing to tell at least once, about what is limited where there is such."""
    by = cast["coordinator"]
    places_in(cast, meeting)
    tell_of_bulk_reading(person=cast["member"], board=cast.board, is_restricted=True)
    invite(person=cast["observer"], board=cast.board, by=by)
    called = call_meeting(
        board=cast.board, kind=MeetingKind.ORDINARY, on=date(2027, 7, 2), starts_at=time(10), notice_on=TODAY, by=by
    )
    standing = call_meeting(
        board=cast.board, kind=MeetingKind.ORDINARY, on=date(2027, 7, 1), starts_at=time(10), notice_on=TODAY, by=by
    )
    assert standing.pk != called.pk
    moved = move(meeting=called, on=date(2027, 7, 9), starts_at=time(10), reason="Zebrareason", by=by)
    cancel(meeting=moved, reason="Zebrareason", by=by)
    words = Words("Papers: {meeting}", "We meet on {when}.", "Bye.")
    trial = try_out(
        partnership=cast.partnership, kind=kind_named("papers-ready"), words=words, seen=0, by=cast["manager"]
    )
    send_test(trial=trial, board=cast.board, by=cast["manager"])
    asked = StatementAsked(board=cast.board, agency=Agency.objects.order_by("pk")[0])
    saved(asked, by=by, reason="Asked for its statement")
    moving = cast.meeting(on=date(2027, 8, 3))
    move(meeting=moving, on=date(2027, 8, 4), starts_at=time(10), reason="Zebrareason", by=by)
    announce(kind="the week", cause=cast.partnership, board=cast.board, occurrence=week_named(TODAY), by=cast.author)


def test_every_kind_of_mail_names_no_word_and_has_one_recipient(
    cast: Cast, meeting: Meeting, secret: Secret, stopped_clock: Any
) -> None:
    """A15, V25, V26: each kind, drawn whole as it would go."""
    assert CANARY.search(secret.action.text), "it would be found"
    assert set(announcements._KINDS) == TOLD
    assert set(causes._CAUSES) == REMINDED_OF
    everything_there_is_to_tell(cast, meeting)
    sent(cast, meeting)
    features.plan_all(by=cast.author)
    box = Letterbox()
    sweep(now=NOW + timedelta(hours=1), by=cast.author, transport=box)
    told = Delivery.objects.filter(state="sent", announcement__isnull=False)
    assert set(told.values_list("announcement__kind", flat=True)) == TOLD
    for kind in REMINDED_OF:
        box.taken += reminders_of(cast, kind)
    box.taken += reminders_of(cast, *REMINDED_OF)
    for message in box.taken:
        drawn = message.message()
        assert not CANARY.search(drawn.as_string()), message.subject
        assert [part.get_filename() for part in drawn.walk() if part.get_filename()] in ([], ["meeting.ics"])
        assert (len(message.to), message.cc, message.bcc) == (1, [], [])
        assert not {"cc", "bcc", "resent-to"} & {name.lower() for name in drawn}


def reminders_of(cast: Cast, *kinds: str) -> list[EmailMultiAlternatives]:
    """Of each kind of row a reminder before and after its day and of a changed date; of several, one digest."""
    parcel = []
    for kind in kinds:
        due = Obligation.objects.filter(board=cast.board, cause_type=kind).order_by("pk").first() or asked_of(
            cast, kind
        )
        parcel.append(Delivery(board=cast.board, obligation=due, recipient=cast["chair"], send_at=NOW))
    rows = {row.pk: found for row, found in zip(parcel, _rows(parcel), strict=True)}
    if len(parcel) > 1:
        for row in parcel:
            row.in_digest = True
    days = (NOW - timedelta(days=5), NOW, NOW + timedelta(days=5))
    drawn = [message_for(parcel, rows, now=day) for day in days]
    parcel[0].purpose = Purpose.CHANGED
    return [*drawn, message_for(parcel, rows, now=NOW)]


def asked_of(cast: Cast, kind: str) -> Obligation:
    """An obligation that hangs on such a row, of a duty that these terms do not have."""
    cause = apps.get_model(kind)._default_manager.order_by("pk")[0]
    return Obligation.objects.create(
        board=cast.board,
        cause_type=kind,
        cause_id=cause.pk,
        duty="papers",
        constitution=cast.constitution,
        owner="team",
        due_on=TODAY,
        planned_at=NOW,
    )


def _rows(parcel: list[Delivery]) -> list[Any]:
    """What each is about, with a number that tells it apart."""
    found = []
    for number, row in enumerate(parcel, start=-len(parcel)):
        row.pk = number
        found.append(rows_behind([row])[number])
    return found
