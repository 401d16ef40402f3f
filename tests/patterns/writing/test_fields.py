"""The front matter in a form: words nobody changed write nothing, in either generation of the format."""

from hypothesis import given
from hypothesis import strategies as st

from patterns.format import edit, facets, parse
from patterns.writing import fields, fieldsets, outlines

SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=12), st.floats(allow_nan=False))
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
)
KEYS = ["title", "summary", "aliases", "sources", "license", "ontology", "classification", "provenance", "description"]
fronts = st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=6), VALUES)
OLDER = "---\ntitle: Old\nclassification:\n  domain: housing\n  category: [law]\n  universality: domain\n---\n"
NEWER = """---
title: New
ontology:
  domain: care
  cross_domains: [law, 'a  b']
  # kept
sources: [A, {title: B, url: 'https://b.org'}]
---
"""


def through_a_browser(values):
    return {name: value.replace("\n", "\r\n") for name, value in values.items()}


@given(fronts, st.sampled_from([fieldsets.PATTERN, fieldsets.LIGHTHOUSE]))
def test_a_form_sent_back_untouched_changes_no_key(front, known):
    values = through_a_browser(fields.values_of(front, known))
    assert fields.changed_front(front, known, values) == {}


@given(fronts, st.text(max_size=30))
def test_a_new_title_touches_no_other_key(front, title):
    assert set(fields.changed_front(front, fieldsets.PATTERN, {"title": title})) <= {"title"}


def written(text, **values):
    document = parse(text)
    return edit(document, front=fields.changed_front(document.front, fieldsets.PATTERN, values))


def test_a_value_goes_where_the_file_has_it():
    assert facets(written(OLDER, domain="energy")).domain == "energy"
    assert "ontology" not in written(OLDER, domain="energy", categories="law\nmoney", universality="universal").front
    assert facets(written(OLDER, categories="law\nmoney")).categories == ("law", "money")
    assert written(NEWER, domain="energy").front["ontology"]["domain"] == "energy"
    assert written(NEWER, universality="universal").front["ontology"]["universality"] == "universal"


def test_lines_that_stay_keep_their_items_as_they_were():
    made = written(NEWER, sources="B https://b.org\r\nNew, 2020\r\n\r\nA")
    assert made.front["sources"] == [{"title": "B", "url": "https://b.org"}, "New, 2020", "A"]
    assert "# kept" in made.text


def test_new_sources_among_mappings_become_mappings():
    text = "---\ntitle: P\nsources:\n- title: A\n---\n"
    made = written(text, sources="A\nCity, Report https://c.org/x")
    assert made.front["sources"] == [{"title": "A"}, {"title": "City, Report", "url": "https://c.org/x"}]


def test_hostile_words_stay_words():
    made = written(
        NEWER, title="--- \n evil: [x", summary="a: b\n---\n# not a heading", aliases="*x\n!!python/object:os"
    )
    assert made.title == "--- evil: [x"
    assert made.front["summary"] == "a: b\n---\n# not a heading"
    assert list(made.aliases) == ["*x", "!!python/object:os"]


def test_outlines_are_files_without_a_problem():
    pattern = parse(outlines.blank_pattern(uid=outlines.new_uid(), licence="CC-BY-SA-4.0"))
    lighthouse = parse(outlines.blank_lighthouse(licence="CC-BY-SA-4.0"))
    assert (pattern.problems, lighthouse.problems) == ((), ())
    assert [one.name for one in pattern.sections] == [hint.name for hint in outlines.PATTERN]
    assert [one.name for one in lighthouse.sections] == [hint.name for hint in outlines.LIGHTHOUSE]
    assert outlines.hint_for("known uses", outlines.PATTERN).name == "Known Uses"
    assert outlines.hint_for("Nonsense", outlines.PATTERN) is None
