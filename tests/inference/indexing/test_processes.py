"""A real indexer in a process of its own, on the test's PostgreSQL: published into, killed, and started again."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from urllib.parse import quote

import pytest
from django.db import connection

from inference import indexing, retrieval
from inference.backends import load
from inference.indexing.fingerprints import embedded_text
from inference.models import IndexGeneration, Passage
from tests.e2e.site import ROOT
from tests.factories.library import make_pattern

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("library_home")]

SEARCHABLE = 10.0  # seconds after a publication


@pytest.fixture
def index(settings, embedding_by):
    """`index("--json")` starts `manage.py index` on this test's data, with an embedder that takes its time."""
    embedding_by("Slow")
    started = []

    def start(*options, model=""):
        given = connection.settings_dict
        url = f"postgres://{given['USER']}:{quote(given['PASSWORD'] or '', safe='')}@{given['HOST']}:{given['PORT']}"
        process = subprocess.Popen(
            [sys.executable, "manage.py", "index", *options],
            cwd=ROOT,
            env=os.environ
            | {
                "CLM_HOME": str(settings.CLM_HOME),
                "DATABASE_URL": f"{url}/{given['NAME']}",
                "CLM_EMBEDDER": settings.EMBEDDER,
                "EMBEDDING_MODEL": model,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


def fill(patterns, passages):
    for number in range(patterns):
        make_pattern(f"Old {number}", "".join(f"## Part {n}\n\nText {n} of {number}.\n\n" for n in range(passages)))


def embedded(**of):
    return Passage.objects.exclude(embedding=None).filter(**of)


def wait_until(holds, process, seconds=60.0):
    begun = time.monotonic()
    while not holds():
        assert time.monotonic() - begun < seconds, "it did not happen in time"
        assert process.poll() is None, process.communicate()
        time.sleep(0.05)
    return time.monotonic() - begun


def follow():
    """Index here, once PostgreSQL has noticed that a killed process is gone and holds no lock."""
    end = time.monotonic() + 30
    while (report := indexing.follow()).busy:
        assert time.monotonic() < end, "the lock of a dead process is still held"
        time.sleep(0.1)
    return report


def found_by(searcher):
    hits = searcher.search("lanterns noodles", limit=3, generation=IndexGeneration.objects.get(live=True))
    found = Passage.objects.filter(pk__in=[hit.passage_id for hit in hits], text__contains="Lanterns")
    return found.exists()


def test_a_publication_is_searchable_within_seconds_while_an_import_is_embedded(index):
    fill(60, 40)
    process = index()
    wait_until(lambda: embedded().count() > 100, process)
    make_pattern("Night market", "## Solution\n\nLanterns and noodles after dark.\n")
    by_words = wait_until(lambda: found_by(retrieval.words), process, SEARCHABLE)
    by_meaning = by_words + wait_until(lambda: found_by(retrieval.vector), process, SEARCHABLE - by_words)
    assert by_words <= by_meaning <= SEARCHABLE
    assert embedded().count() < 2000, "the import was embedded before the publication: nothing was shown"


def test_an_indexer_killed_in_mid_embedding_goes_on_and_embeds_nothing_twice(index, settings):
    fill(12, 50)
    process = index()
    wait_until(lambda: embedded().count() > 150, process)
    process.send_signal(signal.SIGKILL)
    process.wait()
    written = set(embedded().values_list("pk", flat=True))
    assert 150 < len(written) < 600
    assert follow().embedded == Passage.objects.count() - len(written)
    assert indexing.index_state().problem == ""
    times = Counter((settings.CLM_HOME / "embedded").read_text().split())
    rows = Passage.objects.filter(pk__in=written).values_list("revision__title", "section", "text")
    read = [embedded_text(title=title, section=section, text=text) for title, section, text in rows]
    assert {times[hashlib.sha256(text.encode()).hexdigest()] for text in read} == {1}
    assert load("words").count() == Passage.objects.count()


def test_a_rebuild_killed_in_the_middle_is_taken_up_and_searches_never_stop(index, embedding_by):
    fill(8, 20)
    indexing.follow()
    live = IndexGeneration.objects.get()
    process = index(model="another")
    wait_until(lambda: embedded(generation__state="building").count() > 40, process)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert IndexGeneration.objects.get(live=True) == live
    assert retrieval.words.search("text", limit=3, generation=live)
    embedding_by("Slow", "another")
    report = follow()
    assert "is live" in report.swapped
    assert report.embedded < Passage.objects.filter(generation__live=True).count()
    assert IndexGeneration.objects.get(live=True).model == "another"


def test_a_database_that_goes_away_is_said_and_the_next_run_goes_on(index):
    fill(10, 30)
    process = index()
    wait_until(lambda: embedded().count() > 60, process)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "PostgreSQL went away" in said
    assert "goes on from there" in said
    assert "Traceback" not in said
    written = embedded().count()
    report = follow()
    assert report.embedded == Passage.objects.count() - written
