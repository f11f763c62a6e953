"""Keyed hashes: what is kept instead of a code, a token or an address, so that to read the database is of no use."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from django.utils.crypto import salted_hmac

# No vowels, so that no word comes out; nothing that is read as something else.
LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 8
SESSION_KEY_LENGTH = 40


def keyed(purpose: str, *parts: str) -> str:
    """The hash of these parts for one purpose, by the installation's secret key."""
    whole = "\x00".join(parts)
    return salted_hmac(f"quorate.sign-in.{purpose}", whole, algorithm="sha256").hexdigest()


def same(one: str, other: str) -> bool:
    """Whether two hashes are equal, in a time that does not tell where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())


def new_token() -> str:
    return secrets.token_urlsafe(32)


def new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


def as_typed(code: str) -> str:
    """A code without the spaces and dashes that people and mail programs put into it."""
    return "".join(each for each in code.upper() if each.isalnum())


def in_two_halves(code: str) -> str:
    """A code as it is shown: ABCD 2345."""
    half = len(code) // 2
    return f"{code[:half]} {code[half:]}"


def session_row(key: str) -> str:
    """Under which primary key the session of that cookie is kept."""
    return hashlib.sha256(key.encode()).hexdigest()[:SESSION_KEY_LENGTH]
