"""Delegations between boards: what the rules provide for, what was given, and which decisions wait for agreement."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from meetings.forms.delegations import AnswerForm, DelegateForm, EndDelegationForm
from meetings.models import Decision, Delegation
from meetings.operations import (
    AnswerUnsaid,
    DecisionChangedMeanwhile,
    DelegationUnsaid,
    NoAgreementAsked,
    NotDelegable,
    answer_decision,
    delegate,
    end_delegation,
)
from meetings.presenters.delegations import decision_lines, delegation_lines, rule_lines
from meetings.queries.delegations import (
    Delegations,
    RuleOnBoards,
    asking_agreement,
    delegations_of,
    delegations_on,
    delegations_on_days,
)
from meetings.views.readings import note_reading
from meetings.views.registers import author
from partnership import access, clock
from partnership.access import Action, Kind
from partnership.models import Board
from partnership.navigation import address_of, on_board
from partnership.operations import EndsBeforeItStarts
from partnership.queries import body_names
from partnership.rules.plain_dates import plain_date
from partnership.views.finding import board_at

READ, WRITE = (Kind.ACCOUNTABILITY, Action.READ), (Kind.ACCOUNTABILITY, Action.WRITE)
ANSWER = (Kind.MINUTES_DRAFT, Action.WRITE)
FORM_PAGE = "meetings/delegation_form.html"


def delegations(request: HttpRequest, partnership_slug: str, board_slug: str) -> HttpResponse:
    """Everything that a board gave and holds, with the rules behind it, and the decisions that wait."""
    here, today = board_at(request, partnership_slug, board_slug), clock.today()
    rights = access.rights_on(request.user, here, (READ, WRITE, ANSWER), today)
    if READ not in rights:
        access.conceal(here)
    rules = delegations_on(partnership_id=here.partnership_id, on=today)
    given = delegations_of(here)
    decisions = asking_agreement(boards=(here, *rules.awaited_by(here)), user=request.user, on=today)
    note_reading(request, items=[decision.item_id for decision in decisions], how="delegations")
    days = {decision.item.meeting.on for decision in decisions}
    lines = [
        delegation_lines(some, board=here, rules=rules, may_end=WRITE in rights, today=today)
        for some in (
            [each for each in given if each.given_by_id == here.pk],
            [each for each in given if each.given_to_id == here.pk],
        )
    ]
    context = {
        "rules": rule_lines(_about(here, rules), body_names(partnership=here.partnership, user=request.user, on=today)),
        "given": lines[0],
        "held": lines[1],
        "decisions": decision_lines(
            decisions,
            board=here,
            rules=delegations_on_days(partnership_id=here.partnership_id, days=days),
            may_answer=ANSWER in rights,
        ),
        "may_delegate": WRITE in rights and bool(rules.of(here)),
        **on_board(here, page="constitution"),
    }
    return render(request, "meetings/delegations.html", context)


def _about(here: Board, rules: Delegations) -> list[RuleOnBoards]:
    return [each for each in rules.rules if here == each.giver or here in each.to or here == each.agrees]


def add(request: HttpRequest, partnership_slug: str, board_slug: str) -> HttpResponse:
    """Record what the board gives another to decide."""
    here = _board_to_write(request, partnership_slug, board_slug)
    rules = delegations_on(partnership_id=here.partnership_id, on=clock.today()).of(here)
    form = DelegateForm(request.POST if request.method == "POST" else None, rules=rules)
    if form.is_valid():
        cleaned = form.cleaned_data
        rule, board = form.chosen
        try:
            delegate(
                given_by=here,
                given_to=board,
                rule=rule,
                functions=cleaned["functions"].replace("\r\n", "\n"),
                decided=cleaned["decided"],
                starts_on=cleaned["starts_on"],
                ends_on=cleaned["ends_on"],
                by=author(request),
            )
        except (NotDelegable, EndsBeforeItStarts, DelegationUnsaid) as refused:
            form.add_error("ends_on" if isinstance(refused, EndsBeforeItStarts) else "starts_on", str(refused))
        else:
            messages.success(request, f"It is recorded what {board.name} decides for {here.name}.")
            return HttpResponseRedirect(_href(here))
    lead = "" if rules else "The rules in force let this group delegate nothing to another group here."
    return _form_page(request, here, form, title="Delegate", button="Record the delegation", lead=lead)


def end(request: HttpRequest, partnership_slug: str, board_slug: str, number: int) -> HttpResponse:
    """End a delegation that the board gave, or set another end."""
    here = _board_to_write(request, partnership_slug, board_slug)
    given = Delegation.objects.filter(given_by=here).select_related("given_to")
    found = access.get_visible_or_404(given, request.user, clock.today(), pk=number)
    form = EndDelegationForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        cleaned = form.cleaned_data
        try:
            end_delegation(delegation=found, ends_on=cleaned["ends_on"], reason=cleaned["reason"], by=author(request))
        except (EndsBeforeItStarts, DelegationUnsaid) as refused:
            form.add_error("ends_on", str(refused))
        else:
            messages.success(request, f"The delegation ends on {plain_date(cleaned['ends_on'])}.")
            return HttpResponseRedirect(_href(here))
    lead = f"{found.given_to.name}: {found.functions}"
    return _form_page(request, here, form, title="End a delegation", button="End it", lead=lead)


def answer(request: HttpRequest, partnership_slug: str, board_slug: str, decision_id: int) -> HttpResponse:
    """Record what the board answers to another's decision that waits for it."""
    here, today = board_at(request, partnership_slug, board_slug), clock.today()
    access.require(request.user, Action.WRITE, here, Kind.MINUTES_DRAFT, today)
    asked = Decision.objects.select_related("item__meeting__board").filter(
        asks_agreement=True, item__meeting__board__partnership=here.partnership_id
    )
    found = access.get_visible_or_404(asked, request.user, today, pk=decision_id)
    meeting = found.item.meeting
    rule = delegations_on(partnership_id=here.partnership_id, on=meeting.on).agreement_for(meeting.board)
    if rule is None or rule.agrees != here:
        raise Http404
    note_reading(request, items=[found.item_id], how="delegations")
    form = AnswerForm(request.POST if request.method == "POST" else None, initial={"version": found.version})
    if form.is_valid():
        cleaned = form.cleaned_data
        try:
            answer_decision(
                decision=found,
                board=here,
                is_agreed=form.is_agreed,
                answered_on=cleaned["answered_on"],
                where=cleaned["where"],
                version=cleaned["version"],
                by=author(request),
            )
        except (AnswerUnsaid, DecisionChangedMeanwhile, NoAgreementAsked) as refused:
            form.add_error("answered_on" if isinstance(refused, AnswerUnsaid) else None, str(refused))
        else:
            messages.success(request, "The answer is recorded.")
            return HttpResponseRedirect(_href(here))
    clause = rule.rule.clause
    return _form_page(
        request,
        here,
        form,
        title=f"Answer to a decision of {meeting.board.name}",
        button="Record the answer",
        lead=f"Decided on {plain_date(meeting.on)}: {found.text}",
        clause=f"{clause.citation}: {clause.words}",
    )


def _form_page(request: HttpRequest, here: Board, form: object, **words: str) -> HttpResponse:
    context = {"form": form, "back": _href(here), **words, **on_board(here, page="constitution")}
    status = 400 if getattr(form, "errors", None) else 200
    return render(request, FORM_PAGE, context, status=status)


def _href(here: Board) -> str:
    return reverse("delegations", args=address_of(here))


def _board_to_write(request: HttpRequest, partnership_slug: str, board_slug: str) -> Board:
    """Raises Http404, and PermissionDenied for who may only read its delegations."""
    here = board_at(request, partnership_slug, board_slug)
    access.require(request.user, Action.WRITE, here, Kind.ACCOUNTABILITY, clock.today())
    return here
