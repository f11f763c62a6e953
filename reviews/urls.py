"""The front page, and what is asked of a board over a year."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from reviews.views import (
    attendance,
    cases,
    home,
    ledger,
    ledger_sheets,
    ledger_waiver,
    my_agency,
    my_past_record,
    overview,
    style,
)

BOARD = "p/<slug:partnership_slug>/<slug:board_slug>/"
ATTENDANCE = "p/<slug:partnership_slug>/<slug:board_slug>/attendance/"
OVERVIEW = "p/<slug:partnership_slug>/<slug:board_slug>/overview/"
LEDGER = "p/<slug:partnership_slug>/<slug:board_slug>/ledger/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("my/past-record/", my_past_record.my_past_record, name="my_past_record"),
    path("style/", style.style, name="style"),
    path("cases/<slug:tier>/", cases.cases, name="cases"),
    path("cases/<slug:tier>/<slug:reference>/", cases.case, name="case"),
    path("cases/<slug:tier>/<slug:reference>/papers/<uuid:uuid>/", cases.case_paper, name="case_paper"),
    path(ATTENDANCE, attendance.attendance, name="attendance"),
    path(ATTENDANCE + "<int:year>/", attendance.attendance, name="attendance_year"),
    path(ATTENDANCE + "<int:year>/file/", attendance.attendance_download, name="attendance_file"),
    path(BOARD + "my-agency/", my_agency.my_agency, name="my_agency"),
    path(BOARD + "mistakes/", my_agency.mistakes, name="mistakes"),
    path(BOARD + "mistakes/<int:number>/", my_agency.mistake, name="mistake"),
    path(LEDGER, ledger.ledger, name="ledger"),
    path(LEDGER + "<int:year>/", ledger.ledger, name="ledger_year"),
    path(LEDGER + "<int:year>/file/<slug:form>/", ledger.ledger_file, name="ledger_file"),
    path(LEDGER + "<int:number>/decision/", ledger.ledger_decision, name="ledger_decision"),
    path(LEDGER + "<int:number>/waiver/", ledger_waiver.ledger_waiver, name="ledger_waiver"),
    path(LEDGER + "<int:year>/pdf/", ledger_sheets.ledger_sheets, name="ledger_sheets"),
    path(LEDGER + "pdf/<uuid:uuid>/", ledger_sheets.ledger_sheet, name="ledger_sheet"),
    path(LEDGER + "pdf/<uuid:uuid>/file/", ledger_sheets.ledger_sheet_file, name="ledger_sheet_file"),
    path(LEDGER + "practices/", ledger.local_practices, name="local_practices"),
    path(OVERVIEW, overview.overview, name="overview"),
    path(OVERVIEW + "<int:year>/", overview.overview, name="overview_year"),
    path(OVERVIEW + "<int:year>/file/", overview.overview_download, name="overview_file"),
    path(OVERVIEW + "<int:year>/file/<slug:figures>/", overview.overview_download, name="overview_figures"),
]
