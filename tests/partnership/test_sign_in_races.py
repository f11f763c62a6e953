"""Guesses and right codes sent at one moment, each in a thread with a connection of its own.

The negative controls take the locks away and must let more through: a race test that passes without them would prove
nothing. In a SQLite file each transaction that writes is alone from its beginning, lock or no lock: the controls have
nothing to show there.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.db import connection
from django.db.models import QuerySet

from membership.operations import appoint
from partnership import clock
from partnership.models import AddressProof, Invitation, SignInAct, SignInCode, SignInEvent, SignInMeans, User
from partnership.operations import register_person, system_author
from partnership.signing_in import changing_address, codes, second_step
from partnership.signing_in.changing_address import ask_for_address, enter_address_code
from partnership.signing_in.client import Client
from partnership.signing_in.codes import Asked, Entered, ask_for_code, enter_code
from partnership.signing_in.invitations import accept, invite, token_of
from partnership.signing_in.second_step import Tried, opened, try_second_step
from tests.cast import LONG_AGO, assembled

pytestmark = pytest.mark.django_db(transaction=True)
HERE = Client(address="192.0.2.7", network="192.0.2.7", device="A browser")
AT_ONCE = 8
WRONG = "BCDF2345"


def at_once(acts: Iterable[Callable[[], object]]) -> Counter[object]:
    """Run acts at the same moment; how often each result came."""
    listed = list(acts)
    together = Barrier(len(listed))

    def one(act: Callable[[], object]) -> object:
        together.wait(10)
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(listed)) as pool:
        return Counter(pool.map(one, listed))


@pytest.fixture
def person() -> User:
    return register_person(email="real@example.org", name="Real", by=system_author(job="test author"))


@pytest.fixture
def slowly(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each comparison takes a moment, in which others would slip past; what was compared is kept."""
    compared: list[str] = []

    def same(one: str, other: str) -> bool:
        compared.append(other)
        time.sleep(0.1)
        return one == other

    for module in (codes, changing_address, second_step):
        monkeypatch.setattr(module, "same", same)
    return compared


@pytest.fixture
def unlocked(monkeypatch: pytest.MonkeyPatch) -> None:
    """No row is locked any more."""
    if connection.vendor == "sqlite":
        pytest.skip("In a SQLite file a transaction that writes is alone whatever it locks.")
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_: rows)


def code_for(person: User) -> tuple[Asked, str]:
    asked = ask_for_code(email=person.email, person=person, known=None, before="", client=HERE)
    assert asked.letter is not None
    return asked, asked.letter.code


def entering(asked: Asked, typed: str) -> Callable[[], Entered]:
    return lambda: enter_code(uuid=asked.uuid, browser=asked.browser, typed=typed, client=HERE)[0]


# --- e-mailed codes ---------------------------------------------------------------------------------------------------


def test_guesses_at_one_moment_are_three_for_a_code(person: User, slowly: list[str]) -> None:
    asked, _ = code_for(person)
    said = at_once([entering(asked, WRONG)] * AT_ONCE)
    assert said == {Entered.WRONG: 3, Entered.OVER: AT_ONCE - 3}
    assert len(slowly) == 3


def test_guesses_at_several_codes_are_five_before_the_pause(person: User, slowly: list[str]) -> None:
    asked = [code_for(person)[0] for _ in range(3)]
    said = at_once([entering(each, WRONG) for each in asked * 3])
    assert said == {Entered.WRONG: 5, Entered.PAUSED: 4}
    assert SignInEvent.objects.filter(what=SignInAct.CODE_WRONG).count() == 5


def test_one_code_at_one_moment_signs_in_once(person: User, slowly: list[str]) -> None:
    asked, code = code_for(person)
    said = at_once([entering(asked, code)] * AT_ONCE)
    assert said == {Entered.RIGHT: 1, Entered.OVER: AT_ONCE - 1}


def test_without_the_lock_there_are_more_guesses_and_more_sign_ins(
    person: User, slowly: list[str], unlocked: None
) -> None:
    asked, _ = code_for(person)
    assert at_once([entering(asked, WRONG)] * AT_ONCE)[Entered.WRONG] > 3
    SignInEvent.objects.all()._raw_delete(SignInEvent.objects.db)
    again, code = code_for(person)
    assert at_once([entering(again, code)] * AT_ONCE)[Entered.RIGHT] > 1


def test_codes_asked_for_at_one_moment_are_no_more_than_the_limit(person: User) -> None:
    def ask() -> bool:
        asked = ask_for_code(email=person.email, person=person, known=None, before="", client=HERE)
        return asked.letter is not None

    assert at_once([ask] * AT_ONCE)[True] <= 3
    assert SignInCode.objects.filter(is_counted=True).count() <= 3


# --- second steps -----------------------------------------------------------------------------------------------------


def with_an_app(person: User) -> str:
    secret = second_step.new_app_secret()
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": secret, "last_counter": 0})
    return opened(secret)


def trying(person: User, typed: str, means: SignInMeans = SignInMeans.APP) -> Callable[[], Tried]:
    return lambda: try_second_step(person=person, means=means, typed=typed, client=HERE)


def shown(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(clock.machine_now().timestamp()) // second_step.PERIOD)))


def test_guesses_of_the_second_step_are_five_before_the_pause(person: User) -> None:
    with_an_app(person)
    assert at_once([trying(person, "000000")] * AT_ONCE) == {Tried.WRONG: 5, Tried.PAUSED: AT_ONCE - 5}


def test_one_code_of_the_app_is_taken_once(person: User, slowly: list[str]) -> None:
    code = shown(with_an_app(person))
    said = at_once([trying(person, code)] * 4)
    assert said == {Tried.RIGHT: 1, Tried.WRONG: 3}


def test_one_recovery_code_is_taken_once(person: User) -> None:
    with_an_app(person)
    code = RecoveryCodes.activate(person).get_unused_codes()[0]
    said = at_once([trying(person, code, SignInMeans.RECOVERY)] * 4)
    assert said == {Tried.RIGHT: 1, Tried.WRONG: 3}


def test_without_the_lock_one_code_of_the_app_is_taken_twice(person: User, slowly: list[str], unlocked: None) -> None:
    code = shown(with_an_app(person))
    assert at_once([trying(person, code)] * 4)[Tried.RIGHT] > 1


def test_without_the_lock_there_are_more_guesses_of_the_second_step(
    person: User, slowly: list[str], unlocked: None
) -> None:
    with_an_app(person)
    assert at_once([trying(person, "000000")] * AT_ONCE)[Tried.WRONG] > 5


# --- addresses, invitations -------------------------------------------------------------------------------------------


def test_one_address_proved_by_two_at_once_is_ones(person: User) -> None:
    other = register_person(email="other@example.org", name="Other", by=person)
    wanted = "wanted@example.org"
    acts = []
    for each in (person, other):
        asked = ask_for_address(person=each, address=wanted, before="", client=HERE)
        assert asked.letter is not None
        acts.append(_proving(each, asked, asked.letter.code, wanted))
    assert at_once(acts) == {Entered.RIGHT: 1, Entered.OVER: 1}
    assert User.objects.filter(email=wanted).count() == 1


def test_guesses_at_the_code_for_an_address_are_three(person: User, slowly: list[str]) -> None:
    asked = ask_for_address(person=person, address="wanted@example.org", before="", client=HERE)
    said = at_once([_proving(person, asked, WRONG, "wanted@example.org")] * AT_ONCE)
    assert said == {Entered.WRONG: 3, Entered.OVER: AT_ONCE - 3}
    assert AddressProof.objects.get().tries == 3


def _proving(person: User, asked: Asked, typed: str, address: str) -> Callable[[], Entered]:
    said = (asked.uuid, asked.browser, address)
    return lambda: enter_address_code(person=person, asked=said, typed=typed, session="", client=HERE)


def test_an_invitation_accepted_at_one_moment_is_accepted_once(stopped_clock: object) -> None:
    cast = assembled()
    newcomer = register_person(email="new@example.org", name="New", by=cast.author)
    appoint(seat=cast.seats["probation"], person=newcomer, starts_on=LONG_AGO, by=cast.author)
    token = token_of(invite(person=newcomer, board=cast.board, by=cast["manager"]).uuid)
    assert at_once([lambda: accept(token)] * AT_ONCE) == {newcomer: 1, None: AT_ONCE - 1}
    assert Invitation.objects.get().history.filter(accepted_at__isnull=False).count() == 1
