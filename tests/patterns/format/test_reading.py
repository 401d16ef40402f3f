"""Both generations are read alike, and what cannot be read is said with its line."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patterns.format import Generation, Severity, facets, line_of_item, parse
from tests.factories.corpus import newer, older


def only_problem(text: str):
    (problem,) = parse(text).problems
    return problem


def test_a_newer_file_is_read():
    document = parse(newer("a-b", uid="pat_1", relationships="  enables:\n    - {slug: c, weight: 0.5}"))
    assert (document.uid, document.slug, document.title) == ("pat_1", "a-b", "A B")
    assert document.generation is Generation.NEWER
    assert document.aliases == ("A B by another name",)
    assert document.body.startswith("\n# A B")
    assert not document.problems
    said = facets(document)
    assert said.summary == "A B keeps a shared thing shared."
    assert (said.domain, said.commons_domains, said.lifecycle_status, said.stars) == (
        "governance", ("business",), "draft", 2,
    )  # fmt: skip


def test_an_older_file_is_read():
    document = parse(older("a", enables="[pat_b]", related="[c]"))
    assert document.generation is Generation.OLDER
    assert [(one.kind, one.names) for one in document.references] == [("enables", ("pat_b",)), ("related", ("c",))]
    said = facets(document)
    assert (said.domain, said.categories, said.universality, said.stars) == ("startup", ("team",), "domain", 2)
    assert said.authors == ("Someone",)


def test_a_reference_knows_its_place_line_weight_and_reason():
    text = newer(
        "a", relationships="  enables:\n    - id: pat_x\n      slug: x\n      weight: 0.7\n      description: Why."
    )
    (reference,) = parse(text).references
    assert reference.stands_at == "relationships.enables[0]"
    assert text.split("\n")[reference.line - 1] == "    - id: pat_x"
    assert (reference.weight, reference.description, reference.names) == (0.7, "Why.", ("x", "pat_x"))


@pytest.mark.parametrize(
    ("word", "kind", "inverse"),
    [
        ("generalizes_from", "specializes", False),
        ("specializes_to", "specializes", True),
        ("tools", "tool_for", True),
        ("complementary", "complements", False),
        ("alternatives", "alternative_to", False),
        ("tensions_with", "tensions_with", False),
        ("Grows Out-Of", "grows_out_of", False),
    ],
)
def test_what_each_word_means(word, kind, inverse):
    (reference,) = parse(newer("a", relationships=f"  {word}: [x]")).references
    assert (reference.kind, reference.inverse, reference.key) == (kind, inverse, word)


def test_dates_stay_the_text_a_person_typed():
    assert parse(older("a")).front["created"] == "2026-02-01"


def test_yes_and_no_are_words():
    assert parse("---\ntitle: No\ncountry: NO\nid: 012\n---\n").front == {"title": "No", "country": "NO", "id": "012"}


def test_unknown_keys_are_kept():
    assert parse(newer("a").replace("graph_garden:", "moon: [1, {deep: yes}]\ngraph_garden:")).front["moon"] == [
        1, {"deep": "yes"},
    ]  # fmt: skip


def test_a_second_front_matter_gives_its_id_and_line():
    text = older("a") + "\n---\nid: pat_before\ntitle: A\n---\n"
    document = parse(text)
    assert [one.id for one in document.nested] == ["pat_before"]
    assert text.split("\n")[document.nested[0].line - 1] == "id: pat_before"


def test_an_id_in_a_code_block_is_no_front_matter():
    assert not parse(older("a") + "\n```yaml\nid: pat_example\ntitle: Example\n```\n").nested


def test_a_machines_own_links_are_kept_apart():
    document = parse(newer("a"))
    assert [one.slug for one in document.inferred] == ["a-first"]
    assert not document.references


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("", 1, "no front matter"),
        ("# Title\n", 1, "no front matter"),
        ("---\ntitle: A\n", 1, "never closed"),
        ("---\n- a\n- b\n---\n", 2, "not a list of `key: value`"),
        ("---\ntitle: A\n---\n\n\x00", 5, "NUL"),
        ("---\n[[[\n---\n", 3, "not valid YAML"),
        ("---\na: 1\n---\n" + "x" * 4_200_000, 1, "longer than"),
        ("---\na: " + "x" * 600_000 + "\n---\n", 1, "more than"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_where(text, line, reason):
    problem = only_problem(text)
    assert problem.severity is Severity.ERROR
    assert problem.line == line
    assert reason in problem.reason


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ("x: &a [1]\ny: [*a]", "alias"),
        ("x: !!python/object/apply:os.system [ls]", "tag"),
        ("x: " + "[" * 40 + "]" * 40, "nested more than"),
        ("? [a, b]\n: c", "as a key"),
        ("x: [1, 2", "not valid YAML"),
    ],
)
def test_a_broken_key_costs_only_itself(broken, reason):
    document = parse(f"---\nid: pat_a\ntitle: A\n{broken}\nlicense: CC0-1.0\n---\nbody\n")
    assert document.readable
    assert document.front["title"] == "A"
    assert document.front["license"] == "CC0-1.0"
    assert any(reason in problem.reason and problem.line >= 4 for problem in document.problems)


@pytest.mark.parametrize(
    ("slip", "key", "value"),
    [
        ("title: Foo: the bar", "title", "Foo: the bar"),
        ("title: @home", "title", "@home"),
        ("deep:\n\tkey: 1", "deep", {"key": 1}),
        ("flow: {a: b, c: []\n  list:\n    - x, d: e}", "flow", {"a": "b", "c": [], "list": ["x"], "d": "e"}),
    ],
)
def test_common_slips_are_repaired_and_said(slip, key, value):
    document = parse(f"---\nid: pat_a\n{slip}\n---\n")
    assert document.front[key] == value
    (problem,) = document.problems
    assert problem.severity is Severity.REPAIRED
    assert "repaired" in problem.reason


def test_a_key_written_twice_counts_once_and_is_said():
    document = parse("---\ntitle: A\nid: pat_a\ntitle: B\n---\n")
    assert document.title == "B"
    assert (document.problems[0].line, document.problems[0].severity) == (4, Severity.NOTE)


def test_a_billion_laughs_takes_no_time():
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    started = time.monotonic()
    document = parse("---\ntitle: A\n" + "\n".join(lines) + "\n---\n")
    assert document.title == "A"
    assert time.monotonic() - started < 5


def test_the_line_of_a_list_item():
    document = parse("---\ntitle: A\npatterns_used:\n  - One\n  - Two\n---\n")
    assert line_of_item(document, "patterns_used", 1) == 5


@given(st.text(alphabet="ab:-[]{}*&!\"'#|> \n\t@", max_size=120))
def test_no_front_matter_ever_raises(block):
    document = parse(f"---\n{block}\n---\nbody")
    assert all(1 <= problem.line <= block.count("\n") + 4 for problem in document.problems)
