"""Passkeys by a device of software: signed for this challenge, at this address, with the finger shown, once."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

from partnership.models import User
from partnership.operations import deactivate_person
from tests.cast import Cast
from tests.signing_in.conftest import SIGN_IN, Letters, MachineClock, asked_by, is_signed_in
from tests.signing_in.steps import OWN, SECOND_STEP, SET_UP, with_app, with_first_step

PASSKEY, OPTIONS = "/sign-in/passkey/", "/sign-in/passkey/options/"
OWN_PASSKEY, OWN_OPTIONS = "/your-sign-in/passkey/", "/your-sign-in/passkey/options/"
BOARD = "/p/isle-of-wight/main-board/"
MEMBER = "member@example.org"
HERE = "http://localhost:8000"
Flag = AuthenticatorData.FLAG
PRESENT_AND_VERIFIED = Flag.UP | Flag.UV


@dataclass
class Device:
    """A device that keeps one passkey, and can be told to lie."""

    origin: str = HERE
    party: str = "localhost"
    flags: AuthenticatorData.FLAG = PRESENT_AND_VERIFIED
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    credential: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    handle: str = ""

    def made(self, options: dict[str, Any]) -> str:
        self.handle = options["user"]["id"]
        public = ES256.from_cryptography_key(self.key.public_key())  # type: ignore[no-untyped-call]  # fido2's own
        data = AttestedCredentialData.create(b"\0" * 16, self.credential, public)
        shown = AuthenticatorData.create(self._party_hash(), self.flags | Flag.AT, 0, data)
        attestation = AttestationObject.create("none", shown, {})
        response = {
            "clientDataJSON": self._said("webauthn.create", options["challenge"]),
            "attestationObject": websafe_encode(bytes(attestation)),
        }
        return self._told(response)

    def shown(self, options: dict[str, Any], **changed: str) -> str:
        said = self._said("webauthn.get", options["challenge"])
        data = bytes(AuthenticatorData.create(self._party_hash(), self.flags, 0))
        signed = data + hashlib.sha256(websafe_decode(said)).digest()
        response = {
            "clientDataJSON": said,
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(self.key.sign(signed, ec.ECDSA(hashes.SHA256()))),
            "userHandle": self.handle,
        }
        return self._told(response | changed)

    def _said(self, kind: str, challenge: str) -> str:
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return websafe_encode(json.dumps(said).encode())

    def _told(self, response: dict[str, str]) -> str:
        name = websafe_encode(self.credential)
        told = {"id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {}}
        return json.dumps(told)

    def _party_hash(self) -> bytes:
        return hashlib.sha256(self.party.encode()).digest()


def options_of(client: Client, address: str = OPTIONS) -> dict[str, Any]:
    response = client.post(address)
    assert response.status_code == 200, response
    found: dict[str, Any] = response.json()["publicKey"]
    return found


def set_up(client: Client, device: Device | None = None) -> Device:
    device = device or Device()
    response = client.post(OWN_PASSKEY, {"name": "Laptop", "credential": device.made(options_of(client, OWN_OPTIONS))})
    assert response.status_code == 302, response.content.decode()
    return device


def shows(client: Client, device: Device, **changed: str) -> str:
    """Where the browser is sent that shows the passkey of that device."""
    return str(client.post(PASSKEY, {"credential": device.shown(options_of(client), **changed)})["Location"])


@pytest.fixture
def device(cast: Cast, letters: Letters, machine: MachineClock) -> Device:
    """The member's device, set up at a first sign-in."""
    return set_up(with_first_step(letters, MEMBER))


def test_a_passkey_signs_in_alone(device: Device, cast: Cast) -> None:
    client = Client()
    response = client.post(PASSKEY, {"credential": device.shown(options_of(client)), "next": BOARD})
    assert response["Location"] == BOARD
    assert client.get(BOARD).status_code == 200
    assert client.session["_auth_user_id"] == str(cast["member"].pk)


def test_a_passkey_is_the_second_step_of_a_code(device: Device, letters: Letters) -> None:
    client = with_first_step(letters, MEMBER)
    assert client.get(BOARD)["Location"] == SECOND_STEP
    assert shows(client, device) == BOARD
    assert client.get(BOARD).status_code == 200


def test_a_passkey_works_when_codes_are_limited(device: Device, letters: Letters, machine: MachineClock) -> None:
    """A8: whoever has used up the codes of an account has not shut its person out."""
    for number in range(8):
        asked_by(Client(REMOTE_ADDR=f"203.0.113.{number}"), MEMBER)
    client = Client(REMOTE_ADDR="203.0.113.200")
    assert shows(client, device) == "/"
    assert client.get(BOARD).status_code == 200


@pytest.mark.parametrize(
    "lie",
    [
        {"origin": "http://127.0.0.1:8000"},
        {"origin": "https://evil.example.com"},
        {"origin": "http://localhost:8001"},
        {"origin": "http://quorate.localhost:8000"},
        {"party": "evil.example.com"},
        {"flags": Flag.UP},
        {"flags": Flag(0)},
        {"key": ec.generate_private_key(ec.SECP256R1())},
        {"credential": b"another"},
    ],
)
def test_a_passkey_is_refused(device: Device, lie: dict[str, Any]) -> None:
    """A9: at another address, for another party, without finger or PIN, with another key."""
    client, liar = Client(), Device(**(vars(device) | lie))
    assert shows(client, liar) == SIGN_IN
    assert not is_signed_in(client)
    assert "This passkey was not accepted" in client.get(SIGN_IN).content.decode()
    assert shows(Client(), device) == "/", "the true device is taken"


def test_an_answer_is_taken_once(device: Device) -> None:
    """A9: neither the same answer in the same browser again, nor in another."""
    client, other = Client(), Client()
    told = device.shown(options_of(client))
    options_of(other)
    assert other.post(PASSKEY, {"credential": told})["Location"] == SIGN_IN
    assert client.post(PASSKEY, {"credential": told})["Location"] == "/"
    client.post("/sign-out/")
    assert client.post(PASSKEY, {"credential": told})["Location"] == SIGN_IN
    assert not is_signed_in(client)


def test_a_challenge_runs_out(device: Device, machine: MachineClock) -> None:
    client = Client()
    told = device.shown(options_of(client))
    machine.on(minutes=6)
    assert client.post(PASSKEY, {"credential": told})["Location"] == SIGN_IN


def test_a_challenge_to_make_one_is_none_to_show_one(device: Device, letters: Letters) -> None:
    client = with_first_step(letters, MEMBER)
    shows(client, device)
    told = device.shown(options_of(client, OWN_OPTIONS))
    assert client.post(PASSKEY, {"credential": told})["Location"] == SECOND_STEP


def test_anothers_passkey_is_no_second_step(device: Device, cast: Cast, letters: Letters) -> None:
    """A9: somebody with a passkey of their own cannot take another person's second step with it."""
    set_up(with_first_step(letters, "deputy@example.org"))
    thief = with_first_step(letters, "deputy@example.org")
    assert thief.get(BOARD)["Location"] == SECOND_STEP
    assert shows(thief, device) == SECOND_STEP
    assert thief.get(BOARD)["Location"] == SECOND_STEP


def test_who_has_a_second_step_cannot_make_a_passkey_by_e_mail_alone(device: Device, letters: Letters) -> None:
    """A9."""
    thief = with_first_step(letters, MEMBER)
    assert thief.get(OWN_PASSKEY)["Location"] == SECOND_STEP
    assert thief.post(OWN_OPTIONS)["Location"] == SECOND_STEP
    assert thief.post(OWN_PASSKEY, {"credential": "{}"})["Location"] == SECOND_STEP


def test_who_left_does_not_come_back_by_passkey(device: Device, cast: Cast) -> None:
    """A6."""
    deactivate_person(person=User.objects.get(pk=cast["member"].pk), reason="Left", by=cast.author)
    client = Client()
    assert shows(client, device) == SIGN_IN
    assert not is_signed_in(client)


def test_a_passkey_is_removed(device: Device, cast: Cast, letters: Letters) -> None:
    client = Client()
    shows(client, device)
    set_up(client)
    first = Authenticator.objects.filter(user=cast["member"], type="webauthn").order_by("pk").first()
    assert first is not None
    client.post(f"{OWN}{first.pk}/remove/")
    other = Client()
    assert shows(other, device) == SIGN_IN
    assert not is_signed_in(other)


def test_one_device_is_set_up_once(device: Device, cast: Cast, letters: Letters) -> None:
    client, _ = with_app(letters, "deputy@example.org")
    told = device.made(options_of(client, OWN_OPTIONS))
    assert client.post(OWN_PASSKEY, {"name": "", "credential": told}).status_code == 400


@pytest.mark.parametrize(
    "sent", ["", "{}", "[]", "null", '"x"', "{" * 5000, "[" * 100_000, "x" * 1_000_000, "a\x00b", '{"response": 1}',
             '{"id": "a", "rawId": "a", "type": "public-key", "response": {"userHandle": "AAAA"}}',
             '{"response": {"userHandle": []}}'],
)  # fmt: skip
def test_what_is_no_passkey_is_refused(device: Device, letters: Letters, sent: str) -> None:
    client = Client()
    options_of(client)
    assert client.post(PASSKEY, {"credential": sent})["Location"] == SIGN_IN
    shows(client, device)
    options_of(client, OWN_OPTIONS)
    assert client.post(OWN_PASSKEY, {"name": "x\x00", "credential": sent}).status_code == 400


def test_the_page_of_passkeys_works_at_the_address_of_the_settings(
    cast: Cast, letters: Letters, machine: MachineClock
) -> None:
    """A11: what the request says its host is does not matter."""
    client = with_first_step(letters, MEMBER)
    assert client.get(BOARD)["Location"] == SET_UP
    options = client.post(OWN_OPTIONS, headers={"host": "127.0.0.1"}).json()["publicKey"]
    assert options["rp"]["id"] == "localhost"
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert HERE in client.get(OWN_PASSKEY).content.decode()


def test_a_passkey_and_only_its_person(cast: Cast, device: Device) -> None:
    """The handle that the device tells leads to its own person alone: another person's has other keys."""
    stranger = Device(**(vars(device) | {"handle": websafe_encode(str(cast["chair"].pk).encode())}))
    client = Client()
    assert shows(client, stranger) == SIGN_IN
    assert not is_signed_in(client)
