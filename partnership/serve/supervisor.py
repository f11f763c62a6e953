"""Keeps the children running until it is told to stop."""

from __future__ import annotations

import logging
import signal
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from partnership.serve.child import Child

log = logging.getLogger(__name__)

STOP_SIGNALS = frozenset({signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
WAKING_SIGNALS = STOP_SIGNALS | {signal.SIGCHLD}

# Seconds between two looks when nothing happens, before and after the first page, and between two at the heartbeats.
LOOK_AT_START_EVERY = 0.05
LOOK_EVERY = 0.5
PULSE_EVERY = 30.0

# Seconds a child may run without a heartbeat before it is started again.
TIME_TO_SHOW_A_PULSE = 300.0

# Seconds after which worker and beat start although no page can be served yet.
WAIT_FOR_WEB = 15.0

# Seconds the children have to end what they are doing; after it, or at a second Ctrl-C, they are killed.
GRACE = 15.0


@contextmanager
def signals_held() -> Iterator[None]:
    """Lets signals wait until they are asked for, so that none arrives between two statements."""
    previous = signal.pthread_sigmask(signal.SIG_BLOCK, WAKING_SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, previous)


@dataclass(slots=True)
class Supervisor:
    """Runs `preparation` once, `broker` and `web` at once, and `background` when the first page can be served.

    The gate that `web` waits at opens when the preparation has succeeded. The broker is the last to stop: the others
    give back to it what they have not done. `stale` names the children that run and yet do no work; they are started
    again. `announce` is called once, when `is_ready` first says so.
    """

    preparation: Child
    open_gate: Callable[[], None]
    broker: tuple[Child, ...]
    web: tuple[Child, ...]
    background: tuple[Child, ...]
    is_ready: Callable[[], bool]
    announce: Callable[[], None]
    stale: Callable[[], Collection[str]]
    is_prepared: bool = False
    is_announced: bool = False
    started_at: float = field(default_factory=time.monotonic)
    pulse_felt_at: float = field(default_factory=time.monotonic)

    def run(self) -> bool:
        """Returns when a stop signal came and every child has ended; False when the preparation failed.

        Call it from the main thread, signals held.
        """
        try:
            self.preparation.start()
            while not self._is_told_to_stop():
                if not self.is_prepared and not self._finds_preparation_in_order():
                    return False
                self._look(time.monotonic())
            return True
        finally:
            self.preparation.kill()
            if not self.is_prepared:
                # It waits at the gate, and has nothing to end in good order.
                for child in self.web:
                    child.kill()
            self._stop((*self.web, *self.background))
            self._stop(self.broker)

    def _finds_preparation_in_order(self) -> bool:
        """Whether the preparation still runs or has succeeded, which opens the gate."""
        if self.preparation.is_running:
            return True
        self.is_prepared = self.preparation.kill() == 0
        if self.is_prepared:
            self.started_at = time.monotonic()
            self.open_gate()
        return self.is_prepared

    def _is_told_to_stop(self) -> bool:
        received = signal.sigtimedwait(WAKING_SIGNALS, LOOK_EVERY if self.is_announced else LOOK_AT_START_EVERY)
        return received is not None and received.si_signo in STOP_SIGNALS

    def _look(self, now: float) -> None:
        for child in (*self.broker, *self.web):
            child.keep_running(now)
        if not self.is_prepared:
            return
        if not self.is_announced and self.is_ready():
            self.is_announced = True
            self.announce()
        if self.is_announced or now - self.started_at > WAIT_FOR_WEB:
            for child in self.background:
                child.keep_running(now)
        if now - self.pulse_felt_at >= PULSE_EVERY:
            self.pulse_felt_at = now
            self._restart_the_stale(now)

    def _restart_the_stale(self, now: float) -> None:
        names = self.stale()
        for child in self.background:
            # One that was started a moment ago is judged by its own heartbeats, not by those of the one before it.
            has_had_its_time = child.is_running and now - child.started_at > TIME_TO_SHOW_A_PULSE
            if child.spec.name in names and has_had_its_time:
                log.error("no heartbeat: started again", extra={"child": child.spec.name})
                child.kill()

    def _stop(self, children: tuple[Child, ...]) -> None:
        for child in children:
            child.ask_to_stop()
        deadline = time.monotonic() + GRACE
        while any(child.is_running for child in children) and time.monotonic() < deadline:
            received = signal.sigtimedwait(WAKING_SIGNALS, LOOK_AT_START_EVERY)
            if received is not None and received.si_signo in STOP_SIGNALS:
                break
        for child in children:
            child.kill()
