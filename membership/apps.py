"""The membership application."""

from __future__ import annotations

from django.apps import AppConfig


class MembershipConfig(AppConfig):
    name = "membership"
