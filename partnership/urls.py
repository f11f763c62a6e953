"""The one root of all addresses; it names the apps above it in strings only."""

from __future__ import annotations

from django.urls import include, path

from partnership.health import health
from partnership.views import statements
from partnership.views.outbox import outbox
from partnership.views.partnerships import partnership
from partnership.views.signing_in import sign_in, sign_in_code, sign_out

urlpatterns = [
    path("health/", health, name="health"),
    path("sign-in/", sign_in, name="sign_in"),
    path("sign-in/code/", sign_in_code, name="sign_in_code"),
    path("sign-out/", sign_out, name="sign_out"),
    path("accessibility/", statements.accessibility, name="accessibility"),
    path("privacy/", statements.privacy, name="privacy"),
    path("p/<slug:partnership_slug>/", partnership, name="partnership"),
    path("p/<slug:partnership_slug>/outbox/", outbox, name="outbox"),
    path("", include("membership.urls")),
    path("", include("meetings.urls")),
    path("", include("reviews.urls")),
]
