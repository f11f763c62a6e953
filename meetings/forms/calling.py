"""What the pages about a meeting's date send back: calling, moving and cancelling it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import URLValidator

from meetings.models import Meeting, MeetingKind
from partnership import clock
from partnership.forms.days import DayField

LONGEST_REASON = 300
NO_WEB_ADDRESS = "Enter a web address that begins with https://."
UNREADABLE = dict.fromkeys(("required", "invalid"), "This form could not be read. Open the page again.")


class WebAddressField(forms.URLField):
    """An address that a browser opens as a page."""

    default_validators = [URLValidator(schemes=["https", "http"], message=NO_WEB_ADDRESS)]


def _time_field(label: str, sentence: str, *, required: bool) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=required,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "govuk-input govuk-input--width-10"}),
        error_messages={"required": sentence, "invalid": sentence},
    )


def _reason_field(label: str, sentence: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST_REASON,
        error_messages={"required": sentence, "max_length": f"Use at most {LONGEST_REASON} characters."},
        widget=forms.TextInput(attrs={"class": "govuk-input govuk-!-width-two-thirds"}),
    )


class WhenForm(forms.Form):
    """When and where a meeting is. A date gone by is refused."""

    on = DayField(label="Date", missing="Enter the date of the meeting.")
    starts_at = _time_field("Starts at", "Enter when it starts, like 10:00.", required=True)
    ends_at = _time_field("Ends at (optional)", "Enter when it ends, like 12:30, or leave it empty.", required=False)
    place = forms.CharField(
        label="Place (optional)",
        max_length=200,
        required=False,
        error_messages={"max_length": "Use at most 200 characters."},
        widget=forms.TextInput(attrs={"class": "govuk-input govuk-!-width-two-thirds"}),
    )
    video_link = WebAddressField(
        label="Video link (optional)",
        max_length=500,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": NO_WEB_ADDRESS, "max_length": "Use at most 500 characters."},
        widget=forms.TextInput(attrs={"class": "govuk-input govuk-!-width-two-thirds", "inputmode": "url"}),
    )

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on < clock.today():
            raise forms.ValidationError("The date is in the past. Enter today or a later date.")
        return on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", "The end must be after the start.")
        return cleaned


class CallForm(WhenForm):
    """A new meeting."""

    kind = forms.ChoiceField(
        label="Kind of meeting",
        choices=MeetingKind.choices,
        initial=MeetingKind.ORDINARY,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose the kind of meeting.",
            "invalid_choice": "Choose the kind of meeting.",
        },
    )


class MoveForm(WhenForm):
    """Another date, time or place. `seen` is how many changes of the meeting the form was drawn from."""

    seen = forms.IntegerField(widget=forms.HiddenInput, error_messages=UNREADABLE)
    reason = _reason_field("Why it changes", "Say why the meeting changes.")

    @classmethod
    def of(cls, meeting: Meeting, seen: int, data: Any = None) -> MoveForm:
        initial = {
            "on": meeting.on,
            "starts_at": meeting.starts_at,
            "ends_at": meeting.ends_at,
            "place": meeting.place,
            "video_link": meeting.video_link,
            "seen": seen,
        }
        return cls(data, initial=initial)

    def changes(self, meeting: Meeting) -> bool:
        """Whether it says anything else than the meeting."""
        return any(
            (self.cleaned_data[name] or None) != (getattr(meeting, name) or None)
            for name in ("on", "starts_at", "ends_at", "place", "video_link")
        )


class CancelForm(forms.Form):
    """Why a meeting is cancelled."""

    seen = forms.IntegerField(widget=forms.HiddenInput, error_messages=UNREADABLE)
    reason = _reason_field("Why it is cancelled", "Say why the meeting is cancelled.")
