"""Plain Markdown carries its source and citation in YAML that any reader of YAML reads back."""

from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from patterns.syndication.plain_text import Link, Work, escaped, guide, markdown

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60)


def work(**fields) -> Work:
    known = {
        "title": "Shared well", "summary": "Agree on the water.", "body": "## Context\n\nA village.\n",
        "address": "https://x/patterns/shared-well/", "revision": 3,
        "revision_address": "https://x/patterns/shared-well/r/3/", "changed": date(2026, 11, 21), "author": "Ada",
        "library": "Starter", "license": "CC-BY-SA-4.0", "attribution": "",
    }  # fmt: skip
    return Work(**(known | fields))


@given(title=WORDS, author=WORDS, attribution=WORDS)
def test_the_head_can_be_read_back_whatever_the_words(title, author, attribution):
    text = markdown(work(title=title, author=author, attribution=attribution))
    head = yaml.safe_load(text.split("---\n")[1]) if "---\n" not in title + author + attribution else {}
    for key, value in (("title", title), ("author", author), ("attribution", attribution)):
        if head and value:
            assert head[key] == value


def test_the_citation_names_author_title_revision_date_address_and_licence():
    assert work().citation == (
        "Ada: “Shared well”, revision 3, 2026-11-21. Commons Language Model, https://x/patterns/shared-well/r/3/. "
        "CC-BY-SA-4.0."
    )


def test_the_text_follows_as_it_was_written():
    assert markdown(work()).endswith("# Shared well\n\n> Agree on the water.\n\n## Context\n\nA village.\n")


@pytest.mark.parametrize("text", ["[a](javascript:x)", "# head", "<b>", "a\nb"])
def test_names_cannot_become_markup(text):
    said = escaped(text)
    assert "\n" not in said
    assert not said.startswith(("[", "#", "<"))


def test_the_guide_has_the_form_of_llms_txt():
    text = guide(
        patterns=1,
        text="https://x/SLUG",
        relations="https://x/relations/SLUG",
        sections=[("Domains", [Link("A [b]", "https://x/a", "1 pattern")]), ("None", [])],
    )
    lines = text.splitlines()
    assert lines[0] == "# Commons Language Model"
    assert lines[2].startswith("> A community-owned library of 1 pattern:")
    assert "## Domains" in lines
    assert "- [A \\[b\\]](https://x/a): 1 pattern" in lines
    assert "## None" not in lines
