"""What the pages of the team and of offices send back."""

from __future__ import annotations

from typing import Any

from django import forms

from membership.forms.seats import Choices, PersonForm, SeatForm, invite_field, text_field
from partnership.access import GrantCodename, Role
from partnership.forms.days import DayField

TEAM = ((Role.COORDINATOR.value, Role.COORDINATOR.label), (Role.MANAGER.value, Role.MANAGER.label))


class AdmitForm(PersonForm):
    """A coordinator or manager of one board, from a day."""

    role = forms.ChoiceField(
        label="As what",
        choices=TEAM,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose coordinator or manager."),
    )
    starts_on = DayField("Enter their first day.", label="First day")
    ends_on = DayField(label="Last day (leave empty while it is open)", required=False)


class ReleaseForm(SeatForm):
    ends_on = DayField("Enter the last day.", label="Last day")
    reason = text_field("Why it ends", required="Say why it ends.")


class CloseForm(SeatForm):
    reason = text_field("Why the account is closed", required="Say why the account is closed.")


class OfficeForm(SeatForm):
    """A member who is appointed to an office, by whom, after consulting whom."""

    who = forms.TypedChoiceField(
        label="Which member",
        coerce=int,
        widget=forms.Select(attrs={"class": "govuk-select"}),
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose one of the members."),
    )
    starts_on = DayField("Enter their first day.", label="First day")
    ends_on = DayField(label="Last day (leave empty while it is open)", required=False)
    appointed_by = text_field("Who appointed them", required="Say who appointed them.", longest=150)
    consulted = text_field("Who was consulted", required="Say who was consulted.", longest=500)
    on = DayField("Enter when they were consulted.", label="Consulted on")
    invite = invite_field()

    def __init__(self, data: Any = None, *, choices: Choices) -> None:
        super().__init__(data, choices=choices)
        who = self.fields["who"]
        assert isinstance(who, forms.ChoiceField)
        who.choices = [("", "Choose a member"), *choices.people]


class GrantForm(SeatForm):
    """Access to the board for a time, without a seat: to whom, which, why, until when."""

    who = forms.TypedChoiceField(
        label="Who",
        coerce=int,
        widget=forms.Select(attrs={"class": "govuk-select"}),
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose one of the people."),
    )
    role = forms.ChoiceField(
        label="What they may do",
        choices=GrantCodename.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose what they may do."),
    )
    starts_on = DayField("Enter the first day.", label="First day")
    ends_on = DayField("Enter the last day: access without a seat always has one.", label="Last day")
    reason = text_field("Why they need it", required="Say why they need it.")

    def __init__(self, data: Any = None, *, choices: Choices) -> None:
        super().__init__(data, choices=choices)
        who = self.fields["who"]
        assert isinstance(who, forms.ChoiceField)
        who.choices = [("", "Choose somebody"), *choices.people]


class EndGrantForm(SeatForm):
    reason = text_field("Why it ends", required="Say why it ends.")
