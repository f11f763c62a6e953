"""What the record of a meeting sends back: items with their times and discussions, decisions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django import forms

from meetings.forms.registers import UNREADABLE, VERSION_FIELD, LocalTimeField, UnreadableForm, instant_on
from meetings.models import Decision, Delegation, Meeting
from meetings.operations import Basis, ItemEntry
from meetings.queries import RecordedItem
from meetings.queries.delegations import RuleOnBoards
from partnership import clock
from partnership.clock import LONDON
from partnership.models import Board
from partnership.rules.plain_dates import plain_date

A_MINUTE = timedelta(minutes=1)
NO_TIME = "Enter a time like 10:25."


@dataclass(frozen=True, slots=True)
class TypedItems:
    """What the form of a record says: an entry for each item, or what is wrong with its time, by item."""

    entries: tuple[ItemEntry, ...]
    errors: Mapping[int, str]


def items_from(posted: Mapping[str, Any], items: Sequence[RecordedItem], meeting: Meeting) -> TypedItems:
    """The items of a posted form. Raises UnreadableForm for a form that no page of ours draws."""
    known = {one.item.pk: one for one in items}
    entries: list[ItemEntry] = []
    errors: dict[int, str] = {}
    for name in posted:
        found = VERSION_FIELD.fullmatch(name)
        if found is None:
            continue
        one = known.get(int(found["id"]))
        if one is None:
            raise UnreadableForm("An item of this form is no longer on the agenda. Open the record again.")
        try:
            entries.append(_entry(posted, one, meeting))
        except forms.ValidationError as refused:
            errors[one.item.pk] = refused.messages[0]
    if not entries and not errors:
        raise UnreadableForm("This form could not be read. Open the record again.")
    return TypedItems(tuple(entries), errors)


def reason_in(posted: Mapping[str, Any]) -> str:
    """Why a record is corrected, as far as the form says. Raises UnreadableForm for what no browser types."""
    reason = str(posted.get("reason", ""))
    if "\x00" in reason:
        raise UnreadableForm("This form could not be read. Open the record again.")
    return reason


def _entry(posted: Mapping[str, Any], one: RecordedItem, meeting: Meeting) -> ItemEntry:
    key = one.item.pk
    version, discussion = posted[f"version-{key}"], posted.get(f"discussion-{key}", "")
    if not re.fullmatch(r"\d{1,9}", version) or "\x00" in discussion:
        raise UnreadableForm("This form could not be read. Open the record again.")
    taken_at = None
    if posted.get("now") == str(key):
        taken_at = clock.now()
    elif typed := posted.get(f"taken-{key}", "").strip():
        taken_at = _typed_instant(typed, meeting)
    elif one.record and one.record.begun_at and one.version == int(version):
        raise forms.ValidationError(NO_TIME)
    # A browser sends the ends of lines in a way of its own.
    discussion = discussion.replace("\r\n", "\n")
    return ItemEntry(item=one.item, version=int(version), discussion=discussion, taken_at=taken_at)


def _typed_instant(typed: str, meeting: Meeting) -> datetime:
    """The instant of a typed time. Raises forms.ValidationError."""
    try:
        at = LocalTimeField(required=True).clean(typed)
    except forms.ValidationError as unreadable:
        raise forms.ValidationError(NO_TIME) from unreadable
    return moment_on(meeting, at)


def moment_on(meeting: Meeting, at: time) -> datetime:
    """The instant of a local time on the meeting's day; now, while it is that minute.

    Raises forms.ValidationError where the clocks skip it.
    """
    now, moment = clock.now(), instant_on(meeting, at)
    return now if timedelta(0) <= now - moment < A_MINUTE else moment


def _same_minute(moment: datetime, at: time) -> bool:
    local = moment.astimezone(LONDON)
    return (local.hour, local.minute) == (at.hour, at.minute)


@dataclass(frozen=True, slots=True)
class BasisChoices:
    """Whose functions the board may have exercised, by which delegations; and who must agree, where a rule says so."""

    givers: tuple[Board, ...] = ()
    held: tuple[Delegation, ...] = ()
    agreement: RuleOnBoards | None = None

    @property
    def functions(self) -> list[tuple[str, str]]:
        given = [(f"delegation-{each.pk}", f"{each.given_by}: {_in_short(each)}") for each in self.held]
        beyond = [(f"board-{each.pk}", f"{each}: not delegated to us") for each in self.givers]
        return [("", "Our own"), *given, *beyond]

    def basis(self, function: str, *, asks_agreement: bool) -> Basis:
        """What the form says. `function` is one of the choices."""
        what, _, key = function.partition("-")
        given = next((each for each in self.held if what == "delegation" and str(each.pk) == key), None)
        giver = next((each for each in self.givers if what == "board" and str(each.pk) == key), None)
        return Basis(asks_agreement, given.given_by if given else giver, given)


def _in_short(given: Delegation) -> str:
    words = " ".join(given.functions.split())
    until = f" to {plain_date(given.until - timedelta(days=1))}" if given.until else " on"
    return f"{words[:80]}{'…' if len(words) > len(words[:80]) else ''} (from {plain_date(given.starts_on)}{until})"


def _function_of(decision: Decision) -> str:
    if decision.delegation_id is not None:
        return f"delegation-{decision.delegation_id}"
    return f"board-{decision.function_of_id}" if decision.function_of_id is not None else ""


OUR_OWN = BasisChoices()


class DecisionForm(forms.Form):
    """What was decided, and when; empty is now while the register is open.

    Where rules let others delegate to the board, or make its decisions wait for another's agreement, it says so, too.
    """

    version = forms.IntegerField(
        widget=forms.HiddenInput, required=False, error_messages={"invalid": UNREADABLE}, max_value=2**31 - 1
    )
    text = forms.CharField(
        label="What was decided",
        max_length=4000,
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 4}),
        error_messages={"required": "Enter what was decided."},
    )
    decided = LocalTimeField(label="Decided at", required=False)
    function = forms.ChoiceField(
        label="Whose function it is",
        required=False,
        widget=forms.Select(attrs={"class": "govuk-select"}),
        error_messages={"invalid_choice": "Choose one of the functions."},
    )
    asks_agreement = forms.BooleanField(required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        meeting: Meeting,
        decision: Decision | None = None,
        choices: BasisChoices = OUR_OWN,
    ) -> None:
        self.meeting, self.decision, self.choices = meeting, decision, choices
        initial = {}
        if decision is not None:
            local = decision.decided_at.astimezone(LONDON)
            initial = {"version": decision.version, "text": decision.text, "decided": local.time()}
            initial |= {"function": _function_of(decision), "asks_agreement": decision.asks_agreement}
        super().__init__(data, initial=initial)
        self._offer(choices)
        self.fields["decided"].error_messages["invalid"] = NO_TIME
        self.fields["decided"].widget.attrs["class"] = "govuk-input q-time"

    def _offer(self, choices: BasisChoices) -> None:
        """Only what the rules provide for is asked."""
        function = self.fields["function"]
        assert isinstance(function, forms.ChoiceField)
        function.choices = choices.functions
        if not choices.givers and not choices.held:
            del self.fields["function"]
        if choices.agreement is None or choices.agreement.agrees is None:
            del self.fields["asks_agreement"]
        else:
            self.fields["asks_agreement"].label = f"It is final only once {choices.agreement.agrees} has agreed"

    @property
    def agreement_clause(self) -> str:
        """The clause by which another board must agree, cited and in words."""
        if self.choices.agreement is None:
            return ""
        clause = self.choices.agreement.rule.clause
        return f"{clause.citation}: {clause.words}"

    @property
    def basis(self) -> Basis:
        """Whose affair the form says the decision is."""
        cleaned = self.cleaned_data
        return self.choices.basis(
            cleaned.get("function", ""), asks_agreement=bool(cleaned.get("asks_agreement", False))
        )

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "decided" not in cleaned:
            return cleaned
        at = cleaned["decided"]
        if at is None and self.meeting.is_open and self.decision is None:
            cleaned["decided_at"] = clock.now()
        elif at is None:
            self.add_error("decided", "Enter when it was decided.")
        elif self.decision is not None and _same_minute(self.decision.decided_at, at):
            cleaned["decided_at"] = self.decision.decided_at
        else:
            cleaned["decided_at"] = moment_on(self.meeting, at)
        return cleaned
