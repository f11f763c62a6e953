"""Fixtures of what the partnership application is tested with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from aiosmtpd.controller import Controller
from pytest_django import Settings

from tests.partnership.scripted_server import Scripted, Serving
from tests.platform.machine import free_port


@pytest.fixture
def serving(settings: Settings) -> Serving:
    @contextmanager
    def serve(
        *, rcpt: tuple[str, ...] = (), data: tuple[str, ...] = (), mail: tuple[str, ...] = ()
    ) -> Iterator[Scripted]:
        handler = Scripted(list(rcpt), list(data), list(mail))
        controller = Controller(handler, hostname="127.0.0.1", port=free_port())
        controller.start()
        settings.EMAIL_HOST, settings.EMAIL_PORT = controller.hostname, controller.port
        try:
            yield handler
        finally:
            controller.stop()

    return serve
