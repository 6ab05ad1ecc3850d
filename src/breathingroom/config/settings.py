"""Django settings. What an operator may change comes from `environment.py`; the rest is the house's own."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from breathingroom.config import environment
from breathingroom.core import keys

E = environment.read(dict(os.environ))
PACKAGE = Path(__file__).resolve().parent.parent
HOME = Path(E["BREATHINGROOM_HOME"]).resolve()

DEMO: bool = E["DEMO"]
DEBUG = False
BASE_URL: str = E["BASE_URL"]
SITE_NAME: str = E["SITE_NAME"]
HOME_COUNTRY: str = E["HOME_COUNTRY"]
QUICK_EXIT_URL: str = E["QUICK_EXIT_URL"]
SOURCE_URL: str = E["SOURCE_URL"]
FACTS_LIMIT_DAYS: int = E["FACTS_LIMIT_DAYS"]
NPPES_URL: str = E["NPPES_URL"]
API_PER_MINUTE: int = E["API_PER_MINUTE"]
SECURE = BASE_URL.startswith("https://")

SECRET_KEY = E["SECRET_KEY"] or keys.secret_key(HOME)
FIELD_KEYS: list[str] = E["FIELD_KEYS"] or keys.field_keys(HOME)

ALLOWED_HOSTS = [urlsplit(BASE_URL).hostname or "", "localhost", "127.0.0.1", *E["HOSTS"]]
ROOT_URLCONF = "breathingroom.config.urls"
WSGI_APPLICATION = "breathingroom.config.wsgi.application"
APPEND_SLASH = True

# -- rooms, upper floors first -------------------------------------------------------------------
ROOMS = ["site", "directory", "licensure", "safety", "notify", "people", "audit", "core"]
INSTALLED_APPS = [
    *[f"breathingroom.{room}" for room in ROOMS],
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "breathingroom.core.middleware.PrivateByDefault",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "breathingroom.core.middleware.BoundedBody",
    "breathingroom.core.middleware.StandAlone",
    "breathingroom.core.middleware.ForStrangers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "breathingroom.people.middleware.SessionLimits",
    "breathingroom.people.middleware.OwnZone",
    "breathingroom.people.middleware.SecondFactor",
    "breathingroom.people.middleware.Consents",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            ["django.template.loaders.app_directories.Loader"],
                        )
                    ],
                )
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "breathingroom.core.templatetags.ui",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "breathingroom.core.context.house",
                "breathingroom.safety.context.crisis",
            ],
        },
    }
]
FORM_RENDERER = "breathingroom.core.forms.Renderer"

# -- database (measured in ADR 0002) -------------------------------------------------------------
SQLITE: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;",
}
POSTGRESQL: dict[str, Any] = {"pool": {"min_size": 1, "max_size": 8, "timeout": 3}}


def _database() -> dict[str, Any]:
    found = E["DATABASE_URL"] or {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(HOME / "breathingroom.sqlite3"),
    }
    on_sqlite = found["ENGINE"].endswith("sqlite3")
    # Opening the file costs more than a page's queries, so threads keep theirs; PostgreSQL has its pool.
    kept = (
        {"OPTIONS": SQLITE, "CONN_MAX_AGE": None} if on_sqlite else {"OPTIONS": POSTGRESQL, "CONN_MAX_AGE": 0}
    )
    return found | kept


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES: dict[str, dict[str, Any]] = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": E["REDIS_URL"]}
        if E["REDIS_URL"]
        else {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "cache",
            "OPTIONS": {"MAX_ENTRIES": 100_000},  # counts of attempts must not be culled in a busy hour
        }
    )
}

# -- people --------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.Member"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]

ACCOUNT_ADAPTER = "breathingroom.people.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_SIGNUP_FORM_CLASS = "breathingroom.people.forms.own.SignupForm"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_FORMS = {
    "login": "breathingroom.people.forms.entrance.SignInForm",
    "signup": "breathingroom.people.forms.entrance.JoinForm",
    "confirm_login_code": "breathingroom.people.forms.entrance.CodeForm",
    "confirm_email_verification_code": "breathingroom.people.forms.entrance.AddressCodeForm",
    "add_email": "breathingroom.people.forms.entrance.NewAddressForm",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 60 * 10
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SECURE else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = E["TRUSTED_PROXIES"]
MFA_ADAPTER = "breathingroom.people.adapters.MFAAdapter"
MFA_FORMS = {
    "authenticate": "breathingroom.people.forms.entrance.FactorForm",
    "reauthenticate": "breathingroom.people.forms.entrance.FactorAgainForm",
    "activate_totp": "breathingroom.people.forms.entrance.ActivateForm",
    "authenticate_webauthn": "breathingroom.people.forms.passkeys.PasskeyFactorForm",
    "login_webauthn": "breathingroom.people.forms.passkeys.PasskeySignInForm",
    "reauthenticate_webauthn": "breathingroom.people.forms.passkeys.PasskeyAgainForm",
    "signup_webauthn": "breathingroom.people.forms.passkeys.FirstPasskeyForm",
    "add_webauthn": "breathingroom.people.forms.passkeys.AddPasskeyForm",
    "edit_webauthn": "breathingroom.people.forms.passkeys.RenamePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = True
MFA_TOTP_ISSUER = SITE_NAME
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
USERSESSIONS_TRACK_ACTIVITY = False

SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
LANGUAGE_COOKIE_NAME = "__Host-language" if SECURE else "language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "breathingroom.site.views.csrf_failure"
CSRF_TRUSTED_ORIGINS = [BASE_URL]

# -- pages ---------------------------------------------------------------------------------------
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_SSL_REDIRECT = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if E["TRUSTED_PROXIES"] else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # data: is the picture of a TOTP code
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: [] for name in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
}
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
MEDIA_ROOT = HOME / "media"
WHITENOISE_USE_FINDERS = False
# A demo is on its own machine: there is no wire to compress for, and its first start is three times as fast.
_STATIC = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
_STATIC_COMPRESSED = "whitenoise.storage.CompressedManifestStaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _STATIC if DEMO else _STATIC_COMPRESSED},
}
# CSP forbids framing, the proxy redirects, and `breathingroom check` itself speaks of plain http.
_ON_PLAIN_HTTP = ["security.W004", "security.W012", "security.W016"]
SILENCED_SYSTEM_CHECKS = ["security.W002", "security.W008", *([] if SECURE else _ON_PLAIN_HTTP)]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
FILE_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024  # as long as any body: no upload lies on a disk unsealed
FILE_UPLOAD_PERMISSIONS = 0o600

# -- mail ----------------------------------------------------------------------------------------
EMAIL_BACKEND = "breathingroom.notify.backends.OutboxBackend"
MAIL_TRANSPORT: dict[str, Any] = E["MAIL_URL"]
DEFAULT_FROM_EMAIL = SERVER_EMAIL = E["MAIL_FROM"]

# -- words and time ------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = E["TIME_ZONE"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["terminal"], "level": E["LOG_LEVEL"]},
    "loggers": {"django": {"handlers": [], "level": E["LOG_LEVEL"], "propagate": True}},
}
BIND: str = E["BIND"]
WORKERS: int = E["WORKERS"]
