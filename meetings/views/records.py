"""The record of a meeting, and the decisions in it, while its minutes are still a draft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from meetings.forms import DecisionForm, UnreadableForm, items_from, number_in, reason_in
from meetings.forms.outcomes import BasisChoices
from meetings.models import Decision, ItemRecord, Meeting
from meetings.operations import (
    CorrectionUnexplained,
    DecisionClash,
    DecisionGone,
    DecisionSent,
    ItemTakenOff,
    NotDelegatedHere,
    OutsideTheMeeting,
    RecordClashes,
    RegisterNotOpen,
    TimesOutside,
    change_decision,
    record_decision,
    record_items,
    withdraw_decision,
)
from meetings.presenters.record import NOTHING_TYPED, RecordPage, Typed, decision_on_page, record_page
from meetings.queries import RecordedItem, meeting_at, record_of, recorded_for, register_of
from meetings.queries.delegations import delegations_behind, delegations_on, held_on
from meetings.views.readings import note_reading
from meetings.views.registers import author
from membership.queries import agency_names
from partnership import access, clock
from partnership.access import Kind
from partnership.navigation import address_of, on_board
from partnership.views.finding import board_at

REFUSED = (
    CorrectionUnexplained,
    DecisionGone,
    DecisionSent,
    ItemTakenOff,
    NotDelegatedHere,
    OutsideTheMeeting,
    RegisterNotOpen,
)
READ, WRITE = (Kind.MINUTES_DRAFT, access.Action.READ), (Kind.MINUTES_DRAFT, access.Action.WRITE)
# Where a button of the page leads once the page is saved: the name of the address.
NEXT = {"decision": "record_decide", "action": "record_action"}


@dataclass(frozen=True, slots=True)
class OpenRecord:
    """A meeting whose record the reader may read, and whether they may write it."""

    meeting: Meeting
    can_write: bool

    @property
    def at(self) -> tuple[str, str, str]:
        return (*address_of(self.meeting.board), self.meeting.address)

    @property
    def href(self) -> str:
        return reverse("record", args=self.at)


def record_at(request: HttpRequest, partnership_slug: str, board_slug: str, address: str) -> OpenRecord:
    """The meeting at an address. Raises Http404 when its record is not the reader's to see."""
    today = clock.today()
    board = board_at(request, partnership_slug, board_slug)
    meeting = meeting_at(board=board, address=address, user=request.user, today=today, asked=(READ, WRITE))
    rights = access.rights_in(meeting, (READ, WRITE))
    if READ not in rights:
        access.conceal(meeting)
    return OpenRecord(meeting, can_write=WRITE in rights)


def record_to_write(request: HttpRequest, partnership_slug: str, board_slug: str, address: str) -> OpenRecord:
    """The same for an act on the record: PermissionDenied for who may only read it."""
    page = record_at(request, partnership_slug, board_slug, address)
    if not page.can_write:
        raise PermissionDenied
    return page


def record(request: HttpRequest, partnership_slug: str, board_slug: str, address: str) -> HttpResponse:
    """Show the record; a post saves what changed, whichever button was pressed."""
    if request.method != "POST":
        return _shown(request, record_at(request, partnership_slug, board_slug, address))
    page = record_to_write(request, partnership_slug, board_slug, address)
    posted = request.POST.dict()
    try:
        written = _saved(request, page, posted)
    except RecordClashes as clashes:
        return _shown(request, page, Typed(posted, clashes=clashes, problem=str(clashes)), status=409)
    except TimesOutside as refused:
        typed = Typed(posted, errors=refused.times)
    except CorrectionUnexplained as refused:
        typed = Typed(posted, reason_error=str(refused))
    except (*REFUSED, UnreadableForm) as refused:
        typed = Typed(posted, problem=str(refused))
    else:
        if written or "then" not in posted:
            messages.success(request, "The record is saved." if written else "Nothing had changed.")
        return HttpResponseRedirect(_next(page, posted))
    return _shown(request, page, typed, status=400)


def _saved(request: HttpRequest, page: OpenRecord, posted: dict[str, str]) -> list[ItemRecord]:
    """The records that the form changed. Raises what the operation raises, UnreadableForm, TimesOutside."""
    items = record_of(meeting=page.meeting, user=request.user, today=clock.today())
    typed = items_from(posted, items, page.meeting)
    if typed.errors:
        raise TimesOutside(typed.errors)
    return record_items(entries=typed.entries, by=author(request), reason=reason_in(posted))


def _next(page: OpenRecord, posted: dict[str, str]) -> str:
    """The form that the pressed button asked for, or the item it stands at."""
    what, _, key = posted.get("then", "").partition("-")
    named = number_in(key)
    if what in NEXT and named is not None:
        return reverse(NEXT[what], args=(*page.at, named))
    at_item = number_in(posted.get("now") or posted.get("save", ""))
    return page.href if at_item is None else f"{page.href}#item-{at_item}"


def _shown(request: HttpRequest, page: OpenRecord, typed: Typed = NOTHING_TYPED, *, status: int = 200) -> HttpResponse:
    drawn = _drawn(request, page, typed)
    context = {"page": drawn, "typed": typed, **on_board(page.meeting.board, page="meetings")}
    return render(request, "meetings/record.html", context, status=status)


def _drawn(request: HttpRequest, page: OpenRecord, typed: Typed) -> RecordPage:
    today, board = clock.today(), page.meeting.board
    recorded = recorded_for(meeting=page.meeting, user=request.user, today=today)
    items = recorded.items
    note_reading(request, items=[one.item.pk for one in items], how="record")
    for action in (action for one in items for action in one.actions):
        action.board = board
    named = agency_names(
        agencies=[action.agency_id for one in items for action in one.actions if action.agency_id],
        partnership_id=board.partnership_id,
        on=today,
    )
    delegations = delegations_behind(
        partnership_id=board.partnership_id,
        on=page.meeting.on,
        decisions=[decision for one in items for decision in one.decisions],
    )
    return record_page(
        recorded,
        register_of(meeting=page.meeting),
        agencies=named,
        can_write=page.can_write,
        today=today,
        typed=typed,
        delegations=delegations,
    )


# --- decisions --------------------------------------------------------------------------------------------------------


def decide(request: HttpRequest, partnership_slug: str, board_slug: str, address: str, item_id: int) -> HttpResponse:
    """Record a decision at an item."""
    page = record_to_write(request, partnership_slug, board_slug, address)
    one = item_of(request, page.meeting, item_id)
    choices = basis_choices(page.meeting)
    form = DecisionForm(request.POST if request.method == "POST" else None, meeting=page.meeting, choices=choices)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        try:
            record_decision(
                item=one.item,
                text=cleaned["text"],
                decided_at=cleaned["decided_at"],
                basis=form.basis,
                by=author(request),
            )
        except REFUSED as refused:
            form.add_error(_field_of(refused), str(refused))
        else:
            messages.success(request, "The decision is recorded.")
            return HttpResponseRedirect(f"{page.href}#item-{item_id}")
    context = {"page": page, "one": one, "form": form, **on_board(page.meeting.board, page="meetings")}
    return render(request, "meetings/record_decision.html", context, status=400 if form.errors else 200)


def basis_choices(meeting: Meeting, found: Decision | None = None) -> BasisChoices:
    """Whose affair a decision of that meeting may be, by the rules of its day; also what a decision says already."""
    board = meeting.board
    rules = delegations_on(partnership_id=board.partnership_id, on=meeting.on)
    held = held_on(board=board, on=meeting.on)
    givers = rules.givers_to(board)
    if found is not None and found.delegation is not None and found.delegation not in held:
        held.append(found.delegation)
    if found is not None and found.function_of is not None and found.function_of not in givers:
        givers = (*givers, found.function_of)
    return BasisChoices(givers, tuple(held), rules.agreement_for(board))


def decision(
    request: HttpRequest, partnership_slug: str, board_slug: str, address: str, decision_id: int
) -> HttpResponse:
    """Change a decision that no minutes have carried, or take it back."""
    page = record_to_write(request, partnership_slug, board_slug, address)
    one, found = _decision_of(request, page.meeting, decision_id)
    choices = basis_choices(page.meeting, found)
    data = request.POST if request.method == "POST" else None
    form = DecisionForm(data, meeting=page.meeting, decision=found, choices=choices)
    told: dict[str, Any] = {"form": form, "reason": request.POST.get("reason", "")}
    status = 200
    if request.method == "POST":
        status = 400
        try:
            if _changed(request, form, found):
                return HttpResponseRedirect(f"{page.href}#item-{one.item.pk}")
        except DecisionClash as clash:
            told |= {"form": _drawn_again(request, page.meeting, clash, choices), "theirs": clash.theirs}
            status = 409
        except CorrectionUnexplained as refused:
            told["reason_error"] = str(refused)
        except (*REFUSED, UnreadableForm) as refused:
            form.add_error(_field_of(refused), str(refused))
    told["decision"] = decision_on_page(
        found,
        register_of(meeting=page.meeting),
        number=one.number,
        can_write=page.can_write,
        delegations=delegations_behind(
            partnership_id=page.meeting.board.partnership_id, on=page.meeting.on, decisions=[found]
        ),
    )
    context = {"page": page, "one": one, **told, **on_board(page.meeting.board, page="meetings")}
    return render(request, "meetings/record_decision.html", context, status=status)


def _changed(request: HttpRequest, form: DecisionForm, found: Decision) -> bool:
    """Whether the form did what its button says. Raises what the operations raise."""
    by = author(request)
    if not form.is_valid() and "withdraw" not in request.POST:
        return False
    version = form.cleaned_data.get("version") or 0
    if "withdraw" in request.POST:
        withdraw_decision(decision=found, version=version, reason=reason_in(request.POST), by=by)
        messages.success(request, "The decision is taken off the record.")
        return True
    cleaned = form.cleaned_data
    change_decision(
        decision=found,
        text=cleaned["text"],
        decided_at=cleaned["decided_at"],
        version=version,
        basis=form.basis,
        by=by,
    )
    messages.success(request, "The decision is saved.")
    return True


def _drawn_again(request: HttpRequest, meeting: Meeting, clash: DecisionClash, choices: BasisChoices) -> DecisionForm:
    """The form as it was sent, on the decision's present version, so that saving again keeps what was typed."""
    data = request.POST.copy()
    data["version"] = str(clash.decision.version)
    form = DecisionForm(data, meeting=meeting, decision=clash.decision, choices=choices)
    form.add_error("text", str(clash))
    return form


def _field_of(refused: Exception) -> str | None:
    return "decided" if isinstance(refused, OutsideTheMeeting) else None


def item_of(request: HttpRequest, meeting: Meeting, item_id: int) -> RecordedItem:
    """The item of this meeting's agenda. Raises Http404."""
    for one in record_of(meeting=meeting, user=request.user, today=clock.today()):
        if one.item.pk == item_id:
            return one
    raise Http404


def _decision_of(request: HttpRequest, meeting: Meeting, decision_id: int) -> tuple[RecordedItem, Decision]:
    """A decision of this meeting with its item. Raises Http404."""
    for one in record_of(meeting=meeting, user=request.user, today=clock.today()):
        for found in one.decisions:
            if found.pk == decision_id:
                return one, found
    raise Http404
