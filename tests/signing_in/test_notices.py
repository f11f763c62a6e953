"""Whoever gets or loses a way in is told by mail at once, whoever did it; a mail server that is down stops nobody."""

from __future__ import annotations

import logging

import pytest
from django.core.mail import EmailMultiAlternatives
from pytest_django import DjangoCaptureOnCommitCallbacks

from membership.operations import appoint
from partnership.models import SignInAct, User
from partnership.obligations.transport import Answer, Outcome, SmtpTransport
from partnership.signing_in import notices
from partnership.signing_in.events import record_sign_in_event
from partnership.signing_in.second_step import factors_of, reset_second_step
from tests.cast import LONG_AGO, Cast
from tests.signing_in.conftest import ADDRESS, Letters
from tests.signing_in.steps import OWN, relax, with_app, with_first_step


def test_a_second_step_set_up_is_told(
    real: User,
    letters: Letters,
    told: list[EmailMultiAlternatives],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        with_app(letters, ADDRESS)
    (message,) = told
    assert message.to == [f"Real Person <{ADDRESS}>"]
    assert message.subject == "Your sign-in to Quorate was changed"
    assert "A second step was set up: Code from an app, on Wednesday 17 March 2027" in str(message.body)


def test_a_second_step_removed_is_told(
    real: User,
    cast: Cast,
    letters: Letters,
    told: list[EmailMultiAlternatives],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    client, _ = with_app(letters, ADDRESS)
    appoint(seat=cast.seats["probation"], person=real, starts_on=LONG_AGO, by=cast.author)
    relax(cast, cast.partnership)
    app = factors_of(real).app
    assert app is not None
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{OWN}{app.pk}/remove/")
    (message,) = told
    assert "A second step was removed" in str(message.body)


def test_a_reset_by_others_is_told(
    real: User,
    cast: Cast,
    told: list[EmailMultiAlternatives],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        reset_second_step(person=real, reason="Telephone lost", by=cast["manager"], agreed_by=cast["chair"])
    (message,) = told
    assert message.to == [f"Real Person <{ADDRESS}>"]
    assert "The second step was reset" in str(message.body)


def test_what_is_undone_is_not_told(
    real: User,
    letters: Letters,
    told: list[EmailMultiAlternatives],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    client = with_first_step(letters, ADDRESS)
    with django_capture_on_commit_callbacks(execute=True):
        client.get("/your-sign-in/app/")
        client.post("/your-sign-in/app/", {"code": "000000"})
    assert told == []


@pytest.mark.parametrize("answer", [Answer(Outcome.REFUSED, "550 no"), None])
def test_a_mail_server_that_fails_is_logged(
    real: User,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    answer: Answer | None,
) -> None:
    def deliver(transport: SmtpTransport, message: EmailMultiAlternatives) -> Answer:
        if answer is None:
            raise OSError("gone")
        return answer

    monkeypatch.setattr(SmtpTransport, "deliver", deliver)
    event = record_sign_in_event(what=SignInAct.FACTOR_ADDED, person=real)
    with caplog.at_level(logging.WARNING):
        notices.carry(notices.message_about(event))
    assert "notice of a changed sign-in" in caplog.text
