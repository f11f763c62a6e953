"""What the pages of delegations send back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from meetings.queries.delegations import RuleOnBoards
from partnership.forms.days import DayField
from partnership.models import Board

LONGEST, LONGEST_LINE = 2000, 300
ANSWERS = (("yes", "It agreed"), ("no", "It did not agree"))


def _line(label: str, missing: str, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST_LINE,
        help_text=hint,
        error_messages={"required": missing, "max_length": f"Use at most {LONGEST_LINE} characters."},
        widget=forms.TextInput(attrs={"class": "govuk-input govuk-!-width-two-thirds"}),
    )


class DelegateForm(forms.Form):
    """What is given to which board, by which rule and decision, from when to when."""

    to = forms.ChoiceField(
        label="To which group",
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose a group that the rules name."),
    )
    functions = forms.CharField(
        label="What it decides for us",
        max_length=LONGEST,
        help_text="Say how far it goes, too: up to what sum, on what subject.",
        error_messages={
            "required": "Enter what is delegated.",
            "max_length": f"Use at most {LONGEST} characters.",
        },
        widget=forms.Textarea(attrs={"class": "govuk-textarea govuk-!-width-two-thirds", "rows": 4}),
    )
    decided = _line(
        "By which decision",
        "Enter by which decision it is delegated.",
        "For example Board of 12 March 2027, item 4.",
    )
    starts_on = DayField("Enter the first day.", label="First day")
    ends_on = DayField(label="Last day (leave empty while it is open)", required=False)

    def __init__(self, data: Any = None, *, rules: Sequence[RuleOnBoards]) -> None:
        super().__init__(data)
        self._offered = {f"{each.rule.id}:{board.pk}": (each, board) for each in rules for board in each.to}
        to = self.fields["to"]
        assert isinstance(to, forms.ChoiceField)
        to.choices = [
            (key, f"{board.name} ({each.rule.clause.citation})") for key, (each, board) in self._offered.items()
        ]

    @property
    def chosen(self) -> tuple[str, Board]:
        """The id of the rule, and the board that it lets delegate to."""
        each, board = self._offered[self.cleaned_data["to"]]
        return each.rule.id, board


class EndDelegationForm(forms.Form):
    ends_on = DayField("Enter the last day.", label="Last day")
    reason = _line("Why it ends", "Say why it ends.", "It is kept in the history.")


class AnswerForm(forms.Form):
    """What the board answered, when and where; `version` is the decision's as it was shown."""

    version = forms.IntegerField(
        widget=forms.HiddenInput,
        max_value=2**31 - 1,
        error_messages=dict.fromkeys(
            ("required", "invalid", "max_value"), "This form could not be read. Open the page again."
        ),
    )
    answer = forms.ChoiceField(
        label="What it answered",
        choices=ANSWERS,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose whether it agreed."),
    )
    answered_on = DayField("Enter when it answered.", label="Answered on")
    where = _line(
        "Where it answered",
        "Enter at which meeting it was answered, or that it was by correspondence.",
        "For example Executive Committee of 3 May 2027, item 6; or by correspondence.",
    )

    @property
    def is_agreed(self) -> bool:
        return bool(self.cleaned_data["answer"] == "yes")
