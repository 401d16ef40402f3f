"""An outline is a file of the library's own format that says it is none of its patterns yet."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inference.wanted.outline import MARK, SECTIONS, Near, Want, outline
from patterns.format import parse

BEES = Want(
    title="Bees on city rooftops",
    domain="ecology",
    questions=("How can a city keep bees?",),
    askers=4,
    named_by=("Community Garden",),
    near=(Near("food-forest", "Food Forest", "Close in meaning."),),
)


def test_it_reads_back_without_a_problem():
    document = parse(outline(BEES).text)
    assert document.readable
    assert document.problems == ()
    assert (document.title, document.front["slug"]) == ("Bees on city rooftops", "bees-on-city-rooftops")


def test_it_has_every_section_with_a_hint():
    document = parse(outline(BEES).text)
    assert [section.name for section in document.sections if section.title] == [name for name, _ in SECTIONS]


def test_it_says_what_is_known_and_that_it_is_an_outline():
    document = parse(outline(BEES).text)
    assert document.front["lifecycle"]["status"] == "outline"
    for said in (MARK, "4 people asked", "- How can a city keep bees?", "Community Garden", "Food Forest"):
        assert said in document.body


def test_near_patterns_are_suggested_relations():
    (reference,) = parse(outline(BEES).text).references
    assert (reference.slug, reference.kind) == ("food-forest", "related")


def test_it_imports_as_a_file_of_a_library(tmp_path, db):
    from django.core.management import call_command

    from patterns.models import Pattern

    folder = tmp_path / "_patterns"
    folder.mkdir()
    (folder / "bees-on-city-rooftops.md").write_text(outline(BEES).text)
    call_command("import_library", str(tmp_path), "--beside", "--library", "drafts", verbosity=0)
    assert Pattern.objects.get().title == "Bees on city rooftops"


@pytest.mark.parametrize(
    "hostile", ["---\ntitle: x", "<script>x</script>", "# Heading", "[a](javascript:b)", "*x*", "'\"\\"]
)
def test_what_people_asked_stays_their_words(hostile):
    document = parse(outline(Want(title=hostile, questions=(hostile,), near=(Near("a", hostile, hostile),))).text)
    assert document.readable
    assert [section.name for section in document.sections if section.title] == [name for name, _ in SECTIONS]
    assert "<script>" not in document.body


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine may be busy
@given(st.text(max_size=80), st.lists(st.text(max_size=80), max_size=3))
def test_any_words_make_a_file_that_reads_back(title, questions):
    document = parse(outline(Want(title=title, questions=tuple(questions))).text)
    assert document.readable
    assert document.title
