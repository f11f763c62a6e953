"""The meetings application."""

from __future__ import annotations

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"

    def ready(self) -> None:
        # app ready: the register of causes needs the models, which are loaded by now.
        from meetings import announcements, duties  # noqa: PLC0415
        from partnership.obligations import announcements as register  # noqa: PLC0415
        from partnership.obligations import causes  # noqa: PLC0415

        causes.enter(duties.CAUSE)
        for kind in announcements.KINDS:
            register.enter(kind)
