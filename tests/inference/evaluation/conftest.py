"""The starter library, imported and indexed with real vectors, once for all tests of this folder."""

from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings

from inference import backends, indexing
from inference.names import entities
from inference.titles import suggesting
from patterns.importing import import_library

ROOT = Path(__file__).resolve().parents[3]
NEEDS = ("embedder", "words", "graph")


@pytest.fixture(scope="package")
def starter(django_db_setup, django_db_blocker, tmp_path_factory):
    """The starter library in a transaction that is rolled back when the last test of this folder is over."""
    home = tmp_path_factory.mktemp("starter")
    with django_db_blocker.unblock(), override_settings(CLM_HOME=home, HEARTBEAT_EVERY=600):
        backends.forget(*NEEDS)
        with transaction.atomic():
            import_library(str(ROOT / "library"), mode="beside")
            indexing.follow()
            _forget_names()
            yield
            transaction.set_rollback(True)
        backends.forget(*NEEDS)
        _forget_names()


def _forget_names():
    entities.forget()
    suggesting.forget()
