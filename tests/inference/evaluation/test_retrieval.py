"""An evaluation measures a collection in a scratch index and leaves no trace of it, however it ends."""

import json

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from inference.backends import load
from inference.evaluation import retrieval
from inference.evaluation.scratch import PREFIX, scratch_index
from inference.indexing import generations
from inference.models import IndexGeneration
from patterns.models import Pattern
from tests.factories.library import make_pattern

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("library_home", "words_as_meaning")]

TEXTS = {
    "d1": ("Shared bay", "Fishers agree on who may fish and when."),
    "d2": ("Steward ownership", "Voting shares are held in trust by stewards."),
    "d3": ("Bread oven", "Neighbours bake together on Saturdays."),
    "d4": ("", "A seed library lends seeds to gardeners."),
}
QUERIES = {"q1": ("who may fish", "d1"), "q2": ("shares in trust", "d2"), "q3": ("seeds for gardeners", "d4")}


@pytest.fixture
def words_as_meaning():
    from inference import backends
    from tests.factories.embedders import SharedWords

    before = backends._loaded.get("embedder")
    backends._loaded["embedder"] = SharedWords()
    yield
    backends.forget("embedder")
    if before is not None:
        backends._loaded["embedder"] = before


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "judged"
    folder.mkdir()
    rows = [{"_id": pk, "title": title, "text": text} for pk, (title, text) in TEXTS.items()]
    (folder / "corpus.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    rows = [{"_id": pk, "text": text} for pk, (text, _) in QUERIES.items()]
    (folder / "queries.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    judged = [f"{pk}\t{document}\t1\n" for pk, (_, document) in QUERIES.items()]
    (folder / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\n" + "".join(judged))
    return folder


def traces():
    with connection.cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace WHERE starts_with(nspname, %s)", [PREFIX])
        schemas = [name for (name,) in cursor.fetchall()]
    return [*schemas, *(path.name for path in (settings.CLM_HOME / "scratch").glob("*"))]


def test_every_method_is_measured_and_the_site_is_as_before(folder, capsys):
    make_pattern("Live one", "## Solution\n\nFishers may fish.\n")
    live = generations.make(live=True)
    load("words").replace({}, mark="live")
    call_command("evaluate_retrieval", str(folder), json=True)
    methods = json.loads(capsys.readouterr().out)["methods"]
    assert set(methods) == {"words", "vectors", "hybrid"}
    for figures in methods.values():
        assert figures["ndcg@10"] == figures["recall@100"] == 1.0
        assert 0 < figures["p50_ms"] <= figures["p95_ms"]
    assert [pattern.title for pattern in Pattern.objects.all()] == ["Live one"]
    assert [generation.pk for generation in IndexGeneration.objects.all()] == [live.pk]
    assert load("words").mark() == "live"
    assert traces() == []


def test_an_interrupted_evaluation_leaves_nothing(folder, monkeypatch):
    def interrupted(*_args, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr(retrieval.embedding, "embed_some", interrupted)
    with pytest.raises(KeyboardInterrupt):
        call_command("evaluate_retrieval", str(folder))
    assert traces() == []
    assert not Pattern.objects.exists()


def test_what_a_killed_evaluation_left_is_cleared_up_by_the_next():
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {PREFIX}dead")
    (settings.CLM_HOME / "scratch" / f"{PREFIX}dead").mkdir(parents=True)
    with scratch_index():
        assert f"{PREFIX}dead" not in traces()
        assert not Pattern.objects.exists()
    assert traces() == []


def test_a_folder_that_is_no_collection_is_said(tmp_path):
    with pytest.raises(CommandError, match="There is no file"):
        call_command("evaluate_retrieval", str(tmp_path))
