"""Passages keep what a reader would quote, where it stands, and nothing else."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from inference.indexing.chunking import LONGEST, TARGET, passages
from patterns.texts.sections import split

WORDS = st.text("ab cD.é! |-*#`\n", max_size=80)
LINES = st.one_of(
    WORDS,
    st.sampled_from(
        [
            "",
            "# Context",
            "## 2. Solution (150-300 words)",
            "| a | b |",
            "|---|---|",
            "```",
            "```mermaid",
            "- item",
            "---",
            "> said",
        ]
    ),
    st.integers(1, 400).map(lambda n: "A sentence that says a thing. " * n),
    st.integers(1, 3000).map(lambda n: "| " + "x" * (n % 7) + " " * n + "| y |"),
    st.integers(1, 3000).map(lambda n: "y" * n),
)
BODIES = st.lists(LINES, max_size=30).map("\n".join)


def texts(body: str) -> list[str]:
    return [piece.text for piece in passages(body)]


def letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


@settings(deadline=None)
@given(BODIES)
def test_passages_are_bounded_ordered_and_inside_the_body(body):
    end = 0
    for piece in passages(body):
        assert end <= piece.start < piece.end <= len(body)
        assert 0 < len(piece.text) <= LONGEST
        end = piece.end


@settings(deadline=None)
@given(BODIES)
def test_no_passage_crosses_a_section(body):
    sections = [(section.start, section.end, section.anchor) for section in split(body)]
    for piece in passages(body):
        assert any(
            start <= piece.start and piece.end <= end and piece.anchor == anchor for start, end, anchor in sections
        )


@settings(deadline=None)
@given(st.lists(st.text("abc DÉ.!?,\n ", max_size=400), max_size=8).map("\n\n".join))
def test_prose_is_covered_whole(body):
    assert letters("".join(texts(body))) == letters(body)


@settings(deadline=None)
@given(BODIES)
def test_every_word_of_a_passage_stands_between_its_offsets(body):
    for piece in passages(body):
        place = letters(body[piece.start : piece.end])
        assert all(letters(word) in place for word in piece.text.split())


def test_short_paragraphs_of_one_section_share_a_passage():
    assert texts("## A\n\nOne.\n\nTwo.\n\n## B\n\nThree.\n") == ["One.\nTwo.", "Three."]


def test_long_prose_is_cut_between_sentences():
    found = texts("Shared things need rules that fit. " * 100)
    assert len(found) > 3
    assert all(text.startswith("Shared") and text.endswith("fit.") and len(text) <= TARGET for text in found)


def test_a_padded_table_row_becomes_its_cells():
    body = "| Name | Use |\n|------|-----|\n| Charter " + " " * 180_000 + "| says who may take what |\n"
    assert texts(body) == ["Name | Use\nCharter | says who may take what"]


def test_a_huge_row_is_cut_and_nothing_of_it_lost():
    body = "| " + "word " * 2000 + "|"
    found = texts(body)
    assert sum(text.count("word") for text in found) == 2000


def test_diagrams_rules_comments_and_scripts_are_left_out():
    body = "Before.\n\n```mermaid\ngraph TD; A-->B\n```\n\n---\n\n<!-- hidden --><script>alert(1)</script>After.\n"
    assert texts(body) == ["Before.\nAfter."]


def test_a_fenced_form_in_words_is_kept():
    assert texts("```\nWe share this well and mend it together\n```\n") == ["We share this well and mend it together"]


def test_an_unclosed_fence_does_not_swallow_the_text_before_it():
    assert texts("Before.\n\n```mermaid\ngraph TD\n") == ["Before."]


def test_marks_links_and_hints_leave_plain_words():
    body = "### 1. Overview (150-300 words)\n\n**Consent** is *no* [objection](https://example.org/a). (150-300 words)"
    piece = passages(body)[0]
    assert (piece.section, piece.text) == ("Overview", "Consent is no objection.")


def test_names_with_underscores_survive():
    assert texts("Set patterns_used and _really_ mean it.") == ["Set patterns_used and really mean it."]


def test_a_front_matter_that_slipped_into_the_body_is_left_out():
    assert texts("# Title\n\n---\nid: pat_1\ntitle: X\n---\n\nThe text.\n") == ["The text."]


def test_chat_residue_after_the_last_section_is_left_out():
    assert texts("## End\n\nThe last word.\n\nWould you like me to add more examples?\n") == ["The last word."]


def test_a_question_to_the_reader_inside_a_body_is_kept():
    assert "Would you like me" in texts("## Talk\n\nWould you like me to go first?\n\n## End\n\nDone.\n")[0]


def test_a_second_front_matter_without_its_first_line_is_left_out():
    assert texts("id: pat_1\npage_url: https://x.example/\ntags:\n  domain: a\n---\n\nThe text.\n") == ["The text."]


def test_what_a_broken_call_left_at_the_end_is_left_out():
    body = '## References\n\n1. A book.\n"))} I have generated the document.\n\nI will now proceed.\n'
    assert texts(body) == ["1. A book."] or texts(body) == ["A book."]


def test_a_quoted_bracket_before_other_sections_is_no_broken_call():
    body = '## A\n\nThey said (so I heard (twice\n")) and left.\n\n## B\n\nThe end.\n'
    assert texts(body)[-1] == "The end."
    assert "and left" in texts(body)[0]


def test_code_that_ends_a_string_is_no_broken_call():
    assert "and more" in texts('## A\n\n```\nsay that (and (the words\n"))\nand more words\n```\n')[0]


def test_rules_glued_to_a_row_or_a_paragraph_leave_no_dashes():
    dashes = "-" * 3000
    assert texts(f"| Pillar | Score |{dashes}|{dashes}|\n\nText {dashes} more.\n\n| {dashes} |\n") == [
        "Pillar | Score\nText more."
    ]


def test_counts_of_words_are_no_part_of_a_name_or_a_text():
    body = (
        "## 3. Problem (176 words)\n\nThe problem.-800 words)\n\n## End\n\nDone.\n\n**Word Count:** About 3100 words.\n"
    )
    assert [(piece.section, piece.text) for piece in passages(body)] == [("Problem", "The problem."), ("End", "Done.")]


def test_a_number_of_words_that_the_text_speaks_of_is_kept():
    assert texts("Write a short reflection (500 words) before you leave.") == [
        "Write a short reflection (500 words) before you leave."
    ]


def test_a_heading_glued_to_the_line_before_loses_its_marks():
    assert texts("It empowers teams.### 8. Commons Alignment\n") == ["It empowers teams. 8. Commons Alignment"]


def test_entities_are_read():
    assert texts("Brezet &amp; van Hemel say a &lt; b.") == ["Brezet & van Hemel say a < b."]


HOSTILE = "\n".join(
    [
        "---\nid: pat_2\nslug: other\n---\n# Hostile (150-300 words)\n",
        f"Before.{' ' * 200_000}After.\n\n<script>steal()</script>\n",
        f"| a{' ' * 180_000}| b |\n|{'-' * 180_000}|\n",
        "```mermaid\ngraph TD; A-->B\n```\n",
        *(f"## Section {n} (3-7 principles of 50-100 words)\n\n(200-400 words)\n\nText {n}.\n" for n in range(50)),
        "## Huge\n",
        "A sentence of a section that is far too long. " * 7000,
        "\n## Last\n\nThe last word.\n\nLet me know if you want more.\n",
        '"))} I will now submit.\n',
    ]
)
UNWANTED = re.compile(
    r"\s\s|\d+ ?[-–] ?\d+ (?:words|principles)|script|steal|-->|-{3,}|pat_2|slug:|Let me know|submit|\"\)\)"
)


def test_nothing_hostile_reaches_a_passage():
    found = passages(HOSTILE)
    assert len(found) > 400
    assert max(len(piece.text) for piece in found) <= LONGEST
    said = [f"{piece.section}\n{piece.text}" for piece in found]
    assert [text for text in said if UNWANTED.search(text)] == []
    assert {"Before. After.", "a | b"} <= {line for text in said for line in text.split("\n")}
    assert sum(text.count("far too long") for text in said) == 7000


def test_a_body_of_one_line_without_spaces_is_cut():
    found = texts("x" * 336_000)
    assert sum(map(len, found)) == 336_000
    assert max(map(len, found)) <= LONGEST


def test_an_empty_body_has_no_passages():
    assert texts("") == texts("  \n\n") == texts("## Only a heading") == []
