"""One mailbox, one account: addresses in the one form in which both databases keep and find them."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from partnership import clock
from partnership.addresses import NotAnAddress, canonical
from partnership.forms.addresses import AddressField
from partnership.models import User
from partnership.operations import AccountClosed, deactivate_person, person_or_newcomer, register_person, system_author
from partnership.signing_in.codes import Letter, person_for_code
from partnership.signing_in.courier import message_with
from partnership.signing_in.events import account_of
from tests.cast import Cast

KELVIN, LONG_S, DOTLESS, DOTTED = "\u212a", "\u017f", "\u0131", "\u0130"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Karen.Hill@Example.ORG ", "karen.hill@example.org"),
        ("info@\u00e4rzte.example", "info@xn--rzte-koa.example"),
        ("info@\u00c4RZTE.example", "info@xn--rzte-koa.example"),
        ("info@a\u0308rzte.example", "info@xn--rzte-koa.example"),
        ("info@XN--RZTE-KOA.example", "info@xn--rzte-koa.example"),
        ("info@\uff45xample.org", "info@example.org"),
        # Two domains, which the older rules of 2003 took for one.
        ("info@stra\u00dfe.example", "info@xn--strae-oqa.example"),
    ],
)
def test_an_address_has_one_form(typed: str, kept: str) -> None:
    assert canonical(typed) == kept
    assert canonical(kept) == kept


@pytest.mark.parametrize(
    "typed", [f"{KELVIN}aren@example.org", f"ro{LONG_S}e@example.org", f"{DOTLESS}an@example.org", "", "a", "@b", "a@"]
)
def test_letters_outside_ascii_are_nobodys(typed: str) -> None:
    """Python lowers the Kelvin sign to `k`, and takes all four for letters of A to Z where case does not count."""
    with pytest.raises(NotAnAddress):
        canonical(typed)


@pytest.mark.parametrize("letter", [KELVIN, LONG_S, DOTLESS, DOTTED])
def test_no_form_takes_them(letter: str) -> None:
    with pytest.raises(ValidationError):
        AddressField().clean(f"{letter}aren@example.org")


def test_a_look_alike_is_another_account_for_nobody(cast: Cast) -> None:
    """Neither found by what only looks like its address, nor entered a second time by another writing of it."""
    karen = register_person(email="Karen@\u00c4rzte.example", name="Karen", by=cast.author)
    assert person_for_code("KAREN@xn--rzte-KOA.example") == karen
    assert person_for_code(f"{KELVIN}aren@\u00e4rzte.example") is None
    with pytest.raises(IntegrityError), transaction.atomic():
        register_person(email="karen@\u00e4rzte.EXAMPLE", name="Karen again", by=cast.author)
    assert account_of("Karen@\u00c4RZTE.example") == account_of(karen.email)


def test_the_database_lowers_what_is_kept_to_itself(cast: Cast) -> None:
    """The constraint compares with its own lower case, which in a file knows ASCII alone: what is kept has no other."""
    kept = register_person(email="Info@\u00c4RZTE.example", name="Info", by=cast.author)
    assert kept.email.isascii()
    assert User.objects.filter(email__iexact=kept.email.upper()).get() == kept


def test_a_closed_account_is_neither_used_nor_entered_again(cast: Cast) -> None:
    gone = register_person(email="gone@example.org", name="Gone", by=cast.author)
    deactivate_person(person=gone, reason="Left", by=cast.author)
    with pytest.raises(AccountClosed):
        person_or_newcomer(email="GONE@example.org", name="Gone", by=cast.author)
    with pytest.raises(AccountClosed):
        person_or_newcomer(email=cast.author.email, name="A job", by=cast.author)


def test_the_addresses_of_jobs_are_nobodys_to_take(cast: Cast) -> None:
    """Whoever was entered under the address of a job that has not run yet would have been taken for it."""
    with pytest.raises(NotAnAddress):
        register_person(email="Night-Watch@System.Invalid", name="Impostor", by=cast.author)
    with pytest.raises(ValidationError):
        AddressField().clean("night-watch@system.invalid")
    assert system_author(job="night watch").is_system


@pytest.mark.parametrize(
    "name", ["Ann\nBcc: all@example.org", "Ann\rLee", "Ann\u2028Lee", "Ann\u202eLee", "Ann\x1bLee"]
)
def test_a_name_is_one_line_and_keeps_no_message_from_its_person(cast: Cast, name: str) -> None:
    person = register_person(email="ann@example.org", name=name, by=cast.author)
    assert person.name.isprintable()
    User.objects.filter(pk=person.pk).update(name=name)
    person.refresh_from_db()
    sent = message_with(Letter(person, "BCDF2345", clock.machine_now())).message()
    assert "ann@example.org" in str(sent["To"])
    assert sent["Bcc"] is None
