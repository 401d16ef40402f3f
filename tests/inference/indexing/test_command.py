"""`manage.py index` says what it did and how the index stands, in words and as JSON, and fails by its exit status."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from inference import diagnosis
from inference.models import IndexGeneration, Passage
from tests.factories.library import make_pattern

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library_home")]


@pytest.fixture(autouse=True)
def library(embedding_by):
    embedding_by(model="model a")
    make_pattern("Shared bay", "## Solution\n\nFishers agree.\n")
    make_pattern("Seed library", "## Solution\n\nSeeds are lent.\n")


def index(*options):
    out = StringIO()
    call_command("index", *options, stdout=out)
    return out.getvalue()


def index_json(*options):
    return json.loads(index("--json", *options))


def test_it_says_what_it_did_and_then_that_there_is_nothing_to_do():
    assert "2 entries in 4 new passages, 4 embedded" in index()
    again = index()
    assert "already holds the library" in again
    assert "4 passages by passages" in again


def test_json_holds_the_report_and_the_state():
    said = index_json()
    assert (said["report"]["things"], said["report"]["embedded"], said["report"]["failed"]) == (2, 4, 0)
    assert (said["state"]["passages"], said["state"]["not_embedded"], said["state"]["building"]) == (4, 0, {})


def test_words_alone_load_no_model(embedding_by):
    embedding_by("Broken")
    assert index_json("--words")["state"]["not_embedded"] == 4


def test_a_rebuild_a_way_back_and_a_clearing(embedding_by):
    index()
    embedding_by(model="model b")
    assert "is live" in index_json("--rebuild")["report"]["swapped"]
    assert index_json()["state"]["previous"].endswith("model a")
    assert "model a now" in index("--rollback")
    assert IndexGeneration.objects.get(live=True).model == "model a"
    assert "model b now" in index("--force")
    assert index_json("--prune")["report"]["removed"] == 1
    with pytest.raises(CommandError, match="There is no other index"):
        index("--rollback")


def test_a_refusal_is_an_error_that_the_doctor_repeats(embedding_by):
    index()
    embedding_by("Meaningless", "meaningless")
    with pytest.raises(CommandError, match="refused, because it finds less"):
        index("--rebuild")
    found = diagnosis.index()
    assert found.level == "warning"
    assert "finds less" in found.says
    assert "--force" in found.do


def test_force_goes_with_nothing_else():
    with pytest.raises(CommandError, match="--force goes with"):
        index("--words", "--force")


def test_a_failure_of_the_embedder_is_a_sentence(embedding_by):
    embedding_by("Broken")
    with pytest.raises(CommandError, match="cannot embed just now"):
        index()
    assert "4 passages are not embedded" in diagnosis.index().says


def test_the_doctor_tells_of_passages_that_cannot_be_embedded(embedding_by):
    make_pattern("Mushrooms", "## Solution\n\nSome are poison.\n")
    embedding_by("Squeamish")
    index()
    found = diagnosis.index()
    assert "1 passages cannot be embedded" in found.says
    assert "Mushrooms" in found.says
    assert "manage.py index" in found.do


def test_the_doctor_tells_how_far_a_new_index_is(embedding_by):
    index()
    embedding_by("Broken", "model c")
    with pytest.raises(CommandError):
        index()
    IndexGeneration.objects.filter(state="building").update(pace={})
    found = diagnosis.index()
    assert (found.level, "4 of 4 passages are left" in found.says) == ("fine", True)


def test_an_empty_body_is_indexed_by_its_summary():
    empty = make_pattern("Only a name", " \n", summary="A pattern without a text.")
    index()
    assert list(Passage.objects.filter(pattern=empty).values_list("section", "text")) == [
        ("Summary", "A pattern without a text.")
    ]


def test_one_section_of_a_third_of_a_megabyte_is_indexed():
    make_pattern("Long", "## All\n\n" + "A sentence about a very long thing. " * 9500)
    said = index_json()
    assert said["report"]["embedded"] == said["state"]["passages"] > 400
    assert (said["state"]["not_embedded"], said["state"]["problem"]) == (0, "")
