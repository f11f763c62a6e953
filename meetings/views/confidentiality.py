"""The confidentiality agreement: its text and versions, one's own signature at a meeting, and who has signed."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from meetings.forms.confidentiality import AgreementForm, CorrectionForm, PaperForm, SignAgreementForm
from meetings.models import ConfidentialityAgreement, ConfidentialitySignature, Meeting
from meetings.operations import confidentiality as acts
from meetings.presenters.confidentiality import agreement_page, how_signed, paragraphs_of, signatures_page
from meetings.presenters.meeting_tasks import address as address_in
from meetings.presenters.words import when
from meetings.queries import Register, meeting_at, register_of
from meetings.queries.signatures import SIGNED, Signing, signing_of
from partnership import access, clock
from partnership.access import Action, Kind
from partnership.navigation import address_of, on_board
from partnership.obligations.kept_rules import rule_on
from partnership.rules.plain_dates import counted
from partnership.views.finding import board_at, reader_of

READS, SIGNS, RECORDS = ((Kind.SIGNATURES, each) for each in (Action.READ, Action.OWN, Action.WRITE))
ASKED = (READS, SIGNS, RECORDS)


# --- the text ---------------------------------------------------------------------------------------------------------


def agreement(request: HttpRequest, partnership_slug: str, board_slug: str, version: int | None = None) -> HttpResponse:
    """A version of the text, the one in force unless the address names another; the team writes the next one."""
    here, today = board_at(request, partnership_slug, board_slug), clock.today()
    access.require(request.user, Action.READ, here, Kind.CONFIDENTIALITY_AGREEMENT, today)
    rows = ConfidentialityAgreement.objects.visible_to(request.user, today).filter(board=here)
    versions = list(rows.select_related("written_by"))
    found = rule_on(board=here, duty=SIGNED, on=today)
    shown = next((each for each in versions if version in {None, each.version}), None)
    if (shown is None and version is not None) or (not versions and found is None):
        access.conceal(here)
    may_write = access.may(request.user, Action.WRITE, here, Kind.CONFIDENTIALITY_AGREEMENT, today)
    latest = versions[0] if versions else None
    form, theirs = None, ""
    if may_write and version is None:
        form = _agreement_form(request, latest)
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid():
            try:
                written = acts.write_agreement(board=here, by=reader_of(request), **form.cleaned_data)
            except acts.AgreementClash as clash:
                form, theirs = _on_theirs(request, clash)
            except (acts.AgreementNotAsked, acts.AgreementUnsaid) as refused:
                form.add_error("text", str(refused))
            else:
                messages.success(request, f"Version {written.version} is in force. Whoever signs from now on signs it.")
                return HttpResponseRedirect(reverse("confidentiality", args=address_of(here)))
    context = {
        "page": agreement_page(here, versions, shown=shown, rule=found[0] if found else None),
        "form": form if found else None,
        "theirs": theirs,
        **on_board(here, page="constitution"),
    }
    status = 400 if form is not None and form.errors else 200
    return render(request, "meetings/confidentiality.html", context, status=status)


def _agreement_form(request: HttpRequest, latest: ConfidentialityAgreement | None) -> AgreementForm:
    return AgreementForm(
        request.POST if request.method == "POST" else None,
        latest=latest.version if latest else 0,
        text=latest.text if latest else "",
    )


def _on_theirs(request: HttpRequest, clash: acts.AgreementClash) -> tuple[AgreementForm, str]:
    """The form as it was typed, now on the version that somebody else wrote meanwhile."""
    data = request.POST.copy()
    data["seen"] = str(clash.latest.version)
    form = AgreementForm(data, latest=clash.latest.version)
    form.add_error(None, f"{clash} Nothing was saved. Check theirs, and save again to put yours in its place.")
    return form, clash.latest.text


# --- at a meeting -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SigningAt:
    """A meeting with what is asked there, and what its reader may do."""

    meeting: Meeting
    register: Register
    signing: Signing
    rights: frozenset[access.Question]

    @property
    def list_href(self) -> str:
        return address_in("signatures", self.meeting)


def _signing_at(request: HttpRequest, partnership_slug: str, board_slug: str, address: str) -> SigningAt:
    """Raises Http404 where its signatures are not the reader's to see, and where nobody was ever asked for one."""
    today = clock.today()
    board = board_at(request, partnership_slug, board_slug)
    meeting = meeting_at(board=board, address=address, user=request.user, today=today, asked=ASKED)
    rights = access.rights_in(meeting, ASKED)
    if READS not in rights and SIGNS not in rights:
        access.conceal(meeting)
    register = register_of(meeting=meeting)
    signing = signing_of(register, is_shown_unasked=True)
    if signing is None or (signing.rule is None and signing.agreement is None):
        access.conceal(meeting)
    return SigningAt(meeting, register, signing, rights)


def sign(request: HttpRequest, partnership_slug: str, board_slug: str, address: str) -> HttpResponse:
    """The text, a tick, one's name and a button; afterwards what was recorded. The team is led to the list."""
    here = _signing_at(request, partnership_slug, board_slug, address)
    if SIGNS not in here.rights:
        if request.method == "POST":
            raise PermissionDenied
        return HttpResponseRedirect(here.list_href)
    person = reader_of(request)
    place = acts.signing_place(register=here.register, signing=here.signing, person=person, today=clock.today())
    text = place.agreement
    version = text.version if text else 1
    form = SignAgreementForm(request.POST if request.method == "POST" else None, version=version)
    if form.is_valid():
        cleaned = form.cleaned_data
        try:
            acts.sign_agreement(meeting=here.meeting, version=cleaned["version"], name=cleaned["name"], by=person)
        except acts.NameDiffers as refused:
            form.add_error("name", str(refused))
        except acts.OtherVersionInForce as refused:
            form = _on_version(request, version)
            form.add_error(None, str(refused))
        except (acts.CannotSign, acts.SignedAlready) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "You have signed the confidentiality agreement.")
            return HttpResponseRedirect(request.path)
    context = {
        "meeting": here.meeting,
        "when": when(here.meeting),
        "place": place,
        "text": text,
        "paragraphs": paragraphs_of(text.text) if text else (),
        "rule": here.signing.rule,
        "signed": how_signed(place.signature) if place.signature else "",
        "form": form,
        "name_hint": f"As it stands here: {person.name}",
        "list_href": here.list_href if READS in here.rights else "",
        "meeting_href": address_in("meeting", here.meeting),
        **on_board(here.meeting.board, page="meetings"),
    }
    return render(request, "meetings/confidentiality_sign.html", context, status=400 if form.errors else 200)


def _on_version(request: HttpRequest, version: int) -> SignAgreementForm:
    """The form with the name as it was typed, to be ticked anew for another text."""
    data = request.POST.copy()
    data["version"] = str(version)
    data.pop("agreed", None)
    form = SignAgreementForm(data, version=version)
    form.errors.pop("agreed", None)
    return form


def signatures(request: HttpRequest, partnership_slug: str, board_slug: str, address: str) -> HttpResponse:
    """Who has signed at a meeting, and who has not; the team records what was signed on paper."""
    here = _signing_at(request, partnership_slug, board_slug, address)
    if READS not in here.rights:
        access.conceal(here.meeting)
    may_write = RECORDS in here.rights
    if request.method == "POST" and not may_write:
        raise PermissionDenied
    form = _paper_form(request, here) if may_write else None
    if form is not None and form.is_valid():
        try:
            made = acts.record_paper_signatures(meeting=here.meeting, by=reader_of(request), **form.cleaned_data)
        except (acts.CannotSign, acts.PaperUnsaid, acts.SignedAlready) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{counted(len(made), 'signature')} recorded.")
            return HttpResponseRedirect(here.list_href)
    context = {
        "page": signatures_page(here.meeting, here.signing, may_write=may_write),
        "form": form,
        "when": when(here.meeting),
        "may_write": may_write,
        "register_href": address_in("register", here.meeting),
        **on_board(here.meeting.board, page="meetings"),
    }
    return render(request, "meetings/signatures.html", context, status=400 if form is not None and form.errors else 200)


def _paper_form(request: HttpRequest, here: SigningAt) -> PaperForm:
    """Offers everybody who attends and has not signed, and every version of the text."""
    versions = ConfidentialityAgreement.objects.filter(board=here.meeting.board).values_list("version", flat=True)
    unsigned = [each for each in here.signing.once if each.signature is None]
    return PaperForm(
        request.POST if request.method == "POST" else None,
        signers=[(each.signer, f"{each.name}, {each.what}") for each in unsigned],
        versions=list(versions),
        on=here.meeting.on,
    )


def correct(
    request: HttpRequest, partnership_slug: str, board_slug: str, address: str, signature_id: int
) -> HttpResponse:
    """Withdraw a signature that was recorded by mistake; both stay to be seen."""
    here = _signing_at(request, partnership_slug, board_slug, address)
    rows = ConfidentialitySignature.objects.filter(meeting=here.meeting).select_related(
        "agreement", "recorded_by", "meeting__board__partnership"
    )
    signature = access.get_visible_or_404(rows, request.user, clock.today(), pk=signature_id)
    if RECORDS not in here.rights:
        raise PermissionDenied
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            acts.correct_signature(signature=signature, reason=form.cleaned_data["reason"], by=reader_of(request))
        except acts.CorrectionUnsaid as refused:
            form.add_error("reason", str(refused))
        else:
            messages.success(request, f"The signature of {signature.name} is withdrawn.")
            return HttpResponseRedirect(here.list_href)
    context = {
        "form": form,
        "signature": signature,
        "how": how_signed(signature),
        "list_href": here.list_href,
        "when": when(here.meeting),
        **on_board(here.meeting.board, page="meetings"),
    }
    return render(request, "meetings/signature_correct.html", context, status=400 if form.errors else 200)
