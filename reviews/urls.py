"""The front page, and what is asked of a board over a year."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from reviews.views import attendance, home

ATTENDANCE = "p/<slug:partnership_slug>/<slug:board_slug>/attendance/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path(ATTENDANCE, attendance.attendance, name="attendance"),
    path(ATTENDANCE + "<int:year>/", attendance.attendance, name="attendance_year"),
    path(ATTENDANCE + "<int:year>/file/", attendance.attendance_download, name="attendance_file"),
]
