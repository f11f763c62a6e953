"""What the pages on who may read an item send back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from meetings.forms.actions import PlainDateField
from partnership.models import HandlingMark, User

LONGEST_REASON = 500
NO_LAST_DAY = "Enter the last day on which they may read it."


def _reason(label: str, missing: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST_REASON,
        error_messages={"required": missing, "max_length": f"Use at most {LONGEST_REASON} characters."},
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 2}),
    )


def _last_day() -> PlainDateField:
    field = PlainDateField(label="Until")
    field.error_messages |= {"required": NO_LAST_DAY, "invalid": NO_LAST_DAY}
    return field


class OfPeople(forms.Form):
    """A form that offers people by name."""

    def __init__(self, data: Any = None, *, people: Sequence[User], field: str, **given: Any) -> None:
        self.people = {str(one.pk): one for one in people}
        super().__init__(data, **given)
        offered = self.fields[field]
        assert isinstance(offered, forms.ChoiceField)
        choices = [(str(one.pk), one.name) for one in people]
        offered.choices = choices if isinstance(offered, forms.MultipleChoiceField) else [("", "Choose"), *choices]


class LimitForm(OfPeople):
    """Limiting an item or paper to named members."""

    reason = _reason("Why it is limited", "Say why it is limited to named members.")
    readers = forms.MultipleChoiceField(
        label="Named readers",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose members of this group."},
    )
    until = _last_day()
    excludes_team = forms.BooleanField(label="Keep it from the partnership team, too", required=False)

    def chosen(self) -> list[User]:
        return [self.people[pk] for pk in self.cleaned_data["readers"]]


class NameForm(OfPeople):
    """One further reader."""

    person = forms.ChoiceField(
        label="Member",
        widget=forms.Select(attrs={"class": "govuk-select"}),
        error_messages={"required": "Choose a member.", "invalid_choice": "Choose a member of this group."},
    )
    reason = _reason("Why they are named", "Say why this reader is named.")
    until = _last_day()

    def chosen(self) -> User:
        return self.people[self.cleaned_data["person"]]


class InterestForm(OfPeople):
    """Somebody's interest in an item."""

    person = forms.ChoiceField(
        label="Whose interest",
        widget=forms.Select(attrs={"class": "govuk-select"}),
        error_messages={"required": "Choose whose interest it is.", "invalid_choice": "Choose somebody of this group."},
    )
    reason = _reason("What the interest is", "Say what the interest is.")

    def chosen(self) -> User:
        return self.people[self.cleaned_data["person"]]


class MarkForm(forms.Form):
    """The handling mark of an item or a paper."""

    mark = forms.ChoiceField(
        label="Handling mark",
        required=False,
        widget=forms.Select(attrs={"class": "govuk-select"}),
        error_messages={"invalid_choice": "Choose a mark of this partnership."},
    )

    def __init__(self, data: Any = None, *, marks: Sequence[HandlingMark], chosen: int | None = None) -> None:
        self.marks = {str(one.pk): one for one in marks}
        super().__init__(data, initial={"mark": str(chosen or "")})
        offered = self.fields["mark"]
        assert isinstance(offered, forms.ChoiceField)
        offered.choices = [("", "No mark"), *((str(one.pk), one.label) for one in marks)]

    def chosen(self) -> HandlingMark | None:
        return self.marks.get(self.cleaned_data["mark"])


class WhyForm(forms.Form):
    """The reason for an act."""

    reason = _reason("Reason", "Enter the reason.")


class DeclareForm(forms.Form):
    """One's own interest in an item."""

    reason = _reason("What your interest is", "Say what your interest is.")
