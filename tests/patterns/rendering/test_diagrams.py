"""Diagrams in a text: drawn, in words, and as written."""

from django.utils import translation

from patterns.rendering import render

CHART = "```mermaid\ngraph TD\nA[Ask <b>] -->|well & good| B{Choose}\n```\n"


def test_a_simple_flowchart_is_drawn_said_and_kept():
    html = render(CHART).html
    assert '<svg class="flowchart" role="img" aria-label="Diagram"' in html
    assert "<li>Ask → Choose: well &amp; good</li>" in html
    assert "<summary>As it is written in the file</summary><pre" in html


def test_a_chart_too_wide_to_draw_is_said_in_full_view():
    arrows = "\n".join(f"A --> N{n}[A rather long label {n}]" for n in range(12))
    html = render(f"```mermaid\ngraph TD\n{arrows}\n```\n").html
    assert "<svg" not in html
    assert '</figcaption><ul class="arrows">' in html


def test_a_diagram_that_cannot_be_read_is_its_source():
    html = render("```mermaid\nsequenceDiagram\nA->>B: hello\n```\n").html
    assert '<figure class="diagram"><figcaption class="meta">Diagram</figcaption><pre' in html
    assert "A-&gt;&gt;B: hello" in html


def test_the_source_of_a_cited_diagram_is_open():
    html = render(CHART, passage=(15, 30)).html
    assert "<details open" in html
    assert 'class="cited-block"' in html


def test_words_of_the_interface_come_in_the_readers_language():
    with translation.override("de"):
        shown = render(CHART).html
    assert "\ue010" not in shown
    assert "Ask → Choose" in shown


def test_nobody_can_write_the_signs_that_become_words():
    html = render("\ue010diagram\ue011\ue012 and \ue010section\ue011x\ue012").html
    assert "Diagram" not in html
    assert "\ufffd" in html
