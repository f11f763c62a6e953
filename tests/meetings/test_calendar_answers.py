"""Answers of calendars: which are taken, which are not and why, and that none of them changes what a person said."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings.calendar_answers.parsing import NotReadable, answer_in
from meetings.calendar_answers.taking import REPEATED, UNREADABLE, take
from meetings.models import AnswerOutcome, CalendarAnswer, Meeting, MeetingKind, Reply, ReplyAnswer
from meetings.operations import call_meeting, cancel, move, open_register, reply
from meetings.queries.calendar_answers import answers_not_taken, calendar_answers_to
from membership.operations import end_appointment
from partnership.clock import LONDON
from partnership.models import Delivery, User
from partnership.obligations.sweeping import sweep
from tests.cast import NOW, TODAY, Cast
from tests.mails import APPLE, GOOGLE, OUTLOOK, answer_mail, mail_with, reply_text
from tests.partnership.test_deliveries import Carrier

APRIL = date(2027, 4, 22)
MEMBER = "member@example.org"


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    """Called today, its invitations sent."""
    called = call_meeting(
        board=cast.board,
        kind=MeetingKind.ORDINARY,
        on=APRIL,
        starts_at=time(10),
        notice_on=TODAY,
        by=cast["coordinator"],
    )
    sweep(now=NOW, by=cast.author, transport=Carrier())
    return called


def taken(cast: Cast, mail: bytes) -> str:
    found = take(mail, NOW, cast.author)
    return "" if found is None else found.outcome


def seen(cast: Cast, meeting: Meeting, who: str = "coordinator") -> dict[str, str]:
    """What that person sees that calendars say, by whose it is."""
    found = calendar_answers_to(meeting=meeting, user=cast[who], on=TODAY)
    return {User.objects.get(pk=person).name: answer.says for person, answer in found.items()}


@pytest.mark.parametrize(
    ("product", "program"),
    [(OUTLOOK, "outlook"), (GOOGLE, "google"), (APPLE, "apple"), ("-//Other//EN", "other")],
)
def test_an_answer_is_kept_beside_what_was_said_here(cast: Cast, meeting: Meeting, product: str, program: str) -> None:
    reply(meeting=meeting, seat=cast.seats["constabulary"], answer=ReplyAnswer.COMING, by=cast["member"])
    mail = answer_mail(meeting, attendee=MEMBER, says="DECLINED", product=product, message_id="<one@mail.example.org>")
    assert taken(cast, mail) == "taken"
    row = CalendarAnswer.objects.get()
    assert (row.person, row.says, row.program, row.sequence) == (cast["member"], "declined", program, 0)
    assert (row.message_id, row.answered_at, row.sender) == ("<one@mail.example.org>", NOW, "")
    assert Reply.objects.get().answer == ReplyAnswer.COMING, "what was said here wins"
    assert seen(cast, meeting) == {"Member": "declined"}


def test_a_mail_read_twice_counts_once(cast: Cast, meeting: Meeting) -> None:
    mail = answer_mail(meeting, attendee=MEMBER)
    assert taken(cast, mail) == "taken"
    assert take(mail, NOW, cast.author) == REPEATED
    assert CalendarAnswer.objects.count() == 1


def test_without_a_message_id_the_mail_itself_tells_it_apart(cast: Cast, meeting: Meeting) -> None:
    mail = answer_mail(meeting, attendee=MEMBER).replace(b"Message-ID", b"X-No-ID")
    assert [taken(cast, mail), taken(cast, mail)] == ["taken", REPEATED.outcome]


def test_the_later_answer_counts_whatever_comes_first(cast: Cast, meeting: Meeting) -> None:
    later = answer_mail(meeting, attendee=MEMBER, says="DECLINED", at=NOW - timedelta(minutes=1))
    earlier = answer_mail(meeting, attendee=MEMBER, says="ACCEPTED", at=NOW - timedelta(hours=1))
    assert [taken(cast, later), taken(cast, earlier)] == ["taken", "taken"]
    assert seen(cast, meeting) == {"Member": "declined"}


def test_a_clock_ahead_does_not_make_an_answer_the_last_for_ever(cast: Cast, meeting: Meeting) -> None:
    taken(cast, answer_mail(meeting, attendee=MEMBER, at=NOW + timedelta(days=900)))
    assert CalendarAnswer.objects.get().answered_at == NOW


def test_addresses_are_compared_whatever_their_letters(cast: Cast, meeting: Meeting) -> None:
    mail = answer_mail(meeting, attendee="Member@Example.ORG", sender='"Member, M" <MEMBER@example.org>')
    assert taken(cast, mail) == "taken"


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({"sender": "Member <eve@example.org>"}, AnswerOutcome.FORGED),
        ({"sender": '"member@example.org" <eve@example.org>'}, AnswerOutcome.FORGED),
        ({"sender": "member@example.org, eve@example.org"}, AnswerOutcome.FORGED),
        ({"sender": "nobody"}, AnswerOutcome.FORGED),
        ({"attendee": "eve@example.org"}, AnswerOutcome.NOT_INVITED),
        ({"attendee": "coordinator@example.org"}, AnswerOutcome.NOT_INVITED),
        ({"sequence": 7}, AnswerOutcome.OLD),
        ({"says": "NEEDS-ACTION"}, AnswerOutcome.SILENT),
        ({"says": "DELEGATED"}, AnswerOutcome.SILENT),
    ],
)
def test_what_is_not_taken_is_kept_with_the_reason(
    cast: Cast, meeting: Meeting, changes: dict[str, str], outcome: AnswerOutcome
) -> None:
    mail = answer_mail(meeting, **{"attendee": MEMBER} | changes)
    assert taken(cast, mail) == outcome
    assert CalendarAnswer.objects.get().outcome == outcome
    assert seen(cast, meeting) == {}
    told = answers_not_taken(meeting=meeting, user=cast["coordinator"], on=TODAY)
    assert [row.outcome for row in told] == ([] if outcome is AnswerOutcome.SILENT else [outcome])
    assert answers_not_taken(meeting=meeting, user=cast["chair"], on=TODAY) == []


def test_two_headers_that_say_from_are_believed_by_nobody(cast: Cast, meeting: Meeting) -> None:
    mail = b"From: eve@example.org\r\n" + answer_mail(meeting, attendee=MEMBER)
    assert taken(cast, mail) == AnswerOutcome.FORGED


def test_an_answer_to_a_date_that_moved_since_is_old(cast: Cast, meeting: Meeting) -> None:
    assert taken(cast, answer_mail(meeting, attendee=MEMBER)) == "taken"
    moved = move(meeting=meeting, on=date(2027, 4, 29), starts_at=time(10), reason="A clash", by=cast["coordinator"])
    assert seen(cast, moved) == {}, "it said nothing of the new date"
    assert taken(cast, answer_mail(meeting, attendee=MEMBER)) == AnswerOutcome.OLD
    assert taken(cast, answer_mail(meeting, attendee=MEMBER, says="TENTATIVE", sequence=1)) == "taken"
    assert seen(cast, moved) == {"Member": "tentative"}


def test_once_the_seat_has_ended_an_answer_changes_nothing(cast: Cast, meeting: Meeting) -> None:
    end_appointment(
        appointment=cast.appointments["member"], ends_on=date(2027, 3, 16), reason="Left", by=cast["coordinator"]
    )
    assert taken(cast, answer_mail(meeting, attendee=MEMBER)) == AnswerOutcome.LEFT
    User.objects.filter(pk=cast["observer"].pk).update(is_active=False)
    assert taken(cast, answer_mail(meeting, attendee="observer@example.org")) == AnswerOutcome.LEFT
    assert seen(cast, meeting) == {}


def test_on_the_last_day_of_the_seat_it_still_does(cast: Cast, meeting: Meeting) -> None:
    end_appointment(appointment=cast.appointments["member"], ends_on=TODAY, reason="Leaves", by=cast["coordinator"])
    mail = answer_mail(meeting, attendee=MEMBER)
    last_minute = NOW.replace(hour=23, minute=59)
    assert take(mail, last_minute + timedelta(minutes=1), cast.author) is not None
    assert CalendarAnswer.objects.get().outcome == AnswerOutcome.LEFT
    CalendarAnswer.objects.all().delete()
    assert take(mail, last_minute, cast.author) is not None
    assert CalendarAnswer.objects.get().outcome == AnswerOutcome.TAKEN


def test_after_the_register_opened_or_the_meeting_was_cancelled_it_is_too_late(cast: Cast, meeting: Meeting) -> None:
    opened = open_register(meeting=meeting, by=cast.author, at=datetime(2027, 4, 22, 9, 50, tzinfo=LONDON))
    assert taken(cast, answer_mail(opened, attendee=MEMBER)) == AnswerOutcome.OVER
    other = call_meeting(
        board=cast.board, kind=MeetingKind.ORDINARY, on=APRIL, starts_at=time(14), notice_on=TODAY, by=cast.author
    )
    sweep(now=NOW, by=cast.author, transport=Carrier())
    cancel(meeting=other, reason="Snow", by=cast["coordinator"])
    assert taken(cast, answer_mail(other, attendee=MEMBER)) == AnswerOutcome.OVER


def test_nobody_answers_an_invitation_that_never_went(cast: Cast, meeting: Meeting) -> None:
    Delivery.objects.filter(recipient=cast["member"]).update(state="failed")
    assert taken(cast, answer_mail(meeting, attendee=MEMBER)) == AnswerOutcome.NOT_INVITED


@pytest.mark.parametrize(
    "uid",
    ["040000008200E00074C5B7101A82E008", "meeting-0@localhost", "meeting-999999999@localhost", "meeting-1@evil.example",
     "meeting-1@localhost@evil.example", "meeting-99999999999999999999@localhost", ""],
)  # fmt: skip
def test_answers_to_what_is_not_ours_are_left_for_people(cast: Cast, uid: str) -> None:
    assert take(answer_mail(uid, attendee=MEMBER), NOW, cast.author) in {None, UNREADABLE}
    assert not CalendarAnswer.objects.exists()


def test_an_invitation_of_ours_that_comes_back_is_no_answer(cast: Cast, meeting: Meeting) -> None:
    for method in ("REQUEST", "COUNTER", "CANCEL", ""):
        assert take(answer_mail(meeting, attendee=MEMBER, method=method), NOW, cast.author) is None


def test_an_answer_inside_a_forwarded_mail_is_not_the_senders(cast: Cast, meeting: Meeting) -> None:
    inner = answer_mail(meeting, attendee=MEMBER)
    head = b"From: member@example.org\r\nMIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\n"
    assert take(head + inner, NOW, cast.author) is None


ANSWER = reply_text("meeting-777777@localhost", attendee=MEMBER)
HOSTILE = {
    "nothing": b"",
    "no calendar": b"From: a@example.org\r\n\r\nI cannot come, my son is ill.\r\n",
    "bytes": bytes(range(256)) * 40,
    "no end": answer_mail("meeting-777777@localhost", attendee=MEMBER)[:-200],
    "deep": b"From: a@example.org\r\n" + b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(1500)
    ),
    "many parts": b'From: a@example.org\r\nContent-Type: multipart/mixed; boundary="x"\r\n\r\n'
    + b"--x\r\nContent-Type: text/plain\r\n\r\na\r\n" * 5000,
    "not base64": mail_with("x", sender=MEMBER).replace(b"eA==", b"\xff\xfe!!!"),
    "unknown charset": answer_mail("meeting-777777@localhost", attendee=MEMBER).replace(b"utf-8", b"x-evil"),
    "long header": b"From: " + b"a" * 200_000 + b"@example.org\r\n\r\n",
    "odd header": b"From: =?x-evil?q?=FF?= <a@example.org>\r\nMessage-ID: \xff\x00\r\n\r\n",
    "number": mail_with(reply_text("meeting-777777@localhost", attendee=MEMBER, sequence="9" * 400), sender=MEMBER),
    "words": mail_with(reply_text("meeting-777777@localhost", attendee=MEMBER, sequence="many"), sender=MEMBER),
    "nul": mail_with(reply_text("meeting-777777@localhost\0", attendee="\0" + MEMBER), sender=MEMBER),
    "no attendee": mail_with(ANSWER.replace("ATTENDEE", "X-A"), sender=MEMBER),
    "two calendars": mail_with(ANSWER * 2, sender=MEMBER),
    "huge": mail_with(ANSWER + "X" * 400_000, sender=MEMBER),
    "half": mail_with("BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n", sender=MEMBER),
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_no_mail_is_an_error_but_for_one_that_says_so(cast: Cast, meeting: Meeting, what: str) -> None:
    before = Reply.objects.count()
    assert take(HOSTILE[what], NOW, cast.author) in {None, UNREADABLE}
    assert (CalendarAnswer.objects.count(), Reply.objects.count()) == (0, before)


def test_a_charset_that_nobody_knows_is_read_all_the_same(cast: Cast, meeting: Meeting) -> None:
    assert taken(cast, answer_mail(meeting, attendee=MEMBER).replace(b"utf-8", b"x-evil")) == "taken"


def test_what_answers_and_makes_no_sense_is_told_apart_from_other_mail() -> None:
    with pytest.raises(NotReadable):
        answer_in(HOSTILE["number"])
    assert answer_in(HOSTILE["no calendar"]) is None


def test_of_comments_nothing_is_kept(cast: Cast, meeting: Meeting) -> None:
    taken(cast, answer_mail(meeting, attendee=MEMBER))
    row = CalendarAnswer.objects.values().get()
    assert "Zebracomment" not in str(row)


def test_who_sees_replies_sees_answers_and_nobody_else(cast: Cast, meeting: Meeting) -> None:
    taken(cast, answer_mail(meeting, attendee=MEMBER))
    for who in ("member", "deputy", "chair", "scrutineer", "coordinator", "manager"):
        assert seen(cast, meeting, who) == {"Member": "accepted"}, who
    for who in ("observer", "neighbour", "outsider", "nobody"):
        assert seen(cast, meeting, who) == {}, who


def test_what_is_asked_of_answers_is_the_same_for_one_and_for_many(cast: Cast, meeting: Meeting) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            calendar_answers_to(meeting=meeting, user=cast["coordinator"], on=TODAY)
        return len(asked)

    taken(cast, answer_mail(meeting, attendee=MEMBER))
    one = queries()
    for name in ("chair", "scrutineer", "observer"):
        taken(cast, answer_mail(meeting, attendee=f"{name}@example.org"))
    assert queries() == one
