"""What pages about registers send back, turned into entries for the operations."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms

from meetings.models import Attendance, AttendsAs, Meeting, Mode, Presence, Recorded
from meetings.operations import RowEntry
from membership.queries import HeldSeat
from partnership.clock import LONDON
from partnership.rules.deadlines.wall_clock import AmbiguousTime, NoSuchTime, Repeated, instant_of

# A number as our pages write it: no other digits than these, none in front that says nothing.
NUMBER = "0|[1-9][0-9]{0,17}"
ROW_FIELD = re.compile(rf"recorded-(?P<id>{NUMBER})")
VERSION_FIELD = re.compile(rf"version-(?P<id>{NUMBER})")
UNREADABLE = "This form could not be read. Open the register again."


def _choose(sentence: str) -> dict[str, str]:
    """The same sentence for a choice left out and for one that no page offers."""
    return {"required": sentence, "invalid_choice": sentence}


def number_in(value: str) -> int | None:
    """The number that a button or an address of ours names; None for anything else."""
    return int(value) if re.fullmatch(NUMBER, value) else None


class UnreadableForm(Exception):
    """A form that no page of ours draws: a version that is no number, a word that is no choice."""


def _text_input() -> forms.TextInput:
    return forms.TextInput(attrs={"class": "govuk-input govuk-!-width-two-thirds"})


def entries_from(posted: Mapping[str, Any], rows: Mapping[int, Attendance]) -> list[RowEntry]:
    """One entry for each row of the posted form that says something.

    The form of the whole register says only what each row is recorded as; who came and how stay as they are while
    that does not change. Raises UnreadableForm.
    """
    entries = []
    for name in posted:
        found = ROW_FIELD.fullmatch(name)
        if found is None:
            continue
        row = rows.get(int(found["id"]))
        if row is None:
            raise UnreadableForm("This form belongs to another register. Open the register again.")
        entries.append(_entry(posted, row))
    return entries


def versions_in(posted: Mapping[str, str]) -> dict[int, str]:
    """The version in which a page shows each of its rows, by their ids."""
    return {int(found["id"]): posted[name] for name in posted if (found := VERSION_FIELD.fullmatch(name))}


def _entry(posted: Mapping[str, Any], row: Attendance) -> RowEntry:
    try:
        recorded = Recorded(posted[f"recorded-{row.pk}"])
        version = int(posted.get(f"version-{row.pk}", ""))
    except ValueError as unreadable:
        raise UnreadableForm(UNREADABLE) from unreadable
    stays = recorded == row.recorded
    return RowEntry(
        attendance_id=row.pk,
        version=version,
        recorded=recorded,
        person_id=row.person_id if stays else None,
        name=row.guest_name if stays else "",
        mode=Mode(row.mode) if stays else Mode.IN_THE_ROOM,
        reason=row.reason if stays else "",
        deputy_reason=row.deputy_reason if stays else "",
    )


class LocalTimeField(forms.TimeField):
    """A local time of the meeting's day, as `10:06`."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "govuk-input govuk-input--width-5"})
        super().__init__(
            widget=widget,
            error_messages={"required": "Enter when they arrived.", "invalid": "Enter a time like 10:06."},
            **kwargs,
        )


def instant_on(meeting: Meeting, value: Any) -> datetime:
    """The instant of a local time on the meeting's day. Raises forms.ValidationError where the clocks skip it."""
    try:
        return instant_of(meeting.on, value, LONDON, repeated=Repeated.FIRST)
    except (NoSuchTime, AmbiguousTime) as no_such_time:
        raise forms.ValidationError(str(no_such_time)) from no_such_time


class RowForm(forms.Form):
    """One row in full: what is recorded, who came, how, and since when."""

    version = forms.IntegerField(
        widget=forms.HiddenInput, error_messages={"required": UNREADABLE, "invalid": UNREADABLE}
    )
    recorded = forms.ChoiceField(
        label="What happened",
        choices=[(each.value, each.label) for each in Recorded if each is not Recorded.NOT_RECORDED],
        error_messages=_choose("Choose what happened."),
        widget=forms.RadioSelect,
    )
    who = forms.ChoiceField(
        label="Who came", required=False, widget=forms.RadioSelect, error_messages=_choose("Choose who came.")
    )
    name = forms.CharField(label="Name of somebody else who came", max_length=150, required=False, widget=_text_input())
    mode = forms.ChoiceField(
        label="How",
        choices=Mode.choices,
        required=False,
        widget=forms.RadioSelect,
        error_messages=_choose("Choose how they took part."),
    )
    arrived = LocalTimeField(label="Arrived at", required=False)
    reason = forms.CharField(label="Reason given with apologies", max_length=300, required=False, widget=_text_input())
    deputy_reason = forms.CharField(
        label="Why this deputy came although the rules ask for another",
        max_length=300,
        required=False,
        widget=_text_input(),
    )

    def __init__(self, data: Any = None, *, row: Attendance, held: HeldSeat | None) -> None:
        self.row = row
        super().__init__(data, initial=_row_initial(row))
        people = _people_of(held)
        field = self.fields["who"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*people, ("somebody else", "Somebody else, named below")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("who") == "somebody else" and not cleaned.get("name", "").strip():
            self.add_error("name", "Enter the name of the person who came.")
        return cleaned

    def entry(self) -> RowEntry:
        """What the form says, for `record_attendance`. Raises forms.ValidationError for a time the clocks skip."""
        cleaned = self.cleaned_data
        is_other = cleaned["who"] == "somebody else"
        arrived = cleaned.get("arrived")
        return RowEntry(
            attendance_id=self.row.pk,
            version=cleaned["version"],
            recorded=Recorded(cleaned["recorded"]),
            person_id=None if is_other or not cleaned["who"] else int(cleaned["who"]),
            name=cleaned["name"].strip() if is_other else "",
            mode=Mode(cleaned["mode"] or Mode.IN_THE_ROOM),
            reason=cleaned["reason"],
            deputy_reason=cleaned["deputy_reason"],
            arrived_at=instant_on(self.row.meeting, arrived) if arrived else None,
        )


def _row_initial(row: Attendance) -> dict[str, Any]:
    return {
        "version": row.version,
        "recorded": row.recorded,
        "who": "somebody else" if row.guest_name else row.person_id,
        "name": row.guest_name,
        "mode": row.mode,
        "reason": row.reason,
        "deputy_reason": row.deputy_reason,
    }


def _people_of(held: HeldSeat | None) -> list[tuple[int, str]]:
    if held is None:
        return []
    holders = ([held.representative] if held.representative else []) + list(held.deputies)
    return [(holder.person_id, f"{holder.person.name}, {holder.get_kind_display().lower()}") for holder in holders]


class TimesForm(forms.Form):
    """When one person came and left."""

    arrived = LocalTimeField(label="Arrived at")
    left = LocalTimeField(label="Left at", required=False)

    def __init__(self, data: Any = None, *, presence: Presence, meeting: Meeting) -> None:
        self.meeting = meeting
        initial = {
            "arrived": presence.arrived_at.astimezone(LONDON).time(),
            "left": presence.left_at.astimezone(LONDON).time() if presence.left_at else None,
        }
        super().__init__(data, initial=initial, prefix=f"times-{presence.pk}")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("arrived", "left"):
            if cleaned.get(name):
                cleaned[f"{name}_at"] = instant_on(self.meeting, cleaned[name])
        if cleaned.get("left_at") and cleaned.get("arrived_at") and cleaned["left_at"] <= cleaned["arrived_at"]:
            self.add_error("left", "The time of leaving must be after the time of arriving.")
        return cleaned


class GuestForm(forms.Form):
    """Somebody who is there without a seat."""

    name = forms.CharField(
        label="Name",
        max_length=150,
        error_messages={"required": "Enter the person's name."},
        widget=_text_input(),
    )
    attends_as = forms.ChoiceField(
        label="Attends as",
        choices=[(each.value, each.label) for each in AttendsAs if each is not AttendsAs.SEAT],
        widget=forms.RadioSelect,
        error_messages=_choose("Choose what they attend as."),
    )
    mode = forms.ChoiceField(
        label="How",
        choices=Mode.choices,
        initial=Mode.IN_THE_ROOM,
        widget=forms.RadioSelect,
        error_messages=_choose("Choose how they take part."),
    )
