"""The public library named by CLM_CORPUS, imported once for all tests of it."""

import os

import pytest

from patterns.importing import import_library
from patterns.models import Library

CORPUS = os.environ.get("CLM_CORPUS", "")


@pytest.fixture(scope="package")
def reports(django_db_setup, django_db_blocker):
    """The library imported twice."""
    with django_db_blocker.unblock():
        before = set(Library.objects.values_list("pk", flat=True))
        first = import_library(CORPUS, mode="beside", library="real-library")
        second = import_library(CORPUS, library="real-library")
        yield first, second
        _forget(before)


@pytest.fixture
def readable(reports, django_db_blocker):
    with django_db_blocker.unblock():
        yield reports


def _forget(before: set[int]) -> None:
    """Empty the shared test database of what the package committed."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE patterns_library CASCADE")
    assert not before
