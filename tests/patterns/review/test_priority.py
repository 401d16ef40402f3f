"""What makes an item pressing: points and words say the same, and age raises without anything being written."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from patterns.models.review import A_POINT
from patterns.review.priority import LEVELS, Signs, level, pressure, ranks, words

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
signs = st.builds(
    Signs, resubmitted=st.booleans(), newcomer=st.booleans(), tier=st.sampled_from(["", "bronze", "silver", "gold"]),
    domain=st.sampled_from(["", "water"]), relied=st.integers(0, 40), flags=st.integers(0, 9), asked=st.integers(0, 40),
    minutes=st.none() | st.integers(1, 90), unhelpful=st.integers(0, 9), lacks=st.integers(0, 100),
)  # fmt: skip


@dataclass
class Thing:
    priority: int = 0
    waits_since: datetime = NOW
    reasons: list = field(default_factory=list)
    signs: dict = field(default_factory=dict)

    @property
    def rank(self):
        return int(self.waits_since.timestamp()) - self.priority * A_POINT


things = st.builds(
    Thing, priority=st.integers(-5, 60), waits_since=st.integers(0, 4_000_000).map(lambda s: NOW - timedelta(seconds=s))
)


@given(signs)
def test_whatever_counts_is_said_and_whatever_is_said_counts(found):
    assert bool(found.points) == bool(found.words())


@given(signs, st.lists(st.text(max_size=20), max_size=3))
def test_signs_are_read_as_they_were_kept(found, said):
    assert Signs.read(found.kept(said)) == found


def test_signs_of_another_version_of_this_site_are_passed_over():
    assert Signs.read({"flags": 2, "moon": "full"}) == Signs(flags=2)


@given(things, things)
def test_the_rank_orders_as_the_pressure_does_now_and_at_any_later_time(one, other):
    for later in (0, 3, 400):
        at = NOW + timedelta(days=later)
        if one.rank < other.rank:
            assert pressure(one, now=at) > pressure(other, now=at)


@given(things)
def test_the_ranks_of_a_level_hold_exactly_the_things_of_that_level(thing):
    found = [
        name
        for name, _least in LEVELS
        for above, up_to in [ranks(name, now=NOW)]
        if (above is None or thing.rank > above) and (up_to is None or thing.rank <= up_to)
    ]
    assert found == [level(thing, now=NOW)]


def test_a_common_thing_that_waits_passes_a_weighty_new_one():
    common, weighty = Thing(waits_since=NOW - timedelta(days=11)), Thing(priority=20)
    assert pressure(common, now=NOW) > pressure(weighty, now=NOW)
    assert [level(one, now=NOW) for one in (common, weighty, Thing())] == ["high", "high", "usual"]


def test_the_reasons_are_sentences_and_the_wait_is_one_of_them():
    thing = Thing(
        waits_since=NOW - timedelta(days=6), signs=Signs(flags=3, newcomer=True, relied=1).kept(["Its room adds this."])
    )
    assert words(thing, now=NOW) == [
        "It has waited for 6 days.",
        "3 people flagged it.",
        "1 lighthouse or pattern relies on it.",
        "It is somebody’s first contribution: an early answer keeps a newcomer.",
        "Its room adds this.",
    ]
    assert words(Thing(reasons=["As written before."]), now=NOW) == ["As written before."]
    with translation.override("en"):
        assert words(Thing(), now=NOW) == ["First come, first served."]
