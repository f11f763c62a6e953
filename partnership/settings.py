"""Every setting, read from the environment once. `docs/operations.md` lists the variables.

Three modes: `production` unless told otherwise, `demo` with DEMO=1, `test` from `tests/settings.py`.
What is missing or unsafe is named by the system checks of `partnership/checks.py`; importing this file never fails
for a bad value.
"""

from __future__ import annotations

import os
import tomllib
from datetime import time, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from partnership.broker import socket_in
from partnership.environment import Environment
from partnership.logging import log_settings
from partnership.mailbox.account import account_from
from partnership.secret_key import audit_key_in, secret_key_in
from partnership.signing_in.numbers import numbers_from
from partnership.signing_in.provider_settings import provider_from

BASE_DIR = Path(__file__).resolve().parent.parent
VERSION = tomllib.loads((BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
ENVIRONMENT = Environment(os.environ)

# --- Mode, folders, clock ---------------------------------------------------------------------------------------------

TEST = ENVIRONMENT.text("QUORATE_MODE") == "test"
DEMO = not TEST and ENVIRONMENT.flag("DEMO")
PRODUCTION = not TEST and not DEMO
DEBUG = False

DATA_DIR = Path(ENVIRONMENT.text("DATA_DIR", str(BASE_DIR / "data"))).expanduser().absolute()
RUNTIME_DIR = ENVIRONMENT.text("XDG_RUNTIME_DIR", "/tmp")  # noqa: S108 - only a private folder made in it is used

# None lets the clock run. In production the variable is refused by a check and has no effect.
CLOCK_STOPPED_AT = None if PRODUCTION else ENVIRONMENT.instant("QUORATE_NOW")

PORT = ENVIRONMENT.number("PORT", 8000, at_least=1, at_most=65535)
BIND = ENVIRONMENT.text("BIND", "127.0.0.1")
WEB_WORKERS = ENVIRONMENT.number("WEB_WORKERS", 2, at_least=1, at_most=64)
WORKER_PROCESSES = ENVIRONMENT.number("WORKER_PROCESSES", 2, at_least=1, at_most=64)

# Whether the demonstration's people and meetings are made in an empty database, and how often processes show they work.
DEMO_DATA = DEMO and ENVIRONMENT.text("DEMO_DATA") != "0"
HEARTBEAT_EVERY = ENVIRONMENT.number("HEARTBEAT_EVERY", 30, at_least=1, at_most=120)

# --- Addresses, keys, what browsers are told --------------------------------------------------------------------------

SITE_URL = ENVIRONMENT.text("SITE_URL", f"http://localhost:{PORT}").rstrip("/")
IS_HTTPS = urlsplit(SITE_URL).scheme == "https"
SECRET_KEY = ENVIRONMENT.text("SECRET_KEY") or ("only for tests" if TEST else secret_key_in(DATA_DIR))
# Seals the record; kept outside the database, so that nobody who can write there can forge a seal.
AUDIT_KEY = ENVIRONMENT.text("AUDIT_KEY") or ("only for tests" if TEST else audit_key_in(DATA_DIR))

LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = ENVIRONMENT.words("ALLOWED_HOSTS")
if not PRODUCTION:
    ALLOWED_HOSTS = ALLOWED_HOSTS or [*LOOPBACK_HOSTS, "testserver"][: None if TEST else 3]
CSRF_TRUSTED_ORIGINS = [SITE_URL] if IS_HTTPS else []

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# Only a proxy that overwrites this header may be believed; see docs/operations.md.
BEHIND_PROXY = ENVIRONMENT.flag("BEHIND_PROXY")
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# How many proxies of ours stand in front, each adding to X-Forwarded-For; 0 does not read it.
ALLAUTH_TRUSTED_PROXY_COUNT = ENVIRONMENT.number("PROXIES", int(BEHIND_PROXY), at_most=5)
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
PERMISSIONS_POLICY = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"

# --- Application ------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "partnership",
    "membership",
    "meetings",
    "reviews",
    "guardian",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "simple_history",
    "django_htmx",
    "csp",
    "whitenoise.runserver_nostatic",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "partnership.middleware.PermissionsPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "partnership.middleware.NothingKeptMiddleware",
    "partnership.middleware.WholePageMiddleware",
    "partnership.middleware.OneReadingOfRightsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "partnership.audit.middleware.AuditMiddleware",
    "partnership.signing_in.middleware.SignInMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
# Every page asks for a sign-in unless its view says that it does not.
LOGIN_URL = "sign_in"
ROOT_URLCONF = "partnership.urls"
WSGI_APPLICATION = "partnership.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "partnership.navigation.shell",
            ],
            "loaders": [
                ("django.template.loaders.cached.Loader", ["django.template.loaders.filesystem.Loader"]),
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
AUTH_USER_MODEL = "partnership.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend", "guardian.backends.ObjectPermissionBackend"]
# Without this guardian makes a real "AnonymousUser" row, whose `is_anonymous` is False.
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = False
USE_TZ = True

# --- Signing in -------------------------------------------------------------------------------------------------------

SIGN_IN = numbers_from(ENVIRONMENT)
SESSION_ENGINE = "partnership.signing_in.session_store"
# The longest that any session lasts; `partnership.signing_in.sessions` ends it earlier, by role and by use.
SESSION_COOKIE_AGE = int(SIGN_IN.longest.total_seconds())

# Of allauth the second step alone is used; e-mailed codes and sessions are ours, and none of its pages is reachable.
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
MFA_ADAPTER = "partnership.signing_in.adapter.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Quorate"
MFA_RECOVERY_CODE_DIGITS = 10
MFA_WEBAUTHN_USER_VERIFICATION = "required"

# Single sign-on, where the environment names a provider. Of allauth its client and its table of links are used.
SINGLE_SIGN_ON = provider_from(ENVIRONMENT)
SOCIALACCOUNT_AUTO_SIGNUP = SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5

# --- Database ---------------------------------------------------------------------------------------------------------

DATABASES = {"default": ENVIRONMENT.database("DATABASE_URL", default=DATA_DIR / "quorate.sqlite3")}
# Roles on a server: that of web, worker and beat, and the one that a worker becomes to erase. The owner only migrates.
APP_ROLE = ENVIRONMENT.text("APP_ROLE")
ERASER_ROLE = ENVIRONMENT.text("ERASER_ROLE")
HAS_DATABASE_SERVER = DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Static files -----------------------------------------------------------------------------------------------------

NODE_MODULES = BASE_DIR / "node_modules"
STATIC_URL = "static/"
# Only production collects the files; elsewhere they are served from where they are.
STATIC_ROOT = Path(ENVIRONMENT.text("STATIC_ROOT", str(DATA_DIR / "static"))) if PRODUCTION else None
# The npm packages' compiled files, as they are, each under its own prefix.
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("govuk-frontend", NODE_MODULES / "govuk-frontend" / "dist" / "govuk"),
    ("moj-frontend", NODE_MODULES / "@ministryofjustice" / "frontend" / "moj"),
    ("source-sans-3", NODE_MODULES / "@fontsource-variable" / "source-sans-3"),
]
STATICFILES_FINDERS = [
    "partnership.static_files.CompiledFilesFinder",
    # Apps of others ship files, too: django-htmx its script.
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
# Already compressed, or fetched by nobody but a developer.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("png", "jpg", "webp", "ico", "gif", "woff", "woff2", "gz", "br", "zip", "map")
# `make run` serves the folders as they stand; production serves what `collectstatic` has hashed and compressed.
WHITENOISE_USE_FINDERS = not PRODUCTION
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
MEDIA_ROOT = DATA_DIR / "files"
# A paper that goes with an agenda is smaller than this.
PAPER_MEGABYTES = ENVIRONMENT.number("PAPER_MEGABYTES", 25, at_least=1, at_most=200)
# Break-glass: how often a person may in a day, for how long it opens one object, and when the chair's word is due.
BREAK_GLASS_A_DAY, BREAK_GLASS_FOR, BREAK_GLASS_REVIEW_WORKING_DAYS = 3, timedelta(minutes=60), 10
# For how long sign-in log and access log are kept; not under the three months that looking into an attack takes.
ACCESS_LOG_DAYS = ENVIRONMENT.number("ACCESS_LOG_DAYS", 365, at_least=92, at_most=7 * 365)
# Whoever takes more files than this within an hour is slowed down; restricted ones are counted apart.
FILES_AN_HOUR = ENVIRONMENT.number("FILES_AN_HOUR", 300, at_least=50, at_most=10_000)
RESTRICTED_FILES_AN_HOUR = ENVIRONMENT.number("RESTRICTED_FILES_AN_HOUR", 60, at_least=10, at_most=1000)
FILE_ADDRESSES = ("paper", "document_file", "contacts_file", "contact_sheet_file")
FILE_UPLOAD_HANDLERS = [
    "partnership.uploads.BoundedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# --- Mail -------------------------------------------------------------------------------------------------------------

# The demonstration's own sink listens here and keeps what it receives; no real mail leaves a demonstration.
MAIL_SINK_PORT = ENVIRONMENT.number("MAIL_SINK_PORT", PORT + 1, at_least=1, at_most=65535)
MAIL_SINK_DIR = DATA_DIR / "mail"
SMTPS_PORT = 465
# By SMTP, or by the programming interface of a service that django-anymail knows, with its own ANYMAIL_… variables.
MAIL_THROUGH = ENVIRONMENT.text("MAIL_THROUGH", "smtp").lower()
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if MAIL_THROUGH == "smtp"
    else f"anymail.backends.{MAIL_THROUGH}.EmailBackend"
)
ANYMAIL: dict[str, Any] = {"REQUESTS_TIMEOUT": 15, **ENVIRONMENT.beginning_with("ANYMAIL_")}
EMAIL_HOST = ENVIRONMENT.text("EMAIL_HOST", "" if PRODUCTION else "127.0.0.1")
EMAIL_PORT = ENVIRONMENT.number("EMAIL_PORT", 587 if PRODUCTION else MAIL_SINK_PORT, at_least=1, at_most=65535)
EMAIL_HOST_USER = ENVIRONMENT.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = ENVIRONMENT.text("EMAIL_HOST_PASSWORD")
# Port 465 speaks TLS from the first byte; the others are asked to change to it.
EMAIL_USE_SSL = PRODUCTION and EMAIL_PORT == SMTPS_PORT
EMAIL_USE_TLS = PRODUCTION and not EMAIL_USE_SSL
EMAIL_TIMEOUT = 15
# The mailbox that answers come to, where the environment names one; it is read with every tick.
MAILBOX = account_from(ENVIRONMENT, is_production=PRODUCTION)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT.text("DEFAULT_FROM_EMAIL", "Quorate <quorate@example.org>")

# --- Reminders --------------------------------------------------------------------------------------------------------

# Local time in London; days from the due date where the constitution names none.
REMINDER_AT = time(8, 30)
REMINDER_DAYS = (-7, -1, 1)
# Where terms name no reminder after the due date: whom it concerns and the team hear that it passed.
OVERDUE_DAYS = (1,)
# Late by so many days, a duty stands on the chair's page, whatever the terms say of its escalation.
CHAIRS_PAGE_AFTER_DAYS = 7
# What one run of `manage.py run_due` leaves to the next about the machine's clock.
CLOCK_MARK = DATA_DIR / "clock"
# Bank holidays entered by `manage.py bank_holiday`, beside the installed table.
PROCLAIMED_DAYS = DATA_DIR / "bank-holidays.csv"
# Messages are entered this long before their hour, and a reminder this long past it is not sent any more.
REMINDERS_PLANNED_AHEAD = timedelta(days=7)
REMINDER_STALE_AFTER = timedelta(days=3)
# Messages claimed at once, for how many seconds; then another worker may take what was not begun.
DELIVERY_BATCH = 50
DELIVERY_LEASE = ENVIRONMENT.number("DELIVERY_LEASE", 600, at_least=2, at_most=3600)
# Reminders leave people in peace from evening to morning and on days that are not worked; this many messages with a
# reminder go to a person a day, and what is over that goes in one message the working day after.
QUIET_FROM, QUIET_UNTIL = time(19), time(7, 30)
REMINDERS_A_DAY = ENVIRONMENT.number("REMINDERS_A_DAY", 5, at_least=1, at_most=50)
DIGEST_AT = time(8)
# How many tests of a wording one person may send within an hour.
WORDING_TESTS_AN_HOUR = 10
# Holds all mail; beside it, a database that does not know the last message sent (it was restored) holds it, too.
MAIL_HOLD = ENVIRONMENT.flag("MAIL_HOLD")
MAIL_MARK = DATA_DIR / "last-message" if PRODUCTION else None
# Called after each sweep while all is well, for a watch that raises the alarm when no call comes.
HEARTBEAT_URL = ENVIRONMENT.text("HEARTBEAT_URL")
# Pauses in minutes after each attempt that failed for the time being, each longer or shorter by up to a fifth.
DELIVERY_PAUSES = (1, 5, 15, 60, 240)
RENDERINGS_TRIED = 3
DELIVERY_TICK = ENVIRONMENT.number("DELIVERY_TICK", 60, at_least=1, at_most=600)

# --- Access ----------------------------------------------------------------------------------------------------------

# How long a substitute sees their one meeting once its minutes are sent, where the terms set no time to dispute.
SUBSTITUTE_DAYS = ENVIRONMENT.number("SUBSTITUTE_DAYS", 14, at_least=1, at_most=90)

# --- Documents --------------------------------------------------------------------------------------------------------

# A document that its worker began longer ago than these seconds is another's to make; after so many tries it failed.
DOCUMENT_LEASE = ENVIRONMENT.number("DOCUMENT_LEASE", 180, at_least=2, at_most=3600)
DOCUMENT_TRIES = 3

# --- Audit trail ------------------------------------------------------------------------------------------------------

# Seconds between two sealings, and how long a row may stand unsealed before `audit verify` asks why.
SEAL_EVERY = ENVIRONMENT.number("SEAL_EVERY", 30, at_least=1, at_most=3600)
SEALED_WITHIN = timedelta(minutes=15)
# Seconds between two looks whether the day's check, anchor and removals have been done; each is done once a day.
KEEP_EVERY = ENVIRONMENT.number("KEEP_EVERY", 900, at_least=1, at_most=86400)
# The head of the chain, written here once a day: outside the database, and best kept outside the machine as well.
ANCHOR_DIR = DATA_DIR / "anchors"
ANCHOR_TO = ENVIRONMENT.text("ANCHOR_TO")

# --- Broker, worker, beat ---------------------------------------------------------------------------------------------

BROKER_SOCKET = socket_in(DATA_DIR, run_time_dir=Path(RUNTIME_DIR))
CELERY_BROKER_URL = ENVIRONMENT.text("BROKER_URL", f"redis+socket://{BROKER_SOCKET}")
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_STORE_ERRORS_EVEN_IF_IGNORED = False
# A task is taken off the queue when it has been done, not when it is begun, and goes back when its process is killed.
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_ACKS_ON_FAILURE_OR_TIMEOUT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 10.0
CELERY_WORKER_ENABLE_SOFT_SHUTDOWN_ON_IDLE = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_SEND_TASK_EVENTS = False
# Every task ends well before the broker would hand it to a second worker.
CELERY_TASK_SOFT_TIME_LIMIT = 9 * 60
CELERY_TASK_TIME_LIMIT = 10 * 60
VISIBILITY_TIMEOUT = 30 * 60
CELERY_VISIBILITY_TIMEOUT = VISIBILITY_TIMEOUT
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {
    "visibility_timeout": VISIBILITY_TIMEOUT,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    # A page that queues a job waits two seconds at most for a broker that is down.
    "socket_connect_timeout": 2,
    "socket_timeout": 30,
    "retry_on_timeout": True,
    "max_retries": 1,
}
CELERY_RESULT_BACKEND_TRANSPORT_OPTIONS = {"visibility_timeout": VISIBILITY_TIMEOUT}
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_step": 0.2, "interval_max": 0.2}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULER = "partnership.beat.Scheduler"

# --- Logs -------------------------------------------------------------------------------------------------------------

LOGGING_CONFIG = "logging.config.dictConfig"
LOGGING = log_settings(level=ENVIRONMENT.text("LOG_LEVEL", "INFO").upper(), is_json=not TEST)
if DEMO:
    # Made-up people coming and going need no log of their own; the trail itself has them.
    LOGGING["loggers"]["quorate.audit"] = {"level": "WARNING"}
