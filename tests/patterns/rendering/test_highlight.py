"""A citation's characters, marked in the rendered text."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns.rendering import render

BODY = """## Context

A company reaches the day when somebody has to *own it next*. The founders are tired.

> Quoted line one
> and line two.

- first item
- second item with `code` in it

| Pillar | Why |
|--------|-----|
| Care   | yes |

```
plain code
```
"""


def marked(html: str) -> str:
    return "".join(re.findall(r'<mark class="cited"[^>]*>(.*?)</mark>', html))


def around(text: str) -> tuple[int, int]:
    start = BODY.index(text)
    return start, start + len(text)


@pytest.mark.parametrize("text", ["The founders are tired.", "A company reaches", "first item", "line one"])
def test_exactly_the_passage_is_marked(text):
    assert marked(render(BODY, passage=around(text)).html) == text


def test_a_passage_across_markup_marks_every_part_of_it():
    html = render(BODY, passage=around("has to *own it next*. The")).html
    assert marked(html) == "has to own it next. The"


def test_a_passage_across_lines_of_a_quote_is_found_though_markdown_drops_the_signs():
    html = render(BODY, passage=around("one\n> and line")).html
    assert '<mark class="cited" id="passage">one</mark>\n<mark class="cited">and line</mark>' in html


def test_a_passage_in_a_table_marks_its_cells():
    assert "Care" in marked(render(BODY, passage=around("Care   | yes")).html)


def test_a_passage_in_code_marks_the_block():
    assert '<pre tabindex="0" class="cited-block">' in render(BODY, passage=around("plain code")).html


def test_only_the_first_mark_is_the_target():
    assert render(BODY, passage=(0, len(BODY))).html.count('id="passage"') == 1


def test_a_passage_past_the_end_marks_nothing():
    assert "<mark" not in render(BODY, passage=(len(BODY) + 5, len(BODY) + 9)).html


def test_a_passage_inside_a_link_leaves_its_address_alone():
    body = "See [the guide](https://example.org/a-long-path) for more."
    html = render(body, passage=(body.index("long"), body.index("more"))).html
    assert 'href="https://example.org/a-long-path"' in html
    assert "\ue000" not in html
    assert "%EE" not in html


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(BODY)), st.integers(1, len(BODY)))
def test_marking_changes_no_word_of_the_text(start, length):
    def words(html: str) -> str:
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))

    assert words(render(BODY, passage=(start, start + length)).html) == words(render(BODY).html)
