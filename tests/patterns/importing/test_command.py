"""What an operator sees: sums, JSON, plain refusals and exit statuses."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from patterns.models import Library
from tests.factories.corpus import write_corpus
from tests.factories.library import make_pattern

pytestmark = pytest.mark.django_db


@pytest.fixture
def corpus(tmp_path):
    return write_corpus(tmp_path / "commons", healthy=10)


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out, skip_checks=True)
    return out.getvalue()


def test_json_has_the_promised_keys(corpus):
    report = json.loads(run("import_library", str(corpus.root), "--json"))
    assert {
        "seen", "imported", "updated", "unchanged", "reported", "relations", "lighthouses", "suitability", "seconds",
    } <= report.keys()  # fmt: skip
    assert {"resolved", "unresolved", "by_kind"} == report["relations"].keys()
    assert {"file", "line", "reason"} == report["reported"][0].keys()
    assert sum(report["relations"]["by_kind"].values()) == (
        report["relations"]["resolved"] + report["relations"]["unresolved"]
    )


def test_the_summary_is_for_people(corpus):
    said = run("import_library", str(corpus.root))
    assert "Read " in said
    assert "remarks on" in said


def test_a_library_is_called_as_its_operator_says(corpus):
    run("import_library", str(corpus.root), "--library", "ours", "--title", "Our  Commons OS")
    assert Library.objects.get(slug="ours").title == "Our Commons OS"


def test_a_library_that_is_there_gets_another_title(corpus):
    run("import_library", str(corpus.root), "--library", "ours")
    run("import_library", str(corpus.root), "--library", "ours", "--title", "Ours")
    assert Library.objects.get(slug="ours").title == "Ours"


def test_a_second_library_without_a_word_is_status_2(corpus):
    make_pattern("There before")
    with pytest.raises(CommandError, match="--beside") as refusal:
        run("import_library", str(corpus.root))
    assert refusal.value.returncode == 2


def test_a_source_that_is_not_there_is_status_1(tmp_path):
    with pytest.raises(CommandError, match="There is nothing at") as refusal:
        run("import_library", str(tmp_path / "nowhere"))
    assert refusal.value.returncode == 1


def test_an_address_that_points_inward_is_status_1():
    with pytest.raises(CommandError, match="is not fetched") as refusal:
        run("import_library", "https://127.0.0.1/commons.git")
    assert refusal.value.returncode == 1


def test_replace_and_beside_exclude_each_other(corpus):
    with pytest.raises(CommandError, match="not allowed with"):
        run("import_library", str(corpus.root), "--replace", "--beside")


def test_an_export_says_what_it_wrote(corpus, tmp_path):
    run("import_library", str(corpus.root))
    report = json.loads(run("export_library", str(tmp_path / "out"), "--json"))
    assert report["written"] == len(corpus.paths)


def test_an_export_of_nothing_is_a_sentence(tmp_path):
    with pytest.raises(CommandError, match="nothing to export"):
        run("export_library", str(tmp_path / "out"))
