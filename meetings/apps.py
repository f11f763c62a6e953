"""The meetings application."""

from __future__ import annotations

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"

    def ready(self) -> None:
        # app ready: the registers need the models, which are loaded by now.
        from meetings import (  # noqa: PLC0415
            action_duties,
            agreement_duties,
            announcements,
            duties,
            seat_follower,
            seat_telling,
            version_duties,
            year_duties,
        )

        # app ready: for the same reason.
        from meetings.calendar_answers import taking  # noqa: PLC0415

        for module in (duties, action_duties, agreement_duties, year_duties, version_duties):
            module.register_duties()
        announcements.enter_kinds()
        seat_follower.enter()
        seat_telling.enter()
        taking.enter()
