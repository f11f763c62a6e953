"""The confidentiality agreement as printed: its text, who has signed it at a meeting, and who has not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from meetings.models import ConfidentialityAgreement, ConfidentialitySignature, Meeting
from meetings.presenters.words import clock_time
from meetings.queries.signatures import AttendingPerson, Signing
from partnership.clock import LONDON
from partnership.models import Board
from partnership.navigation import address_of
from partnership.rules.deadlines.deadlines import Deadline
from partnership.rules.plain_dates import counted, plain_date
from partnership.rules.signing import not_signed, signing_sentence

SIGNED, NOT_SIGNED = "Signed the agreement", "Has not signed the agreement"


@dataclass(frozen=True, slots=True)
class VersionOnPage:
    """One version of the text in the list of all."""

    name: str
    href: str
    hint: str
    is_shown: bool


@dataclass(frozen=True, slots=True)
class AgreementPage:
    """A version of the text with who asks for it. `paragraphs` are empty while there is no text."""

    title: str
    paragraphs: tuple[str, ...]
    written: str
    is_in_force: bool
    asked: str
    versions: tuple[VersionOnPage, ...]


@dataclass(frozen=True, slots=True)
class SignatureOnPage:
    """One person in the list. `how` says when and how they signed; `href` leads to withdrawing it."""

    name: str
    what: str
    state: str
    is_signed: bool
    how: str
    href: str


@dataclass(frozen=True, slots=True)
class SignaturesPage:
    """Who is asked and has or has not signed; who else signed; what was withdrawn."""

    sentence: str
    asked: str
    text: str
    text_href: str
    people: tuple[SignatureOnPage, ...]
    others: tuple[SignatureOnPage, ...]
    withdrawn: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SigningOnRegister:
    """What the register says of it; `rows` by the id of the row, where somebody of it is asked or has signed."""

    sentence: str
    is_complete: bool
    href: str
    rows: dict[int, str]


def paragraphs_of(text: str) -> tuple[str, ...]:
    """The text as paragraphs, which an empty line parts."""
    return tuple(part.strip() for part in text.split("\n\n") if part.strip())


# --- the text ---------------------------------------------------------------------------------------------------------


def agreement_page(
    board: Board,
    versions: Sequence[ConfidentialityAgreement],
    *,
    shown: ConfidentialityAgreement | None,
    rule: Deadline | None,
) -> AgreementPage:
    """`versions` are all of them, the latest first."""
    return AgreementPage(
        title="Confidentiality agreement",
        paragraphs=paragraphs_of(shown.text) if shown else (),
        written=_written(shown) if shown else "",
        is_in_force=bool(versions) and shown == versions[0],
        asked=f"{rule.clause.citation}: {rule.clause.words}" if rule else "The rules in force ask nobody to sign it.",
        versions=tuple(
            VersionOnPage(
                name=f"Version {each.version}",
                href=reverse("confidentiality_version", args=(*address_of(board), each.version)),
                hint=_written(each, is_short=True),
                is_shown=each == shown,
            )
            for each in versions
        ),
    )


def _written(version: ConfidentialityAgreement, *, is_short: bool = False) -> str:
    on = plain_date(version.written_at.astimezone(LONDON).date())
    changed = f" {version.what_changed.rstrip('.')}." if version.what_changed else ""
    by = f"Entered by {version.written_by} on {on}.{changed}"
    return by if is_short else f"Version {version.version}. {by}"


# --- signatures -------------------------------------------------------------------------------------------------------


def how_signed(signature: ConfidentialitySignature) -> str:
    """`Version 2, at 10:04am on 22 April 2027`; on paper with who recorded it afterwards, when, and where it is."""
    version, on = f"Version {signature.agreement.version}", plain_date(signature.signed_on)
    if signature.signed_at is not None:
        return f"{version}, at {clock_time(signature.signed_at)} on {on}"
    recorded = plain_date(signature.recorded_at.astimezone(LONDON).date())
    evidence = signature.evidence.rstrip(".")
    return f"{version}, on paper on {on}. Recorded afterwards by {signature.recorded_by} on {recorded}: {evidence}"


def signatures_page(meeting: Meeting, signing: Signing, *, may_write: bool) -> SignaturesPage:
    """Those who have not signed first; each person once, whoever they sit for."""
    people = sorted(signing.asked, key=lambda each: each.signature is not None)
    others = [each for each in signing.once if not each.is_asked]
    rule, agreement = signing.rule, signing.agreement
    return SignaturesPage(
        sentence=signing_sentence(signing.signers) or "Nobody who is asked to sign is recorded as attending yet.",
        asked=f"{rule.clause.citation}: {rule.clause.words}" if rule else "",
        text=f"Version {agreement.version} of the agreement" if agreement else "",
        text_href=reverse("confidentiality", args=address_of(meeting.board)),
        people=tuple(_person(each, meeting, may_write=may_write) for each in people),
        others=(
            *(_person(each, meeting, may_write=may_write) for each in others),
            *(_stranger(each, meeting, may_write=may_write) for each in signing.others),
        ),
        withdrawn=tuple(_withdrawn(each) for each in signing.withdrawn),
    )


def signing_on_register(meeting: Meeting, signing: Signing) -> SigningOnRegister:
    """Shown beside the quorum: how many have not signed, and in each row whether its people have."""
    rows: dict[int, list[AttendingPerson]] = {}
    for each in signing.people:
        rows.setdefault(each.row_id, []).append(each)
    said = {row_id: words for row_id, people in rows.items() if (words := _row_words(people))}
    return SigningOnRegister(
        sentence=signing_sentence(signing.signers),
        is_complete=not not_signed(signing.signers),
        href=reverse("signatures", args=(*address_of(meeting.board), meeting.address)),
        rows=said,
    )


def _row_words(people: Sequence[AttendingPerson]) -> str:
    if any(each.is_asked and each.signature is None for each in people):
        return NOT_SIGNED
    return SIGNED if people and all(each.signature is not None for each in people) else ""


def unsigned_words(signing: Signing) -> str:
    """Who has not signed, for whoever closes the register: all of a few, else how many."""
    names = [each.name for each in not_signed(signing.signers)]
    return ", ".join(names) if len(names) <= SHOWN_BY_NAME else counted(len(names), "person", "people")


SHOWN_BY_NAME = 8


def _person(each: AttendingPerson, meeting: Meeting, *, may_write: bool) -> SignatureOnPage:
    signature = each.signature
    state = "Signed" if signature else "Not signed" if each.is_asked else "Not asked to sign"
    return SignatureOnPage(
        name=each.name,
        what=each.what,
        state=state,
        is_signed=signature is not None,
        how=how_signed(signature) if signature else "",
        href=_correct_href(signature, meeting) if signature and may_write else "",
    )


def _stranger(signature: ConfidentialitySignature, meeting: Meeting, *, may_write: bool) -> SignatureOnPage:
    return SignatureOnPage(
        name=signature.name,
        what="Not on the register",
        state="Signed",
        is_signed=True,
        how=how_signed(signature),
        href=_correct_href(signature, meeting) if may_write else "",
    )


def _withdrawn(signature: ConfidentialitySignature) -> str:
    correction = signature.correction
    on = plain_date(correction.at.astimezone(LONDON).date())
    reason = correction.reason.rstrip(".")
    return f"{signature.name}: {how_signed(signature)}. Withdrawn by {correction.by} on {on}: {reason}."


def _correct_href(signature: ConfidentialitySignature, meeting: Meeting) -> str:
    return reverse("signature_correct", args=(*address_of(meeting.board), meeting.address, signature.pk))
