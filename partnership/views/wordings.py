"""How a partnership words its messages: the kinds, one of them, and the way back to the standard words."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from partnership import access, clock
from partnership.access import Action, Kind
from partnership.forms.wordings import WordingForm
from partnership.models import MessageWording, Partnership, WordingTrial
from partnership.obligations.rewording import WordingClash, go_back_to_standard, reword, try_out
from partnership.obligations.wordings import MessageKind, UnknownKind, kind_named, kinds
from partnership.presenters.wordings import changes_of, kind_rows, parts_of, trouble_of, words_of
from partnership.views.finding import reader_of


def wordings(request: HttpRequest, partnership_slug: str) -> HttpResponse:
    """Every kind of message, and whose words it says."""
    here = partnership_worded(request, partnership_slug)
    stored = MessageWording.objects.visible_to(request.user, clock.today()).filter(partnership=here)
    everything = kinds()
    context = {
        "partnership": here,
        "rows": kind_rows(everything, stored),
        "fixed": [kind for kind in everything if kind.why_fixed],
        "may_change": access.may(request.user, Action.WRITE, here, Kind.WORDINGS),
    }
    return render(request, "partnership/wordings.html", context)


def wording(request: HttpRequest, partnership_slug: str, kind_name: str) -> HttpResponse:
    """One kind of message: its words, and for whoever may change them a form. A post looks at them or saves them."""
    here, kind = partnership_worded(request, partnership_slug), rewordable(kind_name)
    own = MessageWording.objects.filter(partnership=here, kind=kind.name).first()
    if request.method == "POST":
        access.require(request.user, Action.WRITE, here, Kind.WORDINGS)
        is_look = request.POST.get("act") == "look"
        form = WordingForm(request.POST, kind=kind, needs_reason=not is_look)
        if form.is_valid():
            return _look(request, here, form) if is_look else _save(request, here, form, own)
        return _page(request, here, form, own, status=HTTPStatus.BAD_REQUEST)
    return _page(request, here, WordingForm(kind=kind, initial=_typed(request, here, kind, own)), own)


def wording_standard(request: HttpRequest, partnership_slug: str, kind_name: str) -> HttpResponse:
    """Ask first, then go back to the standard words."""
    here, kind = partnership_worded(request, partnership_slug), rewordable(kind_name)
    access.require(request.user, Action.WRITE, here, Kind.WORDINGS)
    own = MessageWording.objects.filter(partnership=here, kind=kind.name).first()
    seen = own.version if own else 0
    address = reverse("wording", args=[here.slug, kind.name])
    if own is None or not own.is_in_use:
        messages.success(request, "It says the standard words.")
        return HttpResponseRedirect(address)
    status = HTTPStatus.OK
    if request.method == "POST":
        said = request.POST.get("seen", "")
        try:
            go_back_to_standard(
                partnership=here,
                kind=kind,
                seen=int(said) if said.isascii() and said.isdecimal() and len(said) < 8 else -1,  # noqa: PLR2004 - a version
                by=reader_of(request),
            )
        except WordingClash as clash:
            messages.warning(request, f"{clash} Look at it as it is now.")
            status = HTTPStatus.CONFLICT
        else:
            messages.success(request, f"“{kind.label}” says the standard words again.")
            return HttpResponseRedirect(address)
    context = {
        "partnership": here,
        "kind": kind,
        "own_parts": parts_of(words_of(own)),
        "seen": seen,
        "standard": parts_of(kind.standard),
    }
    return render(request, "partnership/wording_standard.html", context, status=status)


def partnership_worded(request: HttpRequest, slug: str) -> Partnership:
    """The partnership of the address, for whoever may read how it words its messages. Raises Http404."""
    here = access.get_visible_or_404(Partnership.objects.all(), request.user, clock.today(), slug=slug)
    access.require(request.user, Action.READ, here, Kind.WORDINGS)
    return here


def rewordable(name: str) -> MessageKind:
    """The kind of the address. Raises Http404 for one that is unknown or always says the product's words."""
    try:
        kind = kind_named(name)
    except UnknownKind:
        raise Http404 from None
    if kind.why_fixed:
        raise Http404
    return kind


def _typed(request: HttpRequest, here: Partnership, kind: MessageKind, own: MessageWording | None) -> dict[str, object]:
    """What a form begins with: words that were looked at, else those in use."""
    tried = request.GET.get("words", "")
    trial = None
    if tried.isascii() and tried.isdecimal() and len(tried) < 16:  # noqa: PLR2004 - an id
        trials = WordingTrial.objects.visible_to(request.user, clock.today())
        trial = trials.filter(partnership=here, kind=kind.name, pk=int(tried)).first()
    words = trial or (own if own and own.is_in_use else kind.standard)
    seen = trial.seen if trial else own.version if own else 0
    return {"subject": words.subject, "opening": words.opening, "closing": words.closing, "seen": seen}


def _look(request: HttpRequest, here: Partnership, form: WordingForm) -> HttpResponse:
    seen = form.cleaned_data["seen"]
    trial = try_out(partnership=here, kind=form.kind, words=form.words, seen=seen, by=reader_of(request))
    return HttpResponseRedirect(reverse("wording_trial", args=[here.slug, trial.uuid]))


def _save(request: HttpRequest, here: Partnership, form: WordingForm, own: MessageWording | None) -> HttpResponse:
    said = form.cleaned_data
    try:
        reword(
            partnership=here,
            kind=form.kind,
            words=form.words,
            seen=said["seen"],
            reason=said["reason"],
            by=reader_of(request),
        )
    except WordingClash as clash:
        return _page(request, here, _again(request, form, clash), clash.theirs, clash=clash, status=HTTPStatus.CONFLICT)
    messages.success(request, f"“{form.kind.label}” says these words from now on.")
    return HttpResponseRedirect(reverse("wordings", args=[here.slug]))


def _again(request: HttpRequest, form: WordingForm, clash: WordingClash) -> WordingForm:
    """What they typed, over the words as they are now: saving it then is a decision about what the other wrote."""
    typed = request.POST.copy()
    typed["seen"] = str(clash.theirs.version if clash.theirs else 0)
    again = WordingForm(typed, kind=form.kind)
    again.add_error(None, str(clash))
    return again


def _page(
    request: HttpRequest,
    here: Partnership,
    form: WordingForm,
    own: MessageWording | None,
    *,
    clash: WordingClash | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        "partnership": here,
        "kind": form.kind,
        "form": form,
        "own": own,
        "trouble": trouble_of(form.kind, own),
        "standard": parts_of(form.kind.standard),
        "own_parts": parts_of(words_of(own)) if own and own.is_in_use else [],
        "changes": changes_of(own),
        "clash": clash,
        "may_change": access.may(request.user, Action.WRITE, here, Kind.WORDINGS),
    }
    return render(request, "partnership/wording.html", context, status=status)
