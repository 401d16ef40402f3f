"""Sections are what a Markdown parser calls top-level headings, and they cover the body."""

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from patterns.texts.sections import split

WORDS = [
    "# A", "## B ##", "### Section 1: Context (100-200 words)", "text", "", "    # code", "```", "~~~", "```py", "---",
    "> # quoted", "- item", "#no", "#", " ## C", "| a | b |", "####### seven",
]  # fmt: skip
lines = st.lists(st.sampled_from(WORDS), max_size=12).map("\n".join)


@given(lines)
def test_sections_begin_where_commonmark_has_top_level_headings(body):
    offsets = [0]
    for line in body.split("\n"):
        offsets.append(offsets[-1] + len(line) + 1)
    tokens = MarkdownIt("commonmark", {"html": False}).disable("lheading").parse(body)
    expected = [
        (offsets[token.map[0]], int(token.tag[1]))
        for token in tokens
        if token.type == "heading_open" and token.level == 0
    ]
    assert [(one.start, one.level) for one in split(body) if one.level] == expected


@given(st.one_of(lines, st.text(max_size=200)))
def test_sections_touch_and_cover_the_body(body):
    sections = split(body)
    if not sections:
        assert not body.strip()
        return
    assert not body[: sections[0].start].strip()
    assert [one.end for one in sections[:-1]] == [one.start for one in sections[1:]]
    assert sections[-1].end == len(body)


@given(lines)
def test_anchors_are_unique(body):
    anchors = [one.anchor for one in split(body) if one.level]
    assert len(set(anchors)) == len(anchors)
    assert all(anchors)


def test_three_styles_of_one_section_share_a_name_and_an_anchor():
    styles = ("### Section 1: Context", "### 1. Context (100-200 words)", "## Context ##", "# **Context**")
    found = [split(style)[0] for style in styles]
    assert {one.name for one in found} == {"Context"}
    assert {one.anchor for one in found} == {"context"}


def test_template_hints_leave_the_title_and_other_brackets_stay():
    titles = [
        split(f"## {text}")[0].title
        for text in ("2. Core Principles (3-7 principles, 200-400 words)", "Rules (v2.0)", "[Link](https://x.org) here")
    ]
    assert titles == ["2. Core Principles", "Rules (v2.0)", "Link here"]


def test_text_before_the_first_heading_is_a_section_without_a_title():
    before, first = split("Opening words.\n\n# One\n")
    assert (before.level, before.title, before.anchor) == (0, "", "")
    assert first.title == "One"


def test_a_fence_that_never_closes_hides_the_rest():
    assert [one.title for one in split("# One\n```\n# Not\n")] == ["One"]
