"""Every kind of row that holds something on a person, and what becomes of it: data, read by the copy and the erasure.

A test fails when a model gets a field that leads to a person and no line here. Models are named by label, for this app
imports none of those above it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.conf import settings

from partnership.rules.plain_dates import counted


@dataclass(frozen=True, slots=True)
class Held:
    """One way in which rows of a model belong to a person: by which field, and what they are in words.

    `own` are the text columns that the person wrote or that say something of nobody else; any other text waits for
    somebody to read it before it is given out. `blanked` are the columns that say something personal of them, and go
    when they are erased, whatever the text.
    """

    model: str
    person: str
    what: str
    own: frozenset[str] = field(default_factory=frozenset)
    blanked: frozenset[str] = field(default_factory=frozenset)
    is_deleted: bool = False


def _held(model: str, person: str, what: str, own: str = "", blanked: str = "", *, is_deleted: bool = False) -> Held:
    return Held(model, person, what, frozenset(own.split()), frozenset(blanked.split()), is_deleted)


HELD = (
    _held("partnership.user", "id", "Your account", own="name email reminders_as refused_address"),
    _held("partnership.standing", "person", "Your standings", own="role source"),
    _held("partnership.grant", "person", "Grants given to you", own="codename"),
    _held("partnership.grant", "granted_by", "Grants that you gave", own="codename"),
    _held("partnership.delivery", "recipient", "Messages to you", own="address subject channel purpose state"),
    _held("partnership.mailhold", "by", "When you held mail back or let it go", own="what reason"),
    _held("partnership.wordingtrial", "person", "Wordings that you tried out", own="kind subject opening closing"),
    _held("partnership.announcement", "by", "What you had announced", own="kind"),
    _held("partnership.obligationevent", "by", "What you met or moved of a duty", own="what"),
    _held(
        "partnership.dutywaiver", "by", "Duties that you waived, or whose waiver you withdrew", own="what role reason"
    ),
    _held("partnership.auditevent", "person", "What you did, from the audit trail", own="what kind number address"),
    _held("partnership.auditevent", "subject", "What others did about you, from the audit trail", own="what kind"),
    _held("partnership.signinevent", "person", "Your sign-ins", own="what how address device sent_to network"),
    _held("partnership.browsersession", "person", "Browsers signed in", own="device address", is_deleted=True),
    _held("partnership.knownbrowser", "person", "Browsers known", is_deleted=True),
    _held("partnership.invitation", "person", "Invitations to you", own="address", blanked="address"),
    _held("partnership.invitation", "invited_by", "Invitations that you sent"),
    _held("partnership.addressproof", "person", "Addresses to be proved", own="network", is_deleted=True),
    _held("partnership.signincode", "person", "Codes asked for", own="network", is_deleted=True),
    _held("partnership.boarduserobjectpermission", "user", "Permissions behind your grants", is_deleted=True),
    _held("partnership.protectionuserobjectpermission", "user", "Permissions behind your readings", is_deleted=True),
    _held("partnership.reader", "person", "Protected items you were named for"),
    _held("partnership.reader", "granted_by", "Whom you named for protected items", own="reason"),
    _held("partnership.bar", "person", "Interests recorded of you", own="source reason"),
    _held("partnership.breakglass", "person", "Limited objects that you opened by break-glass", own="category reason"),
    _held("partnership.breakglass", "reviewed_by", "Uses of break-glass that you reviewed", own="review"),
    # What stands behind the wall goes into no copy: its protection keeps it out.
    _held("reviews.casefile", "steward", "Cases that you keep"),
    _held("reviews.casefile", "panel_chair", "Cases whose panel you chair"),
    _held("account.emailaddress", "user", "Addresses to sign in with", own="email", is_deleted=True),
    _held(
        "socialaccount.socialaccount",
        "user",
        "Accounts elsewhere that sign you in",
        own="provider uid",
        is_deleted=True,
    ),
    _held("mfa.authenticator", "user", "Second steps set up", own="type", is_deleted=True),
    _held("partnership.subjectcopy", "person", "Copies made of what is held on you", own="state"),
    _held("partnership.subjectcopy", "asked_by", "Copies that you asked for", own="state"),
    _held("partnership.erasure", "person", "Your erasure", own="state"),
    _held("partnership.erasure", "asked_by", "Erasures that you asked for", own="state"),
    _held("membership.appointment", "person", "Your appointments", own="kind"),
    _held(
        "membership.contactdetails",
        "person",
        "How you are reached",
        own="post_title telephone work_address preferred_way postal_address access_needs paper_needs",
        blanked="post_title telephone work_address preferred_way postal_address access_needs paper_needs",
    ),
    _held("membership.detailscheck", "person", "Boards that ask you to confirm your details"),
    _held("membership.induction", "person", "Your inductions", own="role"),
    _held("reviews.mistakereport", "person", "Mistakes that you reported", own="text", blanked="text"),
    _held("membership.agencyofficer", "person", "Agencies that you answer for", own="name post", blanked="name post"),
    _held("membership.officeterm", "person", "Offices you held", own="office"),
    _held("membership.leadrepresentative", "person", "Statutory partners you led for", own="post", blanked="post"),
    _held("membership.delegatedofficer", "person", "Statutory partners you act for", own="post", blanked="post"),
    _held("membership.accountabilitystatement", "lodged_by", "Statements that you lodged", own="responsibilities line"),
    _held("membership.acknowledgement", "person", "Arrangements that you acknowledged", own="name"),
    _held("partnership.constitutionsignature", "person", "What you signed", own="capacity name"),
    _held("membership.agencyimport", "person", "Files you were bringing in", is_deleted=True),
    _held("meetings.reply", "person", "Your replies", own="answer reason", blanked="reason deputy_reason"),
    _held("meetings.calendaranswer", "person", "What your calendar answered", own="says program", blanked="sender"),
    _held("meetings.calendarfeed", "person", "Addresses that your calendar fetches"),
    _held(
        "meetings.attendance",
        "person",
        "Your attendance",
        own="attends_as recorded mode reason",
        blanked="reason deputy_note deputy_reason",
    ),
    _held("meetings.confidentialityagreement", "written_by", "Confidentiality agreements that you entered"),
    _held("meetings.confidentialitysignature", "person", "Your signatures of a confidentiality agreement", own="name"),
    _held("meetings.confidentialitysignature", "recorded_by", "Signatures that you recorded", own="evidence"),
    _held("meetings.signaturecorrection", "by", "Signatures that you withdrew", own="reason"),
    _held("meetings.presence", "person", "When you came and went", own="present_as"),
    _held("meetings.determination", "determined_by", "What you determined", own="reason"),
    _held("meetings.action", "owner", "Your actions", own="text status"),
    _held("meetings.actionupdate", "made_by", "What you reported", own="text"),
    _held("meetings.document", "asked_by", "PDFs that you asked for", own="kind state"),
    _held("meetings.document", "reader", "PDFs made for you alone", own="kind state"),
)

# Models that lead to a person and hold nothing on one; each says why.
NOTHING_HELD = {
    "guardian.userobjectpermission": "never written: permissions are kept by board",
}

FOR_EVER = "kept for ever as the partnership's record"
SEVEN_YEARS = "kept 7 years after close"
IN_THE_LOG = f"kept {counted(settings.ACCESS_LOG_DAYS, 'day')}, to find out who misused an account"
IN_DRAFT = "kept 12 months after the meeting, with the draft it stands in"

# Where a name may stand after its person was erased, and why: by model, or by model and column.
KEPT = {
    "membership.accountabilitystatement": FOR_EVER,
    "membership.acknowledgement": FOR_EVER,
    "meetings.minutes": FOR_EVER,
    "meetings.boardanswer": FOR_EVER,
    "meetings.decision": FOR_EVER,
    "meetings.confidentialityagreement": FOR_EVER,
    "meetings.confidentialitysignature": FOR_EVER,
    "meetings.signaturecorrection": FOR_EVER,
    "meetings.delegation": FOR_EVER,
    "meetings.determination": FOR_EVER,
    "meetings.withdrawal": FOR_EVER,
    "meetings.agendaitem": FOR_EVER,
    "meetings.agendapublication": FOR_EVER,
    "meetings.paper": FOR_EVER,
    "meetings.itemrecord": IN_DRAFT,
    "meetings.document": FOR_EVER,
    "meetings.action": SEVEN_YEARS,
    "meetings.actionupdate": SEVEN_YEARS,
    "partnership.constitution": FOR_EVER,
    "partnership.constitutiondraft": FOR_EVER,
    "partnership.constitutionsignature": FOR_EVER,
    "partnership.signinevent": IN_THE_LOG,
    "partnership.bar": FOR_EVER,
    "partnership.reader": SEVEN_YEARS,
    "partnership.protection": FOR_EVER,
    "partnership.breakglass": SEVEN_YEARS,
    "reviews.casepaper": "kept 10 years after the case is closed",
}
# What holds digests and numbers alone, and is not looked through for names.
DIGESTS = frozenset(
    {"partnership.fingerprint", "partnership.layout", "partnership.link", "partnership.chainhead", "sessions.session"}
)


@dataclass(frozen=True, slots=True)
class RecordClass:
    """A class of records and how long it is kept, in days; None is for ever. The lawful basis is to be confirmed."""

    name: str
    days: int | None
    since: str

    @property
    def kept(self) -> str:
        """In words: "for ever", "7 years after close", "30 days after sending"."""
        if self.days is None:
            return "for ever"
        number, unit = (self.days // YEAR, "year") if self.days % YEAR == 0 else (self.days, "day")
        return f"{number} {unit}{'' if number == 1 else 's'} after {self.since}"


YEAR = 365
RETENTION = {
    "decisions, minutes, attendance, constitutions": RecordClass(
        "Decisions, minutes, attendance, constitutions", None, "—"
    ),
    "actions, challenges, deliveries": RecordClass("Actions, challenges, the fact of a message", 7 * YEAR, "close"),
    "sign-in and access logs": RecordClass("Sign-in and access logs", settings.ACCESS_LOG_DAYS, "the event"),
    "restricted readings": RecordClass("Readings of restricted items", 7 * YEAR, "the event"),
    "break-glass": RecordClass("Break-glass", 7 * YEAR, "the event"),
    "contact details": RecordClass("Contact details", YEAR, "the last appointment"),
    "drafts": RecordClass("Drafts", YEAR, "the meeting"),
    "mail subjects": RecordClass("Subjects of messages", YEAR, "sending"),
    "mail bodies": RecordClass("Bodies of messages, where any are kept", 30, "sending"),
    "copies for a person": RecordClass("Copies made for a person", 7, "making"),
}
