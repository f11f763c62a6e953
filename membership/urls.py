"""Addresses of members and agencies, before those of boards: no board is called "agencies", say."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, register_converter
from django.urls.converters import StringConverter

from membership.views import accountability, appointments, grants, histories, lead_representatives, members, seats, team


class SeatKeyConverter(StringConverter):
    """A seat's key as its terms write it ("others.2"): nothing that a database could not hold is looked up there."""

    regex = r"[^/\x00-\x1f]+"


register_converter(SeatKeyConverter, "seat_key")

LEADS = "p/<slug:partnership_slug>/lead-representatives/"
BOARD = "p/<slug:partnership_slug>/<slug:board_slug>/"
SEAT = f"{BOARD}members/<seat_key:seat_key>/"
# The acts on a seat, and on one of its appointments, with the last word of their address.
SEAT_ACTS = {
    "seat_appoint": "appoint",
    "seat_hand_over": "hand-over",
    "seat_name_deputy": "name-deputy",
    "seat_leave_vacant": "leave-vacant",
}
HOLDER_ACTS = {
    "holder_end": "end",
    "holder_correct": "correct",
    "holder_leave": "leave",
    "holder_back": "back",
    "holder_may_commit": "may-commit",
    "holder_declare": "declare",
}

urlpatterns: list[URLPattern | URLResolver] = [
    path(
        LEADS,
        lead_representatives.leads,
        name="lead_representatives",
    ),
    path(f"{LEADS}<int:number>/end/", accountability.lead_end, name="lead_end"),
    path(f"{LEADS}officers/add/", accountability.officer_add, name="officer_add"),
    path(f"{LEADS}officers/<int:number>/end/", accountability.officer_end, name="officer_end"),
    path(f"{LEADS}statements/<slug:slug>/", accountability.accountability, name="accountability"),
    path("p/<slug:partnership_slug>/agencies/", include("membership.agency_urls")),
    path("p/<slug:partnership_slug>/<slug:board_slug>/members/", members.members, name="members"),
    path(f"{BOARD}team/", team.team, name="team"),
    path(f"{BOARD}team/grants/add/", grants.grant_add, name="grant_add"),
    path(f"{BOARD}team/grants/<int:number>/end/", grants.grant_end, name="grant_end"),
    path(f"{BOARD}team/admit/", team.admit, name="team_admit"),
    path(f"{BOARD}team/<int:number>/end/", team.release, name="team_release"),
    path(f"{BOARD}team/accounts/<int:number>/close/", team.close, name="account_close"),
    path(f"{BOARD}offices/<slug:office_id>/appoint/", team.office, name="office_appoint"),
    path(f"{BOARD}offices/terms/<int:number>/end/", team.office_end, name="office_end"),
    path(SEAT, seats.seat, name="seat"),
    path(SEAT + "history/", histories.seat, name="seat_history"),
    *(path(f"{SEAT}{words}/", appointments.seat_act, {"act": name}, name=name) for name, words in SEAT_ACTS.items()),
    *(
        path(f"{SEAT}holders/<int:number>/{words}/", appointments.holder_act, {"act": name}, name=name)
        for name, words in HOLDER_ACTS.items()
    ),
    path("", include("membership.people_urls")),
    path(f"{SEAT}holders/<int:number>/move/", appointments.deputy_move, name="deputy_move"),
]
