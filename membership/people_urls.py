"""Addresses of what concerns people: their own details and groups, contact lists, inductions."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from membership.views import acknowledgements, contacts, inductions, own_details

PARTNERSHIP = "p/<slug:partnership_slug>/"
ACKNOWLEDGEMENTS = PARTNERSHIP + "<slug:board_slug>/acknowledgements/"
INDUCTION = PARTNERSHIP + "induction/"
CONTACTS = PARTNERSHIP + "<slug:board_slug>/contacts/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("my/details/", own_details.my_details, name="my_details"),
    path("my/groups/", own_details.my_groups, name="my_groups"),
    path("my/arrangements/", acknowledgements.my_arrangements, name="my_arrangements"),
    path("my/arrangements/<uuid:number>/", acknowledgements.my_arrangement, name="my_arrangement"),
    path(ACKNOWLEDGEMENTS, acknowledgements.acknowledgements, name="acknowledgements"),
    path(ACKNOWLEDGEMENTS + "<int:number>/", acknowledgements.acknowledgement, name="acknowledgement"),
    path(PARTNERSHIP + "my-details/", own_details.change, name="own_details"),
    path(PARTNERSHIP + "my-details/confirm/", own_details.confirm, name="own_details_confirm"),
    path(INDUCTION, inductions.inductions, name="inductions"),
    path(INDUCTION + "practice/", inductions.practice, name="induction_practice"),
    path(INDUCTION + "checklist/<slug:role>/", inductions.checklist, name="induction_checklist"),
    path(INDUCTION + "<uuid:number>/", inductions.induction, name="induction"),
    path(CONTACTS, contacts.contacts, name="contacts"),
    path(CONTACTS + "file/<slug:form>/", contacts.contacts_file, name="contacts_file"),
    path(CONTACTS + "<int:number>/", contacts.contact, name="contact"),
]
