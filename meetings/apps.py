"""The meetings application."""

from __future__ import annotations

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"

    def ready(self) -> None:
        # app ready: the registers need the models, which are loaded by now.
        from meetings import announcements, duties, seat_follower, seat_telling  # noqa: PLC0415

        duties.enter_causes()
        announcements.enter_kinds()
        seat_follower.enter()
        seat_telling.enter()
