"""Words before they are in use: how a real message would read in them, and a test of it to one's own address."""

from __future__ import annotations

import uuid

from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from partnership import access, clock
from partnership.access import Action, Kind
from partnership.forms.wordings import WordingForm
from partnership.models import Partnership, WordingTrial
from partnership.obligations.messages import Rendered, rendered
from partnership.obligations.rewording import TooManyTests, send_test
from partnership.obligations.wording_trials import Specimen, specimen, tested
from partnership.obligations.wordings import MessageKind
from partnership.rules.plain_dates import long_date
from partnership.views.finding import reader_of
from partnership.views.wordings import partnership_worded, rewordable

# Styles stand in a message; nothing else in it is let through.
IN_A_FRAME = {
    "script-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    "img-src": [NONE],
    "font-src": [NONE],
    "connect-src": [NONE],
    "manifest-src": [NONE],
    "form-action": [NONE],
    "frame-ancestors": [SELF],
    "sandbox": True,
}


@require_safe
def wording_trial(request: HttpRequest, partnership_slug: str, trial_uuid: uuid.UUID) -> HttpResponse:
    """The message as it would go out: its subject, its plain text, and its HTML in a frame that can do nothing."""
    here, trial, kind = _asked(request, partnership_slug, trial_uuid)
    shown, said = _message(request, trial, kind)
    words = {"subject": trial.subject, "opening": trial.opening, "closing": trial.closing, "seen": trial.seen}
    context = {
        "partnership": here,
        "kind": kind,
        "trial": trial,
        "said": said,
        "is_real": shown.is_real,
        "of": shown.board.short_name if shown.board else "",
        "day": long_date(shown.on),
        "can_be_sent": shown.board is not None,
        "form": WordingForm(kind=kind, initial=words),
    }
    return _under(render(request, "partnership/wording_trial.html", context), _csp_update={"frame-src": [SELF]})


@require_safe
@xframe_options_sameorigin
def wording_trial_html(request: HttpRequest, partnership_slug: str, trial_uuid: uuid.UUID) -> HttpResponse:
    """The message's HTML alone, as a mail program gets it. Styles stand in it, and nothing else is let through."""
    _, trial, kind = _asked(request, partnership_slug, trial_uuid)
    return _under(HttpResponse(_message(request, trial, kind)[1].html), _csp_replace=IN_A_FRAME)


@require_POST
def wording_trial_send(request: HttpRequest, partnership_slug: str, trial_uuid: uuid.UUID) -> HttpResponse:
    """Send it to whoever tries it."""
    here, trial, kind = _asked(request, partnership_slug, trial_uuid)
    shown, _ = _message(request, trial, kind)
    if shown.board is None:
        messages.warning(request, "There is no group here whose messages you may read, so no test can be sent.")
    else:
        try:
            send_test(trial=trial, board=shown.board, by=reader_of(request))
        except TooManyTests as refused:
            messages.warning(request, str(refused))
        else:
            messages.success(request, "A test goes to your own address within a minute or two. See it under Messages.")
    return HttpResponseRedirect(reverse("wording_trial", args=[here.slug, trial.uuid]))


def _under(response: HttpResponse, **policy: object) -> HttpResponse:
    """The answer under a policy of its own, as django-csp reads it from the answer."""
    vars(response).update(policy)
    return response


def _asked(request: HttpRequest, slug: str, trial_uuid: uuid.UUID) -> tuple[Partnership, WordingTrial, MessageKind]:
    """What the address names, for whoever made it and may reword messages. Raises Http404, PermissionDenied."""
    here = partnership_worded(request, slug)
    trials = WordingTrial.objects.filter(partnership=here)
    trial = access.get_visible_or_404(trials, request.user, clock.today(), uuid=trial_uuid)
    access.require(request.user, Action.WRITE, here, Kind.WORDINGS)
    return here, trial, rewordable(trial.kind)


def _message(request: HttpRequest, trial: WordingTrial, kind: MessageKind) -> tuple[Specimen, Rendered]:
    reader = reader_of(request)
    shown = specimen(kind=kind, partnership=trial.partnership, reader=reader, on=clock.today())
    return shown, rendered(tested(shown.letter, trial), trial.partnership, to=reader, today=shown.on)
