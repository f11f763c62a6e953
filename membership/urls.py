"""Addresses of members and agencies. They stand before those of boards: no board is called "agencies"."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from membership.views import agencies, members

urlpatterns: list[URLPattern | URLResolver] = [
    path("p/<slug:partnership_slug>/agencies/", agencies.agencies, name="agencies"),
    path("p/<slug:partnership_slug>/<slug:board_slug>/members/", members.members, name="members"),
]
