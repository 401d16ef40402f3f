"""What a reader sees of a body."""

import pytest

from patterns.rendering import render
from patterns.texts.sections import split


def test_headings_start_below_the_page_title_and_carry_the_sections_anchors():
    rendered = render("### Section 1: Context\n\ntext\n\n#### Detail\n\nmore\n")
    assert '<h2 id="context">Context</h2>' in rendered.html
    assert '<h3 id="detail">Detail</h3>' in rendered.html
    assert [section.title for section in rendered.sections] == ["Context", "Detail"]


def test_levels_that_skip_are_closed_up():
    assert '<h3 id="autonomy">Autonomy</h3>' in render("# 2. Core Principles\n\n### 1. Autonomy\n").html


def test_template_hints_are_cut_from_headings():
    assert ">Overview<" in render("### 1. Overview (150-300 words)\n\ntext").html


@pytest.mark.parametrize("heading", ["# Steward-Ownership", "# Steward Ownership", "## steward-ownership"])
def test_a_first_heading_that_repeats_the_title_is_not_shown(heading):
    html = render(f"{heading}\n\n### 1. Overview\n\ntext", title="Steward-Ownership").html
    assert "teward" not in html
    assert '<h2 id="overview">' in html


def test_a_first_paragraph_that_repeats_the_summary_is_not_shown():
    html = render("Who owns it,\n**decides**.\n\nNext.", summary="Who owns it, decides.").html
    assert html == "<p>Next.</p>\n"


def test_rules_at_the_ends_of_a_section_are_left_to_its_heading():
    assert "<hr" not in render("lead\n\n---\n\n## A\n\ntext\n\n---\n\n## B\n").html


def test_a_rule_between_paragraphs_stays():
    assert "<hr>" in render("one\n\n---\n\ntwo").html


def test_callouts_become_labelled_notes():
    html = render("> [!NOTE] Confidence Rating: ★★★\n> It draws on practice.\n").html
    assert '<div class="callout callout-note" role="note">' in html
    assert '<p class="meta">Confidence Rating: ★★★</p>' in html
    assert "<p>It draws on practice.</p>" in html


def test_a_callout_of_one_line_has_no_empty_paragraph():
    assert "<p></p>" not in render("> [!WARNING] Mind the gap\n").html


def test_diagrams_are_shown_as_their_source():
    html = render("```mermaid\ngraph TD; A-->B\n```").html
    assert '<figure class="diagram">' in html
    assert "A--&gt;B" in html


def test_tables_scroll_by_keyboard_in_their_own_frame():
    html = render("| a | b |\n|---|--:|\n| 1 | 2 |\n").html
    assert '<div class="table-scroll" role="region" tabindex="0"><table>' in html
    assert '<td class="right">2</td>' in html


def test_a_cell_padded_to_180_000_spaces_is_a_small_cell():
    html = render(f"| a{' ' * 180_000}|\n|{'-' * 180_000}|\n| b{' ' * 180_000}|\n").html
    assert "<td>b</td>" in html
    assert len(html) < 300


def test_pictures_are_links_that_say_where_they_lead():
    html = render("![a map](https://example.org/map.png)").html
    link = '<a href="https://example.org/map.png" class="picture" rel="nofollow noopener">a map</a>'
    assert html == f'<p>{link} <span class="elsewhere">(picture at example.org)</span></p>\n'


@pytest.mark.parametrize(
    "address", ["data:image/png;base64,AA", "//a.example/x.png", "map.png", "http://", "https://["]
)
def test_a_picture_without_an_honest_address_is_its_words(address):
    assert render(f"![a map]({address})").html == "<p>a map</p>\n"


def test_a_picture_in_a_link_does_not_nest_links():
    assert render("[![logo](https://a.example/i.png)](https://a.example)").html.count("<a ") == 1


def test_links_give_no_rank_and_no_opener():
    assert 'rel="nofollow noopener"' in render("[x](https://example.org)").html


def test_link_definitions_reach_across_sections():
    assert 'href="https://example.org"' in render("## A\n\n[x][there]\n\n## B\n\n[there]: https://example.org\n").html


def test_html_in_prose_is_text():
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in render("a <script>alert(1)</script> b").html


def test_fenced_headings_are_code():
    assert render("```\n# not a heading\n```\n").sections == ()


def test_every_section_has_its_anchor_in_the_page():
    body = "# A\n\n> quote\n# A\n- item\n## B\n```\n# no\n"
    html = render(body).html
    assert all(f'id="{section.anchor}"' in html for section in split(body))


def test_text_nested_deeper_than_the_parser_reads_is_shown_as_it_stands():
    body = "".join(f"{'  ' * depth}- level {depth}\n" for depth in range(60))
    assert "level 59" in render(body).html


def test_a_text_of_unreasonable_length_is_shown_as_it_stands():
    assert "<pre" in render("[" * 2_000_001).html
