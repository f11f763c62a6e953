"""Forms about actions: agreeing one, reporting on it, changing and closing it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from meetings.forms.registers import UNREADABLE
from meetings.models import Action
from meetings.queries import PossibleOwner
from membership.models import Agency
from partnership.models import User
from partnership.rules.plain_dates import WEEKDAYS, plain_date

WEEKDAY = re.compile(rf"^({'|'.join(WEEKDAYS)}),?\s+", re.IGNORECASE)
NO_DATE = "Enter the date by which it will be done."
OWNERS_AGENCY = "The owner's agency"


class PlainDateField(forms.DateField):
    """A date as people write it: 30 June 2027, 30/6/2027; the day of the week may come first."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=["%d %B %Y", "%d %b %Y", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d"],
            widget=forms.TextInput(attrs={"class": "govuk-input govuk-input--width-20", "autocomplete": "off"}),
            error_messages={"required": NO_DATE, "invalid": NO_DATE},
            **kwargs,
        )

    def to_python(self, value: Any) -> date | None:
        return super().to_python(WEEKDAY.sub("", value.strip()) if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        return plain_date(value) if isinstance(value, date) else value


def _words(label: str, missing: str, *, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=4000,
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": rows}),
        error_messages={"required": missing},
    )


class OwnedForm(forms.Form):
    """Who answers for an action, for which agency, by when."""

    owner = forms.ChoiceField(
        label="Owner",
        widget=forms.Select(attrs={"class": "govuk-select"}),
        error_messages={"required": "Choose who answers for it.", "invalid_choice": "Choose who answers for it."},
    )
    agency = forms.ChoiceField(
        label="Agency",
        required=False,
        widget=forms.Select(attrs={"class": "govuk-select"}),
        error_messages={"invalid_choice": "Choose an agency of this board."},
    )
    due_on = PlainDateField(label="Done by")

    def __init__(
        self,
        data: Any = None,
        *,
        owners: Sequence[PossibleOwner],
        agencies: Sequence[tuple[int, str]],
        initial: dict[str, Any] | None = None,
    ) -> None:
        self.people = {str(one.person.pk): one.person for one in owners}
        super().__init__(data, initial=initial)
        owner, agency = self.fields["owner"], self.fields["agency"]
        assert isinstance(owner, forms.ChoiceField)
        assert isinstance(agency, forms.ChoiceField)
        owner.choices = [("", "Choose a person"), *((str(one.person.pk), _named(one)) for one in owners)]
        agency.choices = [("", OWNERS_AGENCY), *((str(pk), name) for pk, name in agencies)]

    def chosen(self) -> dict[str, Any]:
        """Owner, agency (None: the owner's) and date, for an operation."""
        agency = self.cleaned_data["agency"]
        owner: User = self.people[self.cleaned_data["owner"]]
        return {
            "owner": owner,
            "agency": Agency.objects.get(pk=int(agency)) if agency else None,
            "due_on": self.cleaned_data["due_on"],
        }


def _named(owner: PossibleOwner) -> str:
    return f"{owner.person.name}, {owner.stands_as}"


class ActionForm(OwnedForm):
    """A new action."""

    text = _words("What will be done", "Enter what was agreed.")
    field_order = ("text", "owner", "agency", "due_on")


class ChangeActionForm(OwnedForm):
    """Another owner or date for an action, with the reason."""

    version = forms.IntegerField(
        widget=forms.HiddenInput,
        max_value=2**31 - 1,
        error_messages={"required": UNREADABLE, "invalid": UNREADABLE, "max_value": UNREADABLE},
    )
    reason = _words("Why it changes", "Say why you change it.", rows=2)

    @staticmethod
    def initial_of(action: Action, owners: Sequence[PossibleOwner]) -> dict[str, Any]:
        """What the action says now; the agency that goes with the owner is not named."""
        goes_with_owner = {one.person.pk: one.agency_id for one in owners}.get(action.owner_id)
        return {
            "version": action.version,
            "owner": str(action.owner_id),
            "agency": "" if action.agency_id == goes_with_owner else str(action.agency_id or ""),
            "due_on": action.due_on,
        }


class UpdateForm(forms.Form):
    """What happened, and whether that was all."""

    text = _words("What has happened", "Enter what has happened.", rows=4)
    asks_to_close = forms.BooleanField(label="Ask to close this action", required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("asks_to_close") and "text" in self.errors:
            del self.errors["text"]
            self.add_error("text", "Add what changed as a result.")
        return cleaned


class ReasonForm(forms.Form):
    """The reason for closing an action, keeping it open or opening it again."""

    reason = _words("Reason", "Enter the reason.", rows=3)
