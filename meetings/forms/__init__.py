"""What pages send back, checked and turned into what the operations take."""

from meetings.forms.actions import ActionForm, ChangeActionForm, ReasonForm, UpdateForm
from meetings.forms.agendas import ItemForm, PaperForm, PublishForm, WithdrawalForm
from meetings.forms.minutes import SendMinutesForm
from meetings.forms.outcomes import DecisionForm, TypedItems, items_from, reason_in
from meetings.forms.registers import (
    GuestForm,
    RowForm,
    TimesForm,
    UnreadableForm,
    entries_from,
    number_in,
    versions_in,
)

__all__ = [
    "ActionForm",
    "ChangeActionForm",
    "DecisionForm",
    "GuestForm",
    "ItemForm",
    "PaperForm",
    "PublishForm",
    "ReasonForm",
    "RowForm",
    "SendMinutesForm",
    "TimesForm",
    "TypedItems",
    "UnreadableForm",
    "UpdateForm",
    "WithdrawalForm",
    "entries_from",
    "items_from",
    "number_in",
    "reason_in",
    "versions_in",
]
