"""The reviews application."""

from __future__ import annotations

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "reviews"

    def ready(self) -> None:
        # app ready: the tellers need the models, which are loaded by now.
        from membership import effects  # noqa: PLC0415
        from reviews import seat_telling, week_letter  # noqa: PLC0415

        effects.enter("reviews", seat_telling.tell)
        week_letter.enter_kind()
