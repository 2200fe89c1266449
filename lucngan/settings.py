"""Settings of the site, read from the environment (docs/settings.md lists every variable)."""

import sys
from pathlib import Path

from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from lucngan.lib.env import database, env_bool, env_int, env_list, env_str, secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env_str("VAR_DIR", str(BASE_DIR / "var")))
DEBUG = env_bool("DEBUG", False)
TESTING = "pytest" in sys.modules

SECRET_KEY = "chi-dung-khi-kiem-thu" if TESTING else secret_key(VAR_DIR, embedded=not env_str("DATABASE_URL"))
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS")
SITE_URL = env_str("SITE_URL", "http://localhost:8000")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "axes",
    "bootstrap",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
    "template_partials",
    "agencies",
    "audit",
    "documents",
    "assignments",
    "meetings",
    "programmes",
    "lucngan",
]

MIDDLEWARE = [
    "lucngan.middleware.RequestId",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "lucngan.middleware.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "lucngan.middleware.PrivatePages",
    "lucngan.middleware.SignInRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "lucngan.middleware.VaryOnHtmx",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "lucngan.urls"
WSGI_APPLICATION = "lucngan.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "lucngan.context.site",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "lucngan.templatetags.ui"],
        },
    }
]

DATABASES = {"default": database(env_str("DATABASE_URL"), VAR_DIR / "db.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env_str("REDIS_URL")
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": VAR_DIR / "cache"}
    )
}

# People
AUTH_USER_MODEL = "agencies.Person"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "login"
AXES_FAILURE_LIMIT = env_int("LOGIN_FAILURE_LIMIT", 5)
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "registration/locked.html"
AXES_VERBOSE = False
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_SAVE_EVERY_REQUEST = False

# Language and time: Vietnamese first, one zone
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Tiếng Việt")), ("en", _("Tiếng Anh"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True

# Files
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
MEDIA_ROOT = VAR_DIR / "files"
# Compressing takes half a minute at each release; on one machine (make run) nobody gains from it.
_MANIFEST = (
    "whitenoise.storage.CompressedManifestStaticFilesStorage"
    if env_bool("STATIC_COMPRESSED", True)
    else "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
)
_PLAIN = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _PLAIN if DEBUG or TESTING else _MANIFEST},
}
WHITENOISE_USE_FINDERS = DEBUG or TESTING
# Without a table of all files, which every client of a test would make anew.
WHITENOISE_AUTOREFRESH = DEBUG or TESTING
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
UPLOAD_LIMIT = env_int("UPLOAD_LIMIT_MB", 50) * 1024 * 1024
DOCUMENT_LIMIT = env_int("DOCUMENT_LIMIT_MB", 100) * 1024 * 1024
#: State secrets (MẬT and above) are refused unless the operator of a closed network allows them.
SECRETS_ALLOWED = env_bool("SECRETS_ALLOWED", False)
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["lucngan.lib.uploads.CappedUploadHandler"]

# Mail: an outbox folder unless a server is named
EMAIL_HOST = env_str("EMAIL_HOST")
EMAIL_PORT = env_int("EMAIL_PORT", 25)
EMAIL_HOST_USER = env_str("EMAIL_USER")
EMAIL_HOST_PASSWORD = env_str("EMAIL_PASSWORD")
EMAIL_USE_TLS = env_bool("EMAIL_TLS", False)
EMAIL_FILE_PATH = VAR_DIR / "outbox"
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST
    else "django.core.mail.backends.filebased.EmailBackend"
)
DEFAULT_FROM_EMAIL = env_str("EMAIL_FROM", "van-phong@localhost")

# Background work: Redis where there is one, else folders on disk. The rows are the truth: a message
# that the broker loses is found again by the sweep.
CELERY_BROKER_URL = REDIS_URL or "files://localhost"  # lucngan.filequeue
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {"visibility_timeout": 600, "unacked_restore_interval": 2, "unacked_restore_throttle": 1}
    if REDIS_URL
    else {
        "data_folder_in": VAR_DIR / "queue",
        "data_folder_out": VAR_DIR / "queue",
        "control_folder": VAR_DIR / "queue-control",
        "polling_interval": 0.1,
    }
)
if not REDIS_URL:
    (VAR_DIR / "queue").mkdir(parents=True, exist_ok=True)
    (VAR_DIR / "queue-control").mkdir(parents=True, exist_ok=True)
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TASK_ALWAYS_EAGER = env_bool("TASKS_EAGER", False)
CELERY_TIMEZONE = TIME_ZONE
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "send-deliveries": {"task": "documents.tasks.send_deliveries", "schedule": 60.0},
    "sweep-intakes": {"task": "documents.tasks.sweep_intakes", "schedule": 15.0},
    "sweep-issued-files": {"task": "documents.tasks.sweep_issued", "schedule": 6 * 3600.0},
    "sweep-packs": {"task": "meetings.tasks.sweep_packs", "schedule": 30.0},
    "remind": {"task": "assignments.tasks.remind", "schedule": 60.0},
    "tick": {"task": "lucngan.tasks.tick", "schedule": 30.0},
    "sweep-files": {"task": "lucngan.tasks.sweep_files", "schedule": crontab(hour=2, minute=30)},
}

# Signing: a timestamp server for all bodies (each may name its own), the wait for revocation data,
# and the PKCS#11 modules that may be loaded.
TIMESTAMP_URL = env_str("TIMESTAMP_URL")
REVOCATION_WAIT = env_int("REVOCATION_WAIT", 5)
PKCS11_MODULES = env_list("PKCS11_MODULES")

# Security
HTTPS = env_bool("HTTPS", False)
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env_bool("BEHIND_PROXY", False) else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # the preview beside the sheet is a frame of this site
SILENCED_SYSTEM_CHECKS = ["security.W019"]
DEFAULT_EXCEPTION_REPORTER_FILTER = "lucngan.lib.reporting.AlwaysHidden"
CSRF_FAILURE_VIEW = "lucngan.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}

# Look
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "request_id": {"()": "lucngan.lib.requestid.Filter"},
        "secrets": {"()": "lucngan.lib.secretpaths.Filter"},
    },
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["request_id", "secrets"],
        },
    },
    "loggers": {
        # They tell every step of every page.
        "weasyprint": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
        "pikepdf": {"level": "WARNING"},
        # What a foreign certificate lacks is shown on the page of the paper.
        "pyhanko": {"level": "CRITICAL"},
        "pyhanko_certvalidator": {"level": "CRITICAL"},
        # Its own handler would tell the secrets that stand in addresses.
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
    "root": {"handlers": ["console"], "level": env_str("LOG_LEVEL", "WARNING" if TESTING else "INFO")},
}
