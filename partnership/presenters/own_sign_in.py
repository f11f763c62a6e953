"""The page about one's own sign-in, as it is drawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator

from partnership.clock import LONDON
from partnership.models import BrowserSession, Partnership, SignInEvent
from partnership.rules.plain_dates import plain_date, plain_time
from partnership.signing_in.second_step import Factors


@dataclass(frozen=True, slots=True)
class FactorLine:
    """One second step: what it is, and since when."""

    pk: int
    name: str
    when: str


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One browser in which the person is signed in; `key` ends it."""

    key: str
    device: str
    when: str
    is_this: bool


@dataclass(frozen=True, slots=True)
class EventLine:
    """One entry of the person's sign-in log."""

    what: str
    when: str


@dataclass(frozen=True, slots=True)
class OwnSignIn:
    """All of the page."""

    factors: list[FactorLine]
    has_app: bool
    has_passkey: bool
    recovery_codes_left: int
    rule: str
    sessions: list[SessionLine]
    events: list[EventLine]

    @property
    def others(self) -> int:
        return len([line for line in self.sessions if not line.is_this])


def own_sign_in_page(
    *,
    factors: Factors,
    sessions: Iterable[BrowserSession],
    this_session: str,
    events: Iterable[SignInEvent],
    partnerships: Iterable[Partnership],
    is_restricted: bool,
) -> OwnSignIn:
    app = [_factor(factors.app, "Authenticator app")] if factors.app is not None else []
    return OwnSignIn(
        factors=[*app, *(_factor(row, f"Passkey: {row.data['name']}") for row in factors.passkeys)],
        has_app=factors.app is not None,
        has_passkey=bool(factors.passkeys),
        recovery_codes_left=factors.recovery_codes_left,
        rule=_rule(partnerships, is_restricted=is_restricted),
        sessions=[_session(row, this_session) for row in sessions],
        events=[_event(row) for row in events],
    )


def moment(instant: datetime | None) -> str:
    """`28 November 2026, 5:36pm`, in London."""
    if instant is None:
        return ""
    local = instant.astimezone(LONDON)
    return f"{plain_date(local.date())}, {plain_time(local.time())}"


def _factor(row: Authenticator, name: str) -> FactorLine:
    used = f", last used on {plain_date(row.last_used_at.astimezone(LONDON).date())}" if row.last_used_at else ""
    return FactorLine(row.pk, name, f"Set up on {plain_date(row.created_at.astimezone(LONDON).date())}{used}")


def _session(row: BrowserSession, this_session: str) -> SessionLine:
    whence = f", from {row.address}" if row.address else ""
    return SessionLine(
        key=row.session_key,
        device=row.device or "A browser",
        when=f"Since {moment(row.started_at)}; last used {moment(row.seen_at)}{whence}",
        is_this=row.session_key == this_session,
    )


def _event(row: SignInEvent) -> EventLine:
    how = f": {row.get_how_display()}" if row.how else ""
    parts = [moment(row.at), row.device, f"from {row.address}" if row.address else ""]
    parts.append(f"to {row.sent_to}" if row.sent_to else "")
    said = ", ".join(part for part in parts if part)
    return EventLine(f"{row.get_what_display()}{how}", f"{said}. {row.detail}" if row.detail else said)


def _rule(partnerships: Iterable[Partnership], *, is_restricted: bool) -> str:
    if is_restricted:
        return "What you can open asks for a second step at every sign-in."
    return " ".join(
        f"{each.name} asks everybody for a second step."
        if each.members_take_second_step
        else f"{each.name} leaves the second step to its members."
        for each in partnerships
    )
