"""Changing, adding and taking out one rule of a draft: its form, what the core says of it, what it would do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from meetings.operations import constitution_drafts as acts
from meetings.presenters.constitution_next import sayings
from meetings.presenters.constitution_rule import RulePreview, on_page, rule_preview
from meetings.queries import upcoming_meetings
from meetings.views.constitution_drafts import REFUSED, address, draft_to_change, effects_of_draft
from meetings.views.registers import author
from partnership import clock
from partnership.constitutions.declared import OWN_IDS, RULES
from partnership.constitutions.editing import (
    AlreadyThere,
    LastPart,
    NoSuchRule,
    NoSuchSection,
    add_rule,
    replace_rule,
)
from partnership.constitutions.field_kinds import Sort, kinds_of
from partnership.constitutions.field_labels import KINDS
from partnership.constitutions.problems import BadFile, Problem
from partnership.constitutions.rule_fields import ONE_OF, drawn
from partnership.constitutions.rule_input import filled_in, free_id, with_ids
from partnership.constitutions.rule_places import Place, form_of, has_room, ids_in, names_in, place_of, places
from partnership.constitutions.schema_tests import TestForm
from partnership.constitutions.tree import Value
from partnership.models import Board, ConstitutionDraft
from partnership.navigation import address_of, on_board
from partnership.queries import body_names, terms_in
from partnership.rules.book.rule_book import rule_book
from partnership.rules.deadlines.calendars import Division
from partnership.rules.plain_dates import long_date
from partnership.working_days import working_days

SALT = "a rule as its form was drawn"
SECTIONS = {
    "quorum": "A quorum", "counting": "Who counts", "inquorate": "What a meeting without a quorum may do",
    "determination": "Who may decide that a meeting is quorate", "deadlines": "A deadline or duty",
    "frequency": "How often the group meets", "attendance": "The attendance expected",
    "absences": "What absence leads to",
    "deputies": "Who may come in a member's place", "decisions": "How decisions are made",
    "urgent_decisions": "Urgent decisions", "written_resolutions": "Written resolutions", "delegations": "A delegation",
    "standing_items": "A standing item", "documents": "Who receives a document", "signatories": "Who signs a version",
    "purpose": "A purpose", "objectives": "An objective", "responsibilities": "A responsibility",
    "accountable_to": "To whom the group answers", "support": "A support duty", "provisions": "Another provision",
    "offices": "An office", "capacities": "A capacity", "organisations": "An organisation", "seats": "A seat",
}  # fmt: skip
TITLES = {**{key: words[:1].lower() + words[1:] for key, words in SECTIONS.items()}, "quorum": "the quorum"}
UNPRINTABLE = "The character U+{:04X} cannot be printed and may not be in a rule."
# What can be asked for at the top of a quorum: the finer tests come in a file.
QUORUM_KINDS = ("share", "office", "each_of")


@dataclass(frozen=True, slots=True)
class Filled:
    """A rule as its form says it: the text with it, or what is wrong with it."""

    place: Place
    text: str
    problems: tuple[Problem, ...] = ()


def rule(request: HttpRequest, partnership_slug: str, board_slug: str, family: str, rule_id: str) -> HttpResponse:
    """One rule of the draft, to change."""
    board, draft = draft_to_change(request, partnership_slug, board_slug)
    place = _place(draft, family, rule_id)
    if place.id != rule_id:
        return HttpResponseRedirect(f"{_address(board, place)}#{rule_id}")
    if request.method != "POST":
        return _page(request, draft, Filled(place, draft.text), seen=acts.mark_of(place.value))
    base, seen = _drawn_from(request, place)
    filled = _filled(draft.text, replace(place, value=base), request)
    if filled.problems or request.POST.get("step") == "preview":
        return _page(request, draft, filled, seen=seen)
    refused = _change(request, draft, filled, seen)
    if refused is None:
        return HttpResponseRedirect(address(board))
    theirs = refused.now if isinstance(refused, acts.RuleMoved) else None
    # Whoever saves again has read what stands there now.
    again = acts.mark_of(theirs) if theirs is not None else seen
    return _page(request, draft, filled, seen=again, refused=refused, theirs=theirs)


def _change(request: HttpRequest, draft: ConstitutionDraft, filled: Filled, seen: str) -> Exception | None:
    """Keep the rule in the draft; why not, where it cannot be."""
    place = filled.place
    try:
        acts.change_rule(
            draft=draft,
            rule_id=place.id,
            new=place.value,
            seen=seen,
            why=_why(request),
            by=author(request),
            family=place.family,
        )
    except REFUSED as refused:
        return refused
    return None


def choose_section(request: HttpRequest, partnership_slug: str, board_slug: str) -> HttpResponse:
    """Which kind of rule to add."""
    board, draft = draft_to_change(request, partnership_slug, board_slug)
    room = [(key, words) for key, words in SECTIONS.items() if has_room(draft.text, key)]
    context = {"sections": room, **on_board(board, page="constitution")}
    return render(request, "meetings/constitution_rule_choose.html", context)


def add(request: HttpRequest, partnership_slug: str, board_slug: str, section: str) -> HttpResponse:
    """A further rule in that section; where a rule says one of several things, `kind` is which."""
    board, draft = draft_to_change(request, partnership_slug, board_slug)
    try:
        form = form_of(section.replace("-", "_"))
    except NoSuchSection as unknown:
        raise Http404 from unknown
    section = section.replace("-", "_")
    kinds = QUORUM_KINDS if issubclass(form, TestForm) else ONE_OF.get(form.__name__, ())
    kind = request.GET.get("kind", "")
    if kinds and kind not in kinds:
        choices = [(each, KINDS.get(each, each)) for each in kinds]
        context = {"kinds": choices, "words": SECTIONS[section], **on_board(board, page="constitution")}
        return render(request, "meetings/constitution_rule_choose.html", context)
    fixed = next((each for each in kinds_of(form) if each.key == kind), None)
    value: dict[str, Value] = {"id": "~new"}
    if fixed is not None:
        value[kind] = (
            {"base": "seats"} if kind == "share" else "yes" if fixed.sort == Sort.FIXED else {} if fixed.form else []
        )
    taken = draft.text
    place = Place(
        "~new", section if section in OWN_IDS else RULES, section, (section, _count(taken, section)), form, value
    )
    if request.method != "POST":
        return _page(request, draft, Filled(place, draft.text), seen="", is_new=True)
    base, _ = _drawn_from(request, place)
    filled = _filled(draft.text, replace(place, value=base), request, is_new=True)
    if filled.problems or request.POST.get("step") == "preview":
        return _page(request, draft, filled, seen="", is_new=True)
    try:
        acts.add_to_draft(draft=draft, section=section, new=filled.place.value, why=_why(request), by=author(request))
    except (*REFUSED, AlreadyThere) as refused:
        return _page(request, draft, filled, seen="", is_new=True, refused=refused)
    return HttpResponseRedirect(address(board))


def take_out(request: HttpRequest, partnership_slug: str, board_slug: str, family: str, rule_id: str) -> HttpResponse:
    """Take a rule out of the draft, when the rest can stand without it."""
    board, draft = draft_to_change(request, partnership_slug, board_slug)
    place = _place(draft, family, rule_id)
    refused: Exception | None = None
    if request.method == "POST":
        try:
            acts.take_out_rule(
                draft=draft, rule_id=place.id, why=_why(request), by=author(request), family=place.family
            )
        except (*REFUSED, LastPart, NoSuchRule) as why:
            refused = why
        else:
            return HttpResponseRedirect(address(board))
    context = {
        "sentence": next(iter(_sentences(draft.text, place)), place.id),
        "problems": refused.problems if isinstance(refused, BadFile) else (),
        "refused": refused,
        "back": _address(board, place),
        **on_board(board, page="constitution"),
    }
    return render(request, "meetings/constitution_rule_take_out.html", context, status=400 if refused else 200)


# --- reading what was posted ------------------------------------------------------------------------------------------


def _place(draft: ConstitutionDraft, family: str, rule_id: str) -> Place:
    """Raises Http404 where the draft has no such rule."""
    try:
        return place_of(draft.text, rule_id, family)
    except NoSuchRule as unknown:
        raise Http404 from unknown


def _drawn_from(request: HttpRequest, place: Place) -> tuple[dict[str, Value], str]:
    """The value that the form was drawn from, and the mark of the rule as it was read; the present ones if not ours."""
    try:
        drawn_from: dict[str, Any] = signing.loads(request.POST.get("drawn", ""), salt=SALT)
    except signing.BadSignature:
        return place.value, acts.mark_of(place.value)
    return drawn_from["base"], str(drawn_from["seen"])


def _filled(text: str, place: Place, request: HttpRequest, *, is_new: bool = False) -> Filled:
    posted = {name: [str(value) for value in request.POST.getlist(name)] for name in request.POST}
    unprintable = [each for values in posted.values() for value in values for each in value if not _is_printable(each)]
    if unprintable:
        return Filled(place, text, (Problem(0, 0, "", UNPRINTABLE.format(ord(unprintable[0]))),))
    value = filled_in(place.form, place.value, posted)
    words = str(value.get("name") or value.get("title") or value.get("duty") or TITLES[place.section])
    taken = ids_in(text, place.family)
    value = with_ids(value, taken, words)
    if is_new and str(value.get("id", "")).strip("~") not in taken:
        value["id"] = free_id(words, set(taken)) if value.get("id") == "~new" else value["id"]
    filled = replace(place, value=value)
    try:
        changed = (
            add_rule(text, place.section, value) if is_new else replace_rule(text, place.id, value, family=place.family)
        )
        terms_in(text=changed)
    except BadFile as bad:
        return Filled(filled, text, bad.problems)
    except AlreadyThere as there:
        return Filled(filled, text, (Problem(0, 0, "", str(there)),))
    return Filled(filled, changed)


def _is_printable(letter: str) -> bool:
    return letter.isprintable() or letter in "\n\r\t" or letter.isspace()


def _why(request: HttpRequest) -> str:
    return request.POST.get("why", "").replace("\0", "").strip()[:500]


def _count(text: str, section: str) -> int:
    return sum(place.section == section for place in places(text))


# --- the page ---------------------------------------------------------------------------------------------------------


def _page(
    request: HttpRequest, draft: ConstitutionDraft, filled: Filled, *, seen: str, is_new: bool = False,
    refused: Exception | None = None, theirs: dict[str, Value] | None = None,
) -> HttpResponse:  # fmt: skip
    board = draft.board
    bodies = body_names(partnership=board.partnership, user=request.user, on=clock.today())
    place = filled.place
    items, mistakes = on_page(drawn(place.form, place.value, names_in(draft.text, bodies)), filled.problems, place)
    preview = None
    if not filled.problems and not (is_new and filled.text == draft.text):
        preview = _preview(request, draft, filled)
    context = {
        "items": items,
        "mistakes": mistakes,
        "preview": preview,
        "refused": refused,
        "theirs": _sentences(draft.text, place) if theirs is not None else (),
        "title": f"Add {TITLES[place.section]}" if is_new else f"Change {TITLES[place.section]}",
        "number": terms_in(text=draft.text).version.number,
        "drawn": signing.dumps({"base": place.value, "seen": seen}, salt=SALT, compress=True),
        "why": _why(request),
        "take_out": "" if is_new else _address(board, place, "constitution_rule_take_out"),
        "has_errors": bool(mistakes) or refused is not None,
        **on_board(board, page="constitution"),
    }
    is_live = request.headers.get("HX-Request") == "true"
    template = "meetings/constitution_rule_preview.html" if is_live else "meetings/constitution_rule_edit.html"
    status = 409 if isinstance(refused, acts.RuleMoved) else 400 if context["has_errors"] else 200
    return render(request, template, context, status=status)


def _preview(request: HttpRequest, draft: ConstitutionDraft, filled: Filled) -> RulePreview:
    effects = effects_of_draft(request, draft, filled.text)
    upcoming = next(iter(upcoming_meetings(board=draft.board, user=request.user, today=clock.today())), None)
    calendar = working_days(Division(draft.board.partnership.get_bank_holidays_display()))
    place = filled.place
    return rule_preview(
        effects,
        place,
        ids=frozenset(_ids(place.value)),
        said=sayings(effects.terms, upcoming, calendar) if upcoming is not None else {},
        next_on=long_date(upcoming.on) if upcoming is not None else "",
        today=clock.today(),
    )


def _ids(value: Value) -> list[str]:
    if isinstance(value, dict):
        own = [str(value["id"])] if "id" in value else []
        return own + [each for inside in value.values() for each in _ids(inside)]
    return [each for inside in value for each in _ids(inside)] if isinstance(value, list) else []


def _sentences(text: str, place: Place) -> list[str]:
    """How the rule reads in that text."""
    rules = [rule for chapter in rule_book(terms_in(text=text)) for rule in chapter.rules]
    return [each.sentence for each in rules if each.key == (place.family, place.id)]


def _address(board: Board, place: Place, name: str = "constitution_rule") -> str:
    return reverse(name, args=(*address_of(board), place.family, place.id))
