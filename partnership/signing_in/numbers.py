"""How many, how long: every number of signing in. Each is a setting, within bounds that keep it safe."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from partnership.environment import Environment


@dataclass(frozen=True, slots=True)
class SignInNumbers:
    """What `settings.SIGN_IN` holds."""

    code_lasts: timedelta
    tries_a_code: int
    codes_an_hour_per_account: int
    codes_an_hour_per_address: int
    codes_unanswered: int
    wrong_before_pause: int
    pause: timedelta
    wrong_a_day: int
    idle_restricted: timedelta
    idle: timedelta
    idle_at_register: timedelta
    longest_restricted: timedelta
    longest: timedelta
    remembered_for: timedelta
    fresh_for: timedelta
    invitation_lasts: timedelta
    invitations_a_day_per_person: int
    invitations_a_day_per_sender: int
    wrong_invitations_an_hour: int


def numbers_from(environment: Environment) -> SignInNumbers:
    """The numbers of this installation: the ones of the security page, unless the environment says otherwise."""

    def number(name: str, default: int, at_least: int, at_most: int) -> int:
        return environment.number(f"SIGN_IN_{name}", default, at_least=at_least, at_most=at_most)

    def minutes(name: str, default: int, at_least: int, at_most: int) -> timedelta:
        return timedelta(minutes=number(f"{name}_MINUTES", default, at_least, at_most))

    return SignInNumbers(
        code_lasts=minutes("CODE", 10, 5, 15),
        tries_a_code=3,
        codes_an_hour_per_account=number("CODES_PER_ACCOUNT", 5, 3, 10),
        codes_an_hour_per_address=number("CODES_PER_ADDRESS", 20, 10, 200),
        codes_unanswered=3,
        wrong_before_pause=number("WRONG_BEFORE_PAUSE", 5, 3, 10),
        pause=minutes("PAUSE", 15, 15, 60),
        wrong_a_day=number("WRONG_A_DAY", 20, 10, 50),
        idle_restricted=minutes("IDLE_RESTRICTED", 30, 10, 60),
        idle=minutes("IDLE", 2 * 60, 10, 8 * 60),
        idle_at_register=minutes("IDLE_AT_REGISTER", 4 * 60, 30, 8 * 60),
        longest_restricted=timedelta(hours=number("HOURS_RESTRICTED", 12, 1, 24)),
        longest=timedelta(hours=number("HOURS", 7 * 24, 1, 14 * 24)),
        remembered_for=timedelta(days=number("REMEMBERED_DAYS", 14, 0, 30)),
        fresh_for=minutes("FRESH", 5, 1, 10),
        invitation_lasts=timedelta(days=number("INVITATION_DAYS", 7, 1, 14)),
        invitations_a_day_per_person=3,
        invitations_a_day_per_sender=number("INVITATIONS_A_DAY", 200, 20, 2000),
        wrong_invitations_an_hour=20,
    )
