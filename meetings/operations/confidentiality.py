"""The confidentiality agreement: its text written, and signed at each meeting, here or on paper.

Nothing of it is changed afterwards: a text has another version, a signature recorded by mistake is withdrawn by a
correction that stays beside it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from meetings.models import (
    ConfidentialityAgreement,
    ConfidentialitySignature,
    Meeting,
    MeetingStatus,
    SignatureCorrection,
    signer_key,
)
from meetings.models.confidentiality import LONGEST_TEXT
from meetings.queries.own_seats import own_seats
from meetings.queries.register import Register, register_of
from meetings.queries.signatures import SIGNED, Signing, agreement_in_force, signing_of
from meetings.signature_duties import keep_signatures, signature_withdrawn
from membership.models import Seat
from partnership import clock
from partnership.models import Board, User
from partnership.names import plain_name
from partnership.obligations.kept_rules import rule_on
from partnership.rules.plain_dates import listed, plain_date


class AgreementUnsaid(Exception):
    """A version has a text, another one than the version before it, and says what changed."""


class AgreementNotAsked(Exception):
    """The terms in force ask nobody to sign."""


class AgreementClash(Exception):
    """Somebody wrote another version since the page was drawn. `latest` is theirs."""

    def __init__(self, latest: ConfidentialityAgreement) -> None:
        super().__init__(f"{latest.written_by} wrote version {latest.version} while you were writing.")
        self.latest = latest


class CannotSign(Exception):
    """Not this meeting, not this person, or not yet. The message is for people."""


class SignedAlready(Exception):
    """There is a signature of theirs that stands."""


class OtherVersionInForce(Exception):
    """A further version was written since the text was shown."""


class NameDiffers(Exception):
    """What was typed is not the name of whoever signs."""


class PaperUnsaid(Exception):
    """What was signed on paper says by whom, which version, on which day, and where the sheet is."""


class CorrectionUnsaid(Exception):
    """A correction says why; and nothing is withdrawn twice."""


# --- the text ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def write_agreement(
    *, board: Board, text: str, seen: int, by: User, what_changed: str = ""
) -> ConfidentialityAgreement:
    """Write the next version, in force from now on. `seen` is the latest one that its writer knew, 0 for none.

    Raises AgreementNotAsked, AgreementClash, AgreementUnsaid.
    """
    held = Board.objects.select_for_update(of=("self",)).select_related("partnership").get(pk=board.pk)
    if rule_on(board=held, duty=SIGNED, on=clock.today()) is None:
        raise AgreementNotAsked("The rules in force ask nobody to sign a confidentiality agreement.")
    latest = agreement_in_force(board=held)
    if latest is not None and latest.version != seen:
        raise AgreementClash(latest)
    text = "\n".join(line.rstrip() for line in text.strip().splitlines())
    _check_text(text, latest, what_changed)
    version = ConfidentialityAgreement(
        board=held,
        version=latest.version + 1 if latest else 1,
        text=text,
        what_changed=what_changed.strip() if latest else "",
        written_at=clock.now(),
        written_by=by,
    )
    version.save()
    return version


def _check_text(text: str, latest: ConfidentialityAgreement | None, what_changed: str) -> None:
    if not text:
        raise AgreementUnsaid("Enter the text of the agreement.")
    if len(text) > LONGEST_TEXT:
        raise AgreementUnsaid(f"Use at most {LONGEST_TEXT:,} characters.")
    if latest is not None and text == latest.text:
        raise AgreementUnsaid(f"This is the text of version {latest.version}, which is in force.")
    if latest is not None and not what_changed.strip():
        raise AgreementUnsaid("Say what changed.")


# --- signing here -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SigningPlace:
    """What one person may do about the agreement at a meeting. `why_not` is empty where they can sign now."""

    agreement: ConfidentialityAgreement | None
    signature: ConfidentialitySignature | None
    seat: Seat | None
    is_asked: bool
    why_not: str

    @property
    def can_sign(self) -> bool:
        return not self.why_not


def signing_place(*, register: Register, signing: Signing, person: User, today: date) -> SigningPlace:
    """Whether that person can sign at the meeting, and for which seat: the one they attend for, else their own."""
    meeting = register.meeting
    signer = signer_key(person.pk, person.name)
    here = signing.of(signer)
    signature = signing.signature_of(signer)
    seat = here.seat if here else None
    if here is None:
        own = own_seats(meeting=meeting, user=person, terms=register.terms)
        seat = next((each.seat for each in own), None)
    why_not = ""
    if meeting.status == MeetingStatus.CANCELLED:
        why_not = "The meeting is cancelled."
    elif signature is not None:
        why_not = "You have signed."
    elif signing.rule is None:
        why_not = "The rules ask nobody to sign at this meeting."
    elif today < meeting.on:
        why_not = f"You can sign from {plain_date(meeting.on)}, the day of the meeting."
    elif signing.agreement is None:
        why_not = "The text of the agreement is not here yet. Your partnership team will enter it."
    elif here is None and meeting.closed_at is not None:
        why_not = "The register says that you did not attend, so you are not asked to sign."
    return SigningPlace(signing.agreement, signature, seat, here is not None and here.is_asked, why_not)


@transaction.atomic
def sign_agreement(*, meeting: Meeting, version: int, name: str, by: User) -> ConfidentialitySignature:
    """Sign the version that was shown, as oneself. Whoever may sign at the meeting at all was asked of the policy.

    Raises CannotSign, SignedAlready, OtherVersionInForce, NameDiffers.
    """
    meeting, register, signing = _held(meeting)
    place = signing_place(register=register, signing=signing, person=by, today=clock.today())
    if place.signature is not None:
        raise SignedAlready(f"You signed version {place.signature.agreement.version} already.")
    if not place.can_sign or place.agreement is None:
        raise CannotSign(place.why_not)
    if place.agreement.version != version:
        raise OtherVersionInForce("The agreement was changed after it was shown to you. Read it again before you sign.")
    if plain_name(name).casefold() != plain_name(by.name).casefold():
        raise NameDiffers(f"Type your name as it stands here: {by.name}.")
    now = clock.now()
    signature = _saved(
        ConfidentialitySignature(
            agreement=place.agreement,
            meeting=meeting,
            person=by,
            name=plain_name(name),
            seat=place.seat,
            signed_on=now.date(),
            signed_at=now,
            recorded_at=now,
            recorded_by=by,
        )
    )
    keep_signatures(meeting=meeting, by=by)
    return signature


# --- on paper ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def record_paper_signatures(
    *, meeting: Meeting, signers: Collection[str], version: int, on: date, evidence: str, by: User
) -> list[ConfidentialitySignature]:
    """The team writes down who signed on paper; `evidence` says where the sheet is. All of it or nothing.

    Raises PaperUnsaid, SignedAlready, CannotSign.
    """
    meeting, _, signing = _held(meeting)
    if meeting.status == MeetingStatus.CANCELLED:
        raise CannotSign("The meeting is cancelled.")
    agreement = ConfidentialityAgreement.objects.filter(board=meeting.board_id, version=version).first()
    if agreement is None:
        raise PaperUnsaid("Choose the version that they signed.")
    if not evidence.strip():
        raise PaperUnsaid("Say where the signed sheet is kept.")
    if not meeting.on <= on <= clock.today():
        raise PaperUnsaid(f"Enter a day from {plain_date(meeting.on)}, the day of the meeting, until today.")
    people = {each.signer: each for each in signing.once}
    chosen = [people[signer] for signer in dict.fromkeys(signers) if signer in people]
    if not chosen or len(chosen) != len(set(signers)):
        raise PaperUnsaid("Choose who signed, from those who attend.")
    if already := [each.name for each in chosen if each.signature is not None]:
        verb = "has" if len(already) == 1 else "have"
        raise SignedAlready(f"{listed(already)} {verb} signed meanwhile. Nothing was recorded.")
    now = clock.now()
    made = [
        _saved(
            ConfidentialitySignature(
                agreement=agreement,
                meeting=meeting,
                person=each.person,
                name=each.name,
                seat=each.seat,
                signed_on=on,
                evidence=evidence.strip(),
                recorded_at=now,
                recorded_by=by,
            )
        )
        for each in chosen
    ]
    keep_signatures(meeting=meeting, by=by)
    return made


@transaction.atomic
def correct_signature(*, signature: ConfidentialitySignature, reason: str, by: User) -> SignatureCorrection:
    """Withdraw what was recorded by mistake: it is asked for again. Raises CorrectionUnsaid."""
    if not reason.strip():
        raise CorrectionUnsaid("Say why it is withdrawn.")
    _held(signature.meeting)
    if SignatureCorrection.objects.filter(signature=signature).exists():
        raise CorrectionUnsaid("This signature was withdrawn already.")
    correction = SignatureCorrection(signature=signature, reason=reason.strip(), at=clock.now(), by=by)
    correction.save()
    signature_withdrawn(signature=signature, reason=reason.strip(), by=by)
    return correction


def _held(meeting: Meeting) -> tuple[Meeting, Register, Signing]:
    """The meeting, locked until the transaction ends, so that who attends and who has signed stay as they are read."""
    held = Meeting.objects.select_for_update(of=("self",)).select_related("board__partnership").get(pk=meeting.pk)
    register = register_of(meeting=held)
    signing = signing_of(register, is_shown_unasked=True)
    assert signing is not None, "it is shown whether or not it is asked for"
    return held, register, signing


def _saved(signature: ConfidentialitySignature) -> ConfidentialitySignature:
    """With what stands for its signer, and its place among theirs at that meeting."""
    signature.signer = signer_key(signature.person_id, signature.name)
    theirs = ConfidentialitySignature.objects.filter(meeting=signature.meeting, signer=signature.signer)
    signature.nth = 1 + theirs.count()
    signature.save()
    return signature
