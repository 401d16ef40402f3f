"""What every test gets: fast hashing, plain static files, and a test database cloned from an already migrated one."""

import contextlib
import fcntl
import gc
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as generated

ROOT = Path(__file__).resolve().parent.parent
KEPT_TEMPLATES = 4

# A busy machine is slow and not wrong.
generated.register_profile("calm", deadline=None, suppress_health_check=[HealthCheck.too_slow])
generated.load_profile("calm")


def pytest_configure(config: pytest.Config) -> None:
    from django.conf import settings

    if not config.option.markexpr:
        config.option.markexpr = "not real and not campaign"  # those have commands of their own
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.EMBEDDER = "tests.factories.embedders.Remembering"  # the real one, which embeds no text twice
    settings.ADDRESS_SHARE = 100_000  # all tests come from one address
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    # A pool would keep sessions open after a test, and a clone needs its original to have none.
    settings.DATABASES["default"]["OPTIONS"].pop("pool", None)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: Playwright's event loop stays in this thread, where others could not run their own."""
    items.sort(key=lambda item: item.get_closest_marker("e2e") is not None)


def pytest_collection_finish() -> None:
    """Thousands of tests and the libraries under them stay to the end: no garbage is to be found among them."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker) -> Iterator[None]:
    """Like pytest-django's, but migrates once per state of the migrations and clones the result afterwards."""
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases

    from tests import emptying
    from tests.services import HOME

    template = f"template_clm_{_migrations_hash()}"
    with django_db_blocker.unblock(), (HOME / "template.lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # of runs that start together one migrates
        known = _databases()
        if template in known:
            connection.settings_dict["TEST"]["TEMPLATE"] = template
        made = setup_databases(verbosity=0, interactive=False, serialized_aliases=set())
        if template not in known:
            _keep_as(template, known)
        emptying.prepare()
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


def _migrations_hash() -> str:
    digest = hashlib.sha256()
    files = [*ROOT.glob("*/migrations/*.py"), ROOT / "requirements" / "base.txt"]
    for path in sorted(files):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _databases() -> list[str]:
    from django.db import connection

    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database ORDER BY oid")
        return [name for (name,) in cursor.fetchall()]


def _keep_as(template: str, known: list[str]) -> None:
    from django.db import connection
    from django.db.utils import Error

    name = connection.settings_dict["NAME"]
    connection.close()
    stale = [each for each in known if each.startswith("template_clm_")][: -KEPT_TEMPLATES + 1]
    with connection._nodb_cursor() as cursor:
        for old in stale:
            with contextlib.suppress(Error):
                cursor.execute(f'DROP DATABASE "{old}"')
        # Another run may have been quicker, or may be reading the original: then it is made next time.
        with contextlib.suppress(Error):
            cursor.execute(f'CREATE DATABASE "{template}" TEMPLATE "{name}"')


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    """What one test asked for in another language does not stay the language of the next: Django keeps it a thread."""
    from django.utils import translation

    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def home() -> Path:
    """The CLM_HOME of this test run."""
    return Path(os.environ["CLM_HOME"])
