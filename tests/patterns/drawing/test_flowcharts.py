"""Flowcharts are read as they are written, laid out without overlaps, and drawn as well-formed SVG."""

import time
from html.parser import HTMLParser
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns.drawing.flowcharts import Arrow, Chart, Node, laid_out, read, svg


class _Elements(HTMLParser):
    """Reads a picture, and objects to what it should not hold."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs):
        assert tag in {"svg", "path", "polygon", "rect", "text", "tspan"}
        assert "style" not in dict(attrs)
        self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


LABELS = st.one_of(st.text(max_size=60), st.sampled_from(["w" * 90, "共有地の管理" * 8, "إدارة المشاع", "a\nb\nc"]))


@st.composite
def charts(draw):
    count = draw(st.integers(1, 12))
    shapes = st.sampled_from(["box", "round", "pill", "choice"])
    nodes = tuple(Node(str(n), draw(LABELS) or "x", draw(shapes)) for n in range(count))
    ends = st.integers(0, count - 1).map(str)
    said = st.one_of(st.just(""), LABELS)
    heads = st.sampled_from(["forward", "both", "none"])
    arrow = st.builds(Arrow, source=ends, target=ends, label=said, heads=heads, dotted=st.booleans())
    return Chart(nodes, tuple(draw(st.lists(arrow, min_size=1, max_size=16))))


def sentences(source: str) -> tuple[str, ...]:
    chart = read(source)
    assert chart is not None, source
    return chart.sentences()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("A[Start] --> B[End]", "Start → End"),
        ("A --> B;", "A → B"),
        ("A[Ask?]-->|yes| B{Choose}", "Ask? → Choose: yes"),
        ("A -- no way --> B", "A → B: no way"),
        ('A -- "quoted words" --> B', "A → B: quoted words"),
        ("A --- B", "A – B"),
        ("A -.-> B", "A → B"),
        ("A -. perhaps .-> B", "A → B: perhaps"),
        ("A == surely ==> B", "A → B: surely"),
        ("A <--> B", "A ↔ B"),
        ('A["Fish (fresh); bread"] --> B((Round))', "Fish (fresh); bread → Round"),
        ("A[One<br/>two] --> B([Pill])", "One two → Pill"),
        ("A(f(x) of y) --> B", "f(x) of y → B"),
        ("A[(Store)]:::big --> B>Flag]", "Store → Flag"),
        ("Wasser-Rat --> Größe", "Wasser-Rat → Größe"),
    ],
)
def test_an_arrow_is_read_however_it_is_written(line: str, said: str):
    assert sentences(f"graph TD\n    {line}\n") == (said,)


def test_chains_and_groups_are_several_arrows():
    assert sentences("flowchart LR\nA & B --> C --> D") == ("A → C", "B → C", "C → D")


def test_subgraphs_are_flattened_and_decoration_is_passed_over():
    source = (
        "graph TD\n%% a remark\nsubgraph one[The first]\n direction LR\n A --> B\nend\none --> C\n"
        "style A fill:#f9f\nclassDef big font-size:1px\nclick A href"
    )
    assert sentences(source) == ("A → B", "The first → C")


def test_what_no_arrow_touches_is_named():
    assert sentences("graph TD\nA[Alone]\nB --> C") == ("B → C", "Alone")


@pytest.mark.parametrize(
    "source",
    ["", "pie\n a: 1", "sequenceDiagram\nA->>B: x", "graph TD\nA[never closed --> B", "graph TD\nA ~> B", "graph TD"],
)
def test_what_is_not_understood_is_not_guessed(source: str):
    assert read(source) is None


@settings(deadline=None)
@given(st.text('AB-=.>|[](){};&"\n <x', max_size=120).map("graph TD\n".__add__))
def test_no_source_makes_the_reader_fail(source):
    chart = read(source)
    assert chart is None or all(chart.sentences())


@pytest.mark.parametrize(
    "line", ["A-->" * 4_000 + "A", "A & " * 400 + "A --> " + "A & " * 400 + "A", "A -- " + "- " * 900, "A[" * 900]
)
def test_source_made_to_be_slow_is_read_or_refused_soon(line: str):
    started = time.monotonic()
    chart = read("graph TD\n" + line)
    assert chart is None or laid_out(chart) is None
    assert time.monotonic() - started < 2


@settings(max_examples=60, deadline=None)
@given(charts())
def test_nothing_overlaps_and_all_is_inside(chart):
    layout = laid_out(chart)
    if layout is None:
        return
    placed = [*layout.boxes, *layout.labels]
    for one in placed:
        assert one.x - one.width / 2 >= 0
        assert one.x + one.width / 2 <= layout.width
        assert one.y - one.height / 2 >= 0
        assert one.y + one.height / 2 <= layout.height
    for one, other in combinations(placed, 2):
        apart = abs(one.x - other.x) >= (one.width + other.width) / 2 - 0.01
        assert apart or abs(one.y - other.y) >= (one.height + other.height) / 2 - 0.01
    assert len(layout.boxes) == len(chart.nodes)
    assert len(layout.routes) == sum(arrow.source != arrow.target for arrow in chart.arrows)


@settings(max_examples=60, deadline=None)
@given(charts())
def test_the_picture_is_well_formed_and_carries_no_style(chart):
    layout = laid_out(chart)
    if layout is None:
        return
    drawn = svg(layout, label="x")
    reader = _Elements()
    reader.feed(drawn)
    reader.close()
    assert reader.open == []


def test_a_chart_too_large_for_a_picture_is_left_to_its_words():
    many = "graph TD\n" + "\n".join(f"N{n} --> N{n + 1}" for n in range(60))
    assert laid_out(read(many)) is None
    wide = "graph TD\n" + "\n".join(f"A --> N{n}[A rather long label {n}]" for n in range(12))
    assert laid_out(read(wide)) is None


def test_arrows_go_down_but_for_those_that_close_a_circle():
    layout = laid_out(read("graph TD\nA --> B --> C --> A"))
    down = [route.points[-1][1] > route.points[0][1] for route in layout.routes]
    assert down == [True, True, False]
