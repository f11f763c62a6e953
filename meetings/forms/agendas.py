"""What pages about an agenda send back: an item, a paper, a reason."""

from __future__ import annotations

from typing import Any

from django import forms

from meetings.models import AgendaItem, ItemKind
from meetings.operations import ItemValues

LONGEST_REASON = 500
A_DAY = 1440
MINUTES = "Enter how many minutes, from 1 to 1440, or leave it empty."


def _text_input(width: str = "two-thirds") -> forms.TextInput:
    return forms.TextInput(attrs={"class": f"govuk-input govuk-!-width-{width}"})


def _text_area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"class": "govuk-textarea", "rows": rows})


def _at_most(length: int) -> str:
    return f"Use at most {length} characters."


class ItemForm(forms.Form):
    """One item of an agenda. `version` is the one that the form was drawn from, of an item that is there."""

    version = forms.IntegerField(required=False, min_value=1, max_value=2**31, widget=forms.HiddenInput)
    title = forms.CharField(
        label="Title",
        max_length=200,
        error_messages={"required": "Enter a title.", "max_length": _at_most(200)},
        widget=_text_input("full"),
    )
    kind = forms.ChoiceField(
        label="What the meeting does with it",
        choices=ItemKind.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose what the meeting does with it.",
            "invalid_choice": "Choose what the meeting does with it.",
        },
    )
    minutes = forms.IntegerField(
        label="Time in minutes (optional)",
        required=False,
        min_value=1,
        max_value=A_DAY,
        error_messages={"invalid": MINUTES, "min_value": MINUTES, "max_value": MINUTES},
        widget=forms.TextInput(attrs={"class": "govuk-input govuk-input--width-4", "inputmode": "numeric"}),
    )
    lead = forms.CharField(
        label="Who leads it (optional)",
        max_length=150,
        required=False,
        error_messages={"max_length": _at_most(150)},
        widget=_text_input(),
    )
    purpose = forms.CharField(
        label="What is wanted from those who attend (optional)",
        max_length=500,
        required=False,
        error_messages={"max_length": _at_most(500)},
        widget=_text_area(),
    )

    @classmethod
    def of(cls, item: AgendaItem, data: Any = None) -> ItemForm:
        """The form of an item that is there."""
        names = ("version", "title", "kind", "minutes", "lead", "purpose")
        return cls(data, initial={name: getattr(item, name) for name in names})

    @property
    def drawn_version(self) -> int:
        """The version the form was drawn from; 0 where it does not say, which is out of date by any reckoning."""
        return self.cleaned_data.get("version") or 0

    def values(self) -> ItemValues:
        """What the form says, once it is valid."""
        said = self.cleaned_data
        return ItemValues(said["title"], ItemKind(said["kind"]), said["minutes"], said["lead"], said["purpose"])


class PaperForm(forms.Form):
    """A file that goes with an item. Whether it is one that may is found in the file."""

    title = forms.CharField(
        label="Title",
        max_length=200,
        error_messages={"required": "Enter a title.", "max_length": _at_most(200)},
        widget=_text_input("full"),
    )
    file = forms.FileField(
        label="File",
        allow_empty_file=True,
        error_messages={"required": "Select a file.", "invalid": "Select a file.", "missing": "Select a file."},
        widget=forms.FileInput(attrs={"class": "govuk-file-upload", "accept": ".pdf,.docx"}),
    )


class WithdrawalForm(forms.Form):
    """Why something that was published is withdrawn, or comes late. The operation says when it must be given."""

    reason = forms.CharField(
        label="Reason",
        max_length=LONGEST_REASON,
        required=False,
        error_messages={"max_length": _at_most(LONGEST_REASON)},
        widget=_text_area(),
    )


class PublishForm(WithdrawalForm):
    """The last word before an agenda goes out; `checked` says what was on the page that was checked."""

    checked = forms.CharField(
        widget=forms.HiddenInput, error_messages={"required": "This form could not be read. Check the agenda again."}
    )
