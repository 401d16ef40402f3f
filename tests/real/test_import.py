"""The public library, as it really is: every file accounted for, and given back to the byte."""

from pathlib import Path

import pytest

from patterns.enums import Provenance, RelationState
from patterns.exporting import export_library
from patterns.models import Adoption, Lighthouse, Pattern, Relation, Suitability
from tests.real.conftest import CORPUS

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not CORPUS, reason="CLM_CORPUS names no library"),
    pytest.mark.timeout(900),
]


def in_corpus(pattern: str) -> list[Path]:
    return sorted(Path(CORPUS).glob(pattern))


def test_every_file_is_imported(readable):
    first, _ = readable
    assert first.seen == len(in_corpus("patterns/_patterns/*.md")) + len(in_corpus("lighthouses/_lighthouses/*.md")) + 2
    assert (first.imported, first.unread) == (first.seen, 0)
    assert Pattern.objects.count() == len(in_corpus("patterns/_patterns/*.md"))
    assert Lighthouse.objects.count() == first.lighthouses == len(in_corpus("lighthouses/_lighthouses/*.md"))


def test_addresses_are_the_file_names(readable):
    names = {path.stem for path in in_corpus("patterns/_patterns/*.md")}
    assert set(Pattern.objects.values_list("slug", flat=True)) == names


def test_the_two_unparseable_files_are_repaired_and_said(readable):
    repaired = [one for one in readable[0].reported if "repaired" in one.reason]
    assert {Path(one.file).stem for one in repaired} == {"animal-communication-practice", "animal-relationship-ethics"}
    assert all(Pattern.objects.get(slug=Path(one.file).stem).commons_domains == ["life"] for one in repaired)


def test_shared_and_nested_ids_are_reported(readable):
    said = [one.reason for one in readable[0].reported]
    assert sum("`pat_placeholder`" in one and "shares its id" in one for one in said) == 4
    assert sum("a second front matter" in one for one in said) == 17


def test_relations_resolve_as_far_as_they_can(readable):
    first, _ = readable
    whole = first.relations["resolved"] + first.relations["unresolved"]
    assert whole == sum(first.relations["by_kind"].values()) == 18_265 + 583
    newer = Relation.objects.filter(stands_at__startswith="relationships.").exclude(target=None).exclude(source=None)
    assert newer.count() >= 14_247
    assert set(Relation.objects.values_list("provenance", "state")) == {(Provenance.IMPORTED, RelationState.SUGGESTED)}


def test_lighthouses_adopt_the_titles_that_name_a_pattern(readable):
    assert Adoption.objects.count() == 36
    assert Adoption.objects.exclude(pattern=None).count() == 5


def test_suitability_comes_with_its_errors_reported(readable):
    first, _ = readable
    assert first.suitability == Suitability.objects.count() == 11_567
    assert sum("holds only an error" in one.reason for one in first.reported) == 37


def test_a_second_import_changes_nothing(readable):
    first, second = readable
    assert (second.imported, second.updated, second.unchanged) == (0, 0, first.seen)
    assert second.relations == first.relations
    assert {*second.reported} == {*first.reported}


def test_an_untouched_export_is_the_input_to_the_byte(readable, tmp_path):
    report = export_library(tmp_path / "out", library="real-library")
    files = [*in_corpus("patterns/_patterns/*"), *in_corpus("lighthouses/_lighthouses/*"), *in_corpus("context/*")]
    assert report.written == len(files)
    for path in files:
        assert (tmp_path / "out" / path.relative_to(CORPUS)).read_bytes() == path.read_bytes(), path
