"""Addresses of the register of agencies, below the partnership's."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from membership.views import agencies, agency_files, agency_identity, agency_ladders, agency_local, agency_requests

# The words of the first group stand for pages; `operations.agency_register.PAGES` keeps agencies from bearing them.
urlpatterns: list[URLPattern | URLResolver] = [
    path("", agencies.agencies, name="agencies"),
    path("add/", agencies.add, name="agency_add"),
    path("known/", agencies.use, name="agency_use"),
    path("file/<slug:form>/", agency_files.register_file, name="agencies_file"),
    path("template/<slug:form>/", agency_files.template_file, name="agencies_template"),
    path("import/", agency_files.bring_in, name="agencies_import"),
    path("import/<uuid:uuid>/", agency_files.check, name="agencies_check"),
    path("requests/", agency_requests.requests, name="agency_requests"),
    path("requests/add/", agency_requests.add, name="agency_request_add"),
    path("requests/<int:request_id>/", agency_requests.decide, name="agency_request"),
    path("<slug:slug>/", agencies.agency, name="agency"),
    path("<slug:slug>/change/", agency_identity.change, name="agency_change"),
    path("<slug:slug>/rename/", agency_identity.rename, name="agency_rename"),
    path("<slug:slug>/names/", agency_identity.alias, name="agency_alias"),
    path("<slug:slug>/successor/", agency_identity.successor, name="agency_successor"),
    path("<slug:slug>/successor/undo/", agency_identity.no_successor, name="agency_no_successor"),
    path("<slug:slug>/our-name/", agency_local.our_name, name="agency_our_name"),
    path("<slug:slug>/list/", agency_local.list_page, name="agency_list"),
    path("<slug:slug>/list/<int:line_id>/", agency_local.unlist_page, name="agency_unlist"),
    path("<slug:slug>/officer/", agency_local.officer, name="agency_officer"),
    path("<slug:slug>/officer/end/", agency_local.no_officer, name="agency_no_officer"),
    path("<slug:slug>/ladders/add/", agency_ladders.add, name="agency_ladder_add"),
    path("<slug:slug>/ladders/<int:ladder_id>/", agency_ladders.ladder, name="agency_ladder"),
]
