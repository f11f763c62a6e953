"""The one root of all addresses; it names the apps above it in strings only."""

from __future__ import annotations

from django.urls import include, path

from partnership.health import health
from partnership.views import (
    audit,
    changing_address,
    handling,
    invitations,
    kept_form,
    own_sign_in,
    passkeys,
    personal_data,
    second_step,
    single_sign_on,
    statements,
    stopping,
    wording_trials,
    wordings,
)
from partnership.views.mail_events import mail_events
from partnership.views.notifications import notifications
from partnership.views.outbox import outbox, outbox_again
from partnership.views.partnerships import partnership
from partnership.views.second_step_rule import second_step_rule
from partnership.views.signing_in import sign_in, sign_in_code, sign_out

handler400 = "partnership.views.refusals.bad_request"

urlpatterns = [
    path("health/", health, name="health"),
    path("sign-in/", sign_in, name="sign_in"),
    path("sign-in/code/", sign_in_code, name="sign_in_code"),
    path("sign-in/again/", second_step.sign_in_again, name="sign_in_again"),
    path("sign-in/second-step/", second_step.second_step, name="second_step"),
    path("sign-in/send-again/", kept_form.send_again, name="send_again"),
    path("sign-in/set-up/", second_step.second_step_set_up, name="second_step_set_up"),
    path("sign-in/passkey/", passkeys.passkey, name="passkey"),
    path("sign-in/passkey/options/", passkeys.passkey_options, name="passkey_options"),
    path("sign-in/single/", single_sign_on.single_sign_on, name="single_sign_on"),
    path("sign-in/single/back/", single_sign_on.single_sign_on_back, name="single_sign_on_back"),
    path("your-sign-in/single/", single_sign_on.own_single_sign_on, name="own_single_sign_on"),
    path("your-sign-in/single/remove/", single_sign_on.own_single_sign_on_remove, name="own_single_sign_on_remove"),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("your-sign-in/passkey/", passkeys.own_passkey, name="own_passkey"),
    path("your-sign-in/passkey/options/", passkeys.own_passkey_options, name="own_passkey_options"),
    path("your-sign-in/", own_sign_in.own_sign_in, name="own_sign_in"),
    path("your-sign-in/address/", changing_address.own_address, name="own_address"),
    path("your-sign-in/address/code/", changing_address.own_address_code, name="own_address_code"),
    path("your-sign-in/app/", own_sign_in.own_app, name="own_app"),
    path("your-sign-in/recovery-codes/", own_sign_in.own_recovery_codes, name="own_recovery_codes"),
    path("your-sign-in/recovery-codes/file/", own_sign_in.own_recovery_codes_file, name="own_recovery_codes_file"),
    path("your-sign-in/sessions/end/", own_sign_in.own_session_end, name="own_session_end"),
    path("your-sign-in/<int:factor_id>/remove/", own_sign_in.own_factor_remove, name="own_factor_remove"),
    path("sign-out/", sign_out, name="sign_out"),
    path("accessibility/", statements.accessibility, name="accessibility"),
    path("privacy/", statements.privacy, name="privacy"),
    path("p/<slug:partnership_slug>/", partnership, name="partnership"),
    path("p/<slug:partnership_slug>/second-step/", second_step_rule, name="second_step_rule"),
    path("what-is-recorded-about-me/", audit.own, name="own_record"),
    path("what-is-recorded-about-me/history/", audit.own_history, name="own_history"),
    path("p/<slug:partnership_slug>/personal-data/", personal_data.personal_data, name="personal_data"),
    path("p/<slug:partnership_slug>/personal-data/copy/", personal_data.copy, name="personal_data_copy"),
    path("p/<slug:partnership_slug>/personal-data/erase/", personal_data.erase, name="personal_data_erase"),
    path("p/<slug:partnership_slug>/personal-data/<uuid:uuid>/", personal_data.copy_file, name="personal_data_file"),
    path("p/<slug:partnership_slug>/audit/", audit.of_partnership, name="partnership_audit"),
    path("p/<slug:partnership_slug>/audit/file/", audit.partnership_file, name="partnership_audit_file"),
    path("p/<slug:partnership_slug>/<slug:board_slug>/audit/", audit.of_board, name="board_audit"),
    path("p/<slug:partnership_slug>/<slug:board_slug>/audit/file/", audit.board_file, name="board_audit_file"),
    path("p/<slug:partnership_slug>/<slug:board_slug>/invitations/", invitations.invitations, name="invitations"),
    path(
        "p/<slug:partnership_slug>/<slug:board_slug>/invitations/<int:person_id>/send/",
        invitations.invitation_send,
        name="invitation_send",
    ),
    path(
        "p/<slug:partnership_slug>/<slug:board_slug>/invitations/<int:person_id>/withdraw/",
        invitations.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path(
        "p/<slug:partnership_slug>/<slug:board_slug>/invitations/<int:person_id>/address/",
        changing_address.address_correct,
        name="address_correct",
    ),
    path("p/<slug:partnership_slug>/outbox/", outbox, name="outbox"),
    path("p/<slug:partnership_slug>/outbox/<int:number>/again/", outbox_again, name="outbox_again"),
    path("p/<slug:partnership_slug>/wordings/", wordings.wordings, name="wordings"),
    path("p/<slug:partnership_slug>/wordings/<slug:kind_name>/", wordings.wording, name="wording"),
    path(
        "p/<slug:partnership_slug>/wordings/<slug:kind_name>/standard/",
        wordings.wording_standard,
        name="wording_standard",
    ),
    path(
        "p/<slug:partnership_slug>/wordings/looks/<uuid:trial_uuid>/",
        wording_trials.wording_trial,
        name="wording_trial",
    ),
    path(
        "p/<slug:partnership_slug>/wordings/looks/<uuid:trial_uuid>/html/",
        wording_trials.wording_trial_html,
        name="wording_trial_html",
    ),
    path(
        "p/<slug:partnership_slug>/wordings/looks/<uuid:trial_uuid>/send/",
        wording_trials.wording_trial_send,
        name="wording_trial_send",
    ),
    path("stop/<str:token>/", stopping.stop, name="stop"),
    path("mail-events/", mail_events, name="mail_events"),
    path("my/notifications/", notifications, name="notifications"),
    path("p/<slug:partnership_slug>/marks/", handling.handling_marks, name="handling_marks"),
    path("p/<slug:partnership_slug>/marks/<int:mark_id>/", handling.handling_mark, name="handling_mark"),
    path("", include("membership.urls")),
    path("", include("meetings.urls")),
    path("", include("reviews.urls")),
]
