"""Every setting of Dens on one page, read from the environment (docs/settings.md explains each)."""

import os
from pathlib import Path

from celery.schedules import crontab

from config import environment as env

BASE_DIR = Path(__file__).resolve().parent.parent
VERSION = "0.1.0"

SECRET_KEY = env.key("DENS_SECRET_KEY")
UID_KEY = env.key("DENS_UID_KEY")  # keys the UIDs of imported images; whoever loses it cannot extend a study
AUDIT_KEY = env.key("DENS_AUDIT_KEY")  # signs where the audit trail ended (readers/anchors.py)
AUDIT_ANCHORS = os.environ.get("DENS_AUDIT_ANCHORS", "")  # the file of it; unset, one in DENS_DATA
DEBUG = False
ALLOWED_HOSTS = env.words("DENS_ALLOWED_HOSTS", "localhost,127.0.0.1")
CSRF_TRUSTED_ORIGINS = env.words("DENS_TRUSTED_ORIGINS", "")

DENS_DATA = env.folder("DENS_DATA")  # image store, quarantine of uploads, exports
ESCROW_RECIPIENT = os.environ.get("DENS_ESCROW_RECIPIENT", "")  # age public key to seal originals for, if any
FRONTEND = BASE_DIR / "frontend" / "dist"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "readers",
    "studies",
    "scoring",
    "demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "config.headers.ResponseHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.blinding.BlindedRole",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
STATIC_URL = "/static/"
WHITENOISE_ROOT = FRONTEND  # the built front end, at the root of the site
WHITENOISE_INDEX_FILE = False
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/assets/"  # their names carry a hash of their content

# The account of the programs; only what migrates is also told the owner's (docs/deployment.md)
APPLICATION_URL, OWNER_URL = env.required("DATABASE_URL"), os.environ.get("DENS_OWNER_URL", "")
DATABASES = {"default": env.database(OWNER_URL or APPLICATION_URL)}
APPLICATION_ACCOUNT = env.database(APPLICATION_URL) if OWNER_URL else None
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"

# People
AUTH_USER_MODEL = "readers.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("UserAttributeSimilarityValidator", {"user_attributes": ["username", "full_name", "email"]}),
    )
]
SIGN_IN_REFUSALS_ALLOWED = 10  # wrong passwords for one account within SIGN_IN_REFUSALS_SECONDS
SIGN_IN_REFUSALS_SECONDS = 600

# Cookies: Secure everywhere but on plain-http loopback, where browsers would drop them
PLAIN_HTTP = env.flag("DENS_INSECURE_COOKIES")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not PLAIN_HTTP
SESSION_COOKIE_NAME = "dens-session" if PLAIN_HTTP else "__Host-dens-session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_AGE = 12 * 3600
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("DENS_BEHIND_PROXY") else None
SECURE_HSTS_SECONDS = 0 if PLAIN_HTTP else 31_536_000
CSRF_FAILURE_VIEW = "config.pages.csrf_failed"
SECURE_REFERRER_POLICY = "no-referrer"
X_FRAME_OPTIONS = "DENY"

# Jobs: the row is the message, the broker only wakes a worker (config/celery.py)
REDIS_URL = env.required("REDIS_URL")
CELERY_BROKER_URL = env.broker(REDIS_URL)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_TASK_PUBLISH_RETRY = False  # a dead broker must not hold up a signature
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "unacked_restore_interval": 5,  # the default took 101 s to hand a killed worker's task to the next
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 1,
}
MAIL_HOUR = env.hour("DENS_MAIL_HOUR", 6)  # UTC
SWEEP_SECONDS = float(os.environ.get("DENS_SWEEP_SECONDS", "15"))
ANCHOR_SECONDS = 300.0
CELERY_BEAT_SCHEDULE = {
    "sweep uploads": {"task": "studies.tasks.sweep", "schedule": SWEEP_SECONDS},
    "prune stored files": {"task": "studies.tasks.prune", "schedule": 3600.0},
    "sweep readings and exports": {"task": "scoring.tasks.sweep", "schedule": SWEEP_SECONDS},
    "anchor the audit trail": {"task": "readers.tasks.anchor", "schedule": ANCHOR_SECONDS},
    "verify the audit trail": {"task": "scoring.tasks.verify_audit", "schedule": crontab(hour=2, minute=30)},
    "remind readers": {"task": "scoring.tasks.remind", "schedule": crontab(hour=MAIL_HOUR, minute=0)},
}

# Uploads
LIMITS = env.limits()
FILE_UPLOAD_TEMP_DIR = DENS_DATA / "quarantine"
FILE_UPLOAD_TEMP_DIR.mkdir(exist_ok=True, mode=0o700)
FILE_UPLOAD_HANDLERS = ["studies.hashing.HashingHandler"]  # never whole in memory
DATA_UPLOAD_MAX_NUMBER_FILES = 100

# Mail: one constant text at one hour, for what waits in a reader's own list (scoring/reminders.py)
EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_USE_TLS = env.mail("DENS_SMTP_URL")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("DENS_MAIL_FROM", "dens@localhost")
PUBLIC_ADDRESS = next(iter(CSRF_TRUSTED_ORIGINS), "http://localhost:8000")

# Other programs
DICOMWEB = env.flag("DENS_DICOMWEB")  # whether there is anything under /dicomweb/
CSTORE_PORT = env.port("DENS_CSTORE_PORT")  # where `manage.py receive_dicom` listens for scanners; 0 for nowhere
CSTORE_AE = env.titles("DENS_CSTORE_AE")  # AE titles that may send there, and the code of the study of each

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["readers.permissions.IsSignedIn"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_METADATA_CLASS": None,
    "URL_FORMAT_OVERRIDE": None,
    "EXCEPTION_HANDLER": "config.errors.answer",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Dens",
    "DESCRIPTION": "Blinded two-reader scoring of cervical-spine MRI",
    "VERSION": VERSION,
    "COMPONENT_SPLIT_REQUEST": True,
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_NAME_OVERRIDES": {
        "Role": "studies.models.Role",
        "StudyState": "scoring.progress.STATES",
        "SeriesRole": "studies.models.SeriesRole",
        "CaseState": "studies.models.CaseState",
        "QueryState": "studies.models.QueryState",
        "FindingState": "studies.quality.STATES",
        "Decision": "studies.models.Decision",
        "UploadState": "studies.models.UploadState",
        "ReadingState": "scoring.serializers.readings.OPEN_STATES",
        "AdjudicationState": "scoring.models.AdjudicationState",
        "DecisionChoice": "scoring.models.Choice",
        "Resolution": "scoring.serializers.charters.RESOLUTIONS",
        "WholeChoice": "scoring.serializers.adjudications.WHOLE",
        "ExportState": "scoring.models.ExportState",
        "ProblemKind": "scoring.models.ProblemKind",
        "ProblemState": "scoring.models.ProblemState",
        "ReopeningState": "scoring.models.ReopeningState",
        "Standing": "scoring.standing.STANDINGS",
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    # these quote header values in their warnings: none of them may reach a log
    "loggers": {name: {"handlers": [], "level": "CRITICAL", "propagate": False} for name in ("pydicom", "pynetdicom")},
}
