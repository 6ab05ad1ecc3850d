"""Addresses of the people room. allauth's views are named one by one: what is not here is not reachable."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.generic import RedirectView

from breathingroom.people import staff
from breathingroom.people.views import hub, privacy, staff_door
from breathingroom.people.views.again import still_you
from breathingroom.people.views.even import evenly

_to_sign_in = login_not_required(RedirectView.as_view(pattern_name="account_login", query_string=True))

entrance = [
    path("login/", evenly(account.login), name="account_login"),
    path("login/code/", _to_sign_in, name="account_request_login_code"),
    path(
        "login/code/confirm/",
        evenly(account.confirm_login_code),
        name="account_confirm_login_code",
    ),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("signup/", evenly(account.signup), name="account_signup"),
    path(
        "signup/passkey/",
        evenly(account.signup_by_passkey),
        name="account_signup_by_passkey",
    ),
    path("confirm-email/", evenly(account.email_verification_sent), name="account_email_verification_sent"),
    path("reauthenticate/", hub.prove, name="account_reauthenticate"),
]
second_factor = [
    path("", mfa.index, name="mfa_index"),
    path(
        "authenticate/",
        mfa.authenticate,
        name="mfa_authenticate",
    ),
    path(
        "reauthenticate/",
        mfa.reauthenticate,
        name="mfa_reauthenticate",
    ),
    path(
        "totp/activate/",
        still_you("mfa_index")(totp.activate_totp),
        name="mfa_activate_totp",
    ),
    path("totp/deactivate/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("recovery-codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "recovery-codes/generate/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"
    ),
    path(
        "recovery-codes/download/", recovery_codes.download_recovery_codes, name="mfa_download_recovery_codes"
    ),
]
passkeys = [
    path("", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("add/", still_you("mfa_index")(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path(
        "confirm/",
        webauthn.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path("<int:pk>/remove/", hub.remove_passkey, name="mfa_remove_webauthn"),
    path(
        "<int:pk>/edit/",
        webauthn.edit_webauthn,
        name="mfa_edit_webauthn",
    ),
    path(
        "login/",
        webauthn.login_webauthn,
        name="mfa_login_webauthn",
    ),
    path(
        "signup/",
        webauthn.signup_webauthn,
        name="mfa_signup_webauthn",
    ),
]

urlpatterns = [
    path("account/", hub.account, name="account"),
    path("account/email/", still_you("account_email")(account.email), name="account_email"),
    path("account/", include(entrance)),
    path("account/2fa/", include(second_factor)),
    path("account/passkeys/", include(passkeys)),
    path("account/sessions/", hub.sessions, name="usersessions_list"),
    path("account/sessions/end/", hub.end_session, name="session_end"),
    path("account/privacy/", privacy.privacy, name="privacy"),
    path("account/privacy/export/", still_you("privacy")(privacy.export), name="privacy_export"),
    path("account/privacy/erase/", still_you("privacy_erase")(privacy.erase), name="privacy_erase"),
    path("account/consent/", privacy.consent, name="consent"),
    path("account/consent/withdraw/", privacy.withdraw, name="consent_withdraw"),
    path("privacy/", privacy.what_we_hold, name="what_we_hold"),
    path("terms/", privacy.terms, name="terms"),
    path("language/", hub.language, name="set_language"),
    path("staff/enter/", staff_door.enter, name="staff_enter"),
    path("staff/leave/", staff_door.leave, name="staff_leave"),
    path("staff/", staff.site.urls),
]
