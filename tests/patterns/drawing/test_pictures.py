"""Pictures keep inside their view box and no label covers another, whatever the titles are."""

import itertools
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from patterns.drawing.bridge import Arm, Span, bridge
from patterns.drawing.chain import Leg, Station, chain
from patterns.drawing.fan import MOST, Spoke, fan
from patterns.drawing.layers import Branch, layers
from patterns.drawing.picture import Picture

TITLES = st.one_of(
    st.text(max_size=120),
    st.sampled_from(
        ["Retrospectives", "w" * 120, "共有地の管理" * 12, "ملكية المشاع والإدارة المشتركة للموارد", "W M " * 40]
    ),
)
KINDS = st.sampled_from(
    [*("enables", "requires", "tensions_with", "specializes", "alternative_to", "complements", "related"), "grows from"]
)
SPOKES = st.builds(Spoke, TITLES, st.just("slug"), KINDS, st.booleans(), st.booleans())
ARMS = st.builds(Arm, KINDS, st.booleans(), st.booleans())


def assert_sound(picture: Picture) -> None:
    for one, other in itertools.combinations([label.box for label in picture.labels], 2):
        assert not one.overlaps(other)
    for label in picture.labels:
        assert label.box.left >= 0
        assert label.box.right <= picture.width
        assert label.box.top >= 0
        assert label.box.bottom <= picture.height
    for dot in picture.dots:
        assert dot.radius <= dot.x <= picture.width - dot.radius
        assert dot.radius <= dot.y <= picture.height - dot.radius
        assert not any(
            label.box.left < dot.x + dot.radius and dot.x - dot.radius < label.box.right
            and label.box.top < dot.y + dot.radius and dot.y - dot.radius < label.box.bottom
            for label in picture.labels
        )  # fmt: skip
    for stroke in picture.strokes:
        assert re.fullmatch(r"[MCLHVq0-9. -]+", stroke.path)
        assert re.fullmatch(r"[0-9. -]*", stroke.head)
        points = re.findall(r"-?\d+\.\d -?\d+\.\d", stroke.head)
        assert all(-1 <= float(x) <= picture.width + 1 for x, _ in (point.split() for point in points))


@given(st.lists(SPOKES, max_size=14))
def test_a_neighbourhood(spokes):
    picture = fan(sorted(spokes, key=lambda spoke: spoke.suggested), suggested="Suggested, not reviewed")
    assert_sound(picture)
    assert len(picture.labels) == min(len(spokes), MOST)
    for caption in picture.captions:
        assert not any(label.box.top < caption.y - 2 < label.box.bottom for label in picture.labels)


@given(st.lists(st.builds(Span, TITLES, st.just("slug"), ARMS, ARMS), max_size=14), TITLES, TITLES)
def test_a_bridge(spans, left, right):
    assert_sound(bridge(left, right, spans))


@given(st.lists(st.tuples(TITLES, KINDS, st.booleans(), st.booleans()), max_size=6), TITLES)
def test_a_chain(steps, title):
    stations = [Station(title, "slug"), *(Station(step[0], "slug") for step in steps)]
    legs = [Leg(kind, outgoing, suggested, "enables") for _, kind, outgoing, suggested in steps]
    assert_sound(chain(stations, legs))


@st.composite
def branches(draw):
    made = []
    for place in range(draw(st.integers(0, 12))):
        parent = draw(st.integers(-1, place - 1))
        layer = made[parent].layer + 1 if parent >= 0 else 1
        made.append(Branch(draw(TITLES), "slug", min(layer, 6), parent if layer <= 6 else -1, draw(st.booleans())))
    return made


@settings(max_examples=50)
@given(branches(), TITLES, st.booleans())
def test_layers(rows, title, outgoing):
    assert_sound(layers(title, rows, outgoing=outgoing))


def test_symmetric_and_specialising_lines_have_no_head():
    kinds = ["requires", "tensions_with", "specializes", "complements"]
    picture = fan([Spoke("A", "a", kind, outgoing=True, suggested=False) for kind in kinds], suggested="")
    assert [bool(stroke.head) for stroke in picture.strokes] == [True, False, False, False]


def test_a_head_points_away_from_where_the_relation_starts():
    out, back = (
        fan([Spoke("A", "a", "enables", outgoing=outgoing, suggested=False)], suggested="").strokes[0].head.split()
        for outgoing in (True, False)
    )
    assert float(out[0]) > float(out[2])
    assert float(back[0]) < float(back[2])


def test_tension_zigzags():
    path = fan([Spoke("A", "a", "tensions_with", outgoing=True, suggested=False)], suggested="").strokes[0].path
    assert path.count(" ") > 10


def test_an_empty_neighbourhood_is_one_dot():
    picture = fan([], suggested="")
    assert (len(picture.dots), picture.kinds, picture.has_suggested) == (1, (), False)
