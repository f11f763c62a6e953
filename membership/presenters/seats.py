"""One seat over time as its page prints it, and what an act on it was told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.forms import BooleanField, ChoiceField, Form, HiddenInput

from membership.models import Appointment, Leave, LeftVacant, Seat, StatutoryRole
from membership.queries import seats_on
from membership.queries.seat_history import Gap, SeatOverTime
from partnership.rules.plain_dates import counted, listed, plain_date


@dataclass(frozen=True, slots=True)
class HolderRow:
    """Somebody in a place of the seat. `when` is in words; `is_now` whether today falls in it; `tag` is in one word.

    `details` are for those who may read grades and declared authority, `leave` for the team.
    """

    pk: int
    name: str
    when: str
    is_now: bool
    is_open: bool
    tag: str
    details: tuple[str, ...]
    leave: tuple[str, ...]
    may_be_back: bool
    can_move_up: bool = False
    can_move_down: bool = False
    place: int = 0


@dataclass(frozen=True, slots=True)
class GapRow:
    """Days without a representative."""

    when: str
    days: str
    why: str


@dataclass(frozen=True, slots=True)
class SeatPage:
    """`lines` has holders and gaps mixed, the latest first."""

    name: str
    agency: str
    is_partner: bool
    is_vacant: bool
    is_ended: bool
    now: str
    representatives: tuple[HolderRow | GapRow, ...]
    deputies: tuple[HolderRow, ...]
    past_deputies: tuple[HolderRow, ...]
    left_vacant: str


def seat_page(found: SeatOverTime, *, agency: str, today: date, is_team: bool, reads_grades: bool) -> SeatPage:
    """What the reader may see of the seat."""
    seat = found.seat
    current = [held for held in found.deputies if held.until is None or held.until > today]
    current.sort(key=lambda held: (held.order, held.starts_on))

    def row(held: Appointment, place: int = 0) -> HolderRow:
        drawn = _holder(held, found.leaves, today, is_team=is_team, reads_grades=reads_grades)
        is_last = place == len(current)
        return replace(drawn, place=place, can_move_up=place > 1, can_move_down=bool(place) and not is_last)

    holders: list[tuple[date, HolderRow | GapRow]] = [(held.starts_on, row(held)) for held in found.representatives]
    holders += [(gap.starts_on, _gap(gap, found.left_vacant, today)) for gap in found.gaps if gap.starts_on <= today]
    representative = next((held for held in found.representatives if _covers(held, today)), None)
    left = next((one for one in found.left_vacant if one.until is None), None)
    return SeatPage(
        name=seat.name,
        agency="" if agency == seat.name else agency,
        is_partner=seat.agency is not None and seat.agency.statutory_role == StatutoryRole.SAFEGUARDING_PARTNER,
        is_vacant=representative is None,
        is_ended=seat.until is not None and seat.until <= today,
        now=f"{representative.person.name}, since {plain_date(representative.starts_on)}" if representative else "",
        representatives=tuple(one for _, one in sorted(holders, key=lambda pair: pair[0], reverse=True)),
        deputies=tuple(row(held, place) for place, held in enumerate(current, start=1)),
        past_deputies=tuple(row(held) for held in found.deputies if held not in current),
        left_vacant=f"Left vacant since {plain_date(left.starts_on)}: {left.reason}" if left else "",
    )


def _holder(
    held: Appointment,
    leaves: Sequence[Leave],
    today: date,
    *,
    is_team: bool,
    reads_grades: bool,
) -> HolderRow:
    own = [leave for leave in leaves if leave.appointment_id == held.pk] if is_team else []
    is_away = any(_covers(leave, today) for leave in own)
    is_now = _covers(held, today)
    return HolderRow(
        pk=held.pk,
        name=held.person.name,
        when=period_words(held.starts_on, held.until, today),
        is_now=is_now,
        is_open=held.until is None or held.until > today,
        tag="On leave" if is_away else "Now" if is_now else "To come" if held.starts_on > today else "",
        details=tuple(_details(held)) if reads_grades else (),
        leave=tuple(_leave_words(leave, today) for leave in own),
        may_be_back=any(leave.until is None or leave.until > today for leave in own),
    )


def _details(held: Appointment) -> list[str]:
    """Grade, and what was declared or confirmed of them."""
    said = [f"Grade: {held.grade.name}"] if held.grade else []
    if held.order > 0:
        said.append(_authority(held))
    if held.deputy_reason:
        said.append(f"Named outside the rule for deputies: {held.deputy_reason}")
    may_commit = "may speak for, commit and hold to account their organisation"
    if held.may_commit_on:
        said.append(f"Confirmed by {held.may_commit_by} on {plain_date(held.may_commit_on)} that they {may_commit}")
    elif held.order == 0 and held.until is None:
        said.append(f"Nobody has confirmed that they {may_commit}")
    return said


def _authority(held: Appointment) -> str:
    if held.has_same_authority is None or held.declared_on is None:
        return "Authority: nobody has said yet"
    said = "The same decision-making authority" if held.has_same_authority else "Not the same decision-making authority"
    by = f" by {held.declared_by}" if held.declared_by else ""
    return f"{said}, declared{by} on {plain_date(held.declared_on)}"


def _leave_words(leave: Leave, today: date) -> str:
    why = f": {leave.reason}" if leave.reason else ""
    return f"On leave {period_words(leave.starts_on, leave.until, today)}{why}"


def _gap(gap: Gap, left: Sequence[LeftVacant], today: date) -> GapRow:
    ends = gap.until or today + timedelta(days=1)
    why = next((one.reason for one in left if one.starts_on < ends and (one.until or ends) > gap.starts_on), "")
    days = counted((min(ends, today + timedelta(days=1)) - gap.starts_on).days, "day")
    return GapRow(period_words(gap.starts_on, gap.until, today), days, why)


def period_words(starts_on: date, until: date | None, today: date) -> str:
    """`1 May 2026 to 3 March 2027`, `since 4 March 2027`, `from 1 April 2027`."""
    if until is not None:
        return f"{plain_date(starts_on)} to {plain_date(until - timedelta(days=1))}"
    return f"{'since' if starts_on <= today else 'from'} {plain_date(starts_on)}"


def _covers(row: Appointment | Leave, day: date) -> bool:
    return row.starts_on <= day and (row.until is None or day < row.until)


def answers(form: Form) -> list[tuple[str, str]]:
    """What was entered, as a page that asks to confirm it prints it; what was left open is left out."""
    said = []
    for name, field in form.fields.items():
        value = form.cleaned_data.get(name)
        if isinstance(field.widget, HiddenInput) or value in {None, ""}:
            continue
        if isinstance(field, ChoiceField):
            value = next((str(each.data["label"]) for each in form[name] if each.data["selected"]), str(value))
        elif isinstance(field, BooleanField):
            value = "Yes" if value else "No"
        said.append((str(field.label), plain_date(value) if isinstance(value, date) else str(value)))
    return said


def now_says(seat: Seat, today: date) -> str:
    """How the seat stands, told to whoever meets somebody else's change."""
    held = next((one for one in seats_on(board=seat.board, on=today) if one.seat.pk == seat.pk), None)
    if held is None:
        return "The seat does not exist today."
    who = held.representative.person.name if held.representative else "nobody"
    deputies = listed([deputy.person.name for deputy in held.deputies]) if held.deputies else "no deputy"
    return f"Representative: {who}. Deputies: {deputies}."
