"""What somebody types finds what it means: exact titles first, slips forgiven, other names told apart."""

import time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from inference.titles.index import Entry, How, TitleIndex
from inference.titles.ranking import MOST, rank
from inference.words.folding import fold

REAL = (
    "Steward-Ownership", "Stewardship Rotation", "Self-Managing Teams", "Community Land Trust", "Land Trusts",
    "Participatory Budgeting", "Commons Charter", "Citizens' Assembly", "Repair Café", "Open-Book Management",
    "Worker Cooperative", "Platform Cooperative", "Objectives and Key Results", "Library of Things", "Food Forest",
    "Watershed Council", "Rights of Nature", "Tenants' Union", "Time Bank", "Seed Library", "Weekly Review",
    "共同体土地信托", "صندوق مشترك", "Совместное управление", "स्वराज नीति",
)  # fmt: skip
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def entry(number, title, *others, kind="pattern"):
    return Entry(kind, number, f"slug-{number}", title, ((How.TITLE, title), *others))


def index(*titles):
    return TitleIndex(entry(number, title) for number, title in enumerate(titles))


LIBRARY = TitleIndex(
    [
        *(entry(number, title) for number, title in enumerate(REAL)),
        entry(100, "Aims Agreed in Rounds", (How.ALIAS, "OKRs"), (How.WORDING, "Campaign Aims")),
        entry(101, "Buurtzorg", kind="lighthouse"),
    ]
)


def titles(query, library=LIBRARY, **options):
    return [match.name.entry.title for match in rank(query, library, **options)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("stew", "Steward-Ownership"),
        ("steward own", "Steward-Ownership"),
        ("STEWARD OWNERSHIP", "Steward-Ownership"),
        ("stewardownership", "Steward-Ownership"),
        ("self managing", "Self-Managing Teams"),
        ("teams", "Self-Managing Teams"),
        ("teams managing", "Self-Managing Teams"),
        ("repair cafe", "Repair Café"),
        ("citizens assembly", "Citizens' Assembly"),
        ("citizen assemblies", "Citizens' Assembly"),
        ("what is a time bank?", "Time Bank"),
        ("stewrad ownr", "Steward-Ownership"),
        ("participatry budg", "Participatory Budgeting"),
        ("buurtzrog", "Buurtzorg"),
        ("okr", "Aims Agreed in Rounds"),
        ("campaign aims", "Aims Agreed in Rounds"),
        ("共同", "共同体土地信托"),
        ("土地", "共同体土地信托"),
        ("مشترك", "صندوق مشترك"),
        ("совместн", "Совместное управление"),
        ("नीति", "स्वराज नीति"),
    ],
)
def test_what_is_typed_finds_what_is_meant(typed, first):
    assert titles(typed)[0] == first


@pytest.mark.parametrize("typed", ["", "   ", "\0", "zzzz qqqq", "‎", "?"])
def test_what_means_nothing_finds_nothing(typed):
    assert titles(typed) == []


def test_a_question_near_no_title_offers_what_shares_its_rare_words():
    assert titles("ownership by workers")[0] in {"Steward-Ownership", "Worker Cooperative"}
    assert titles("how do fishers share a bay in winter") == []


def test_a_kind_is_kept_to():
    assert titles("buurtzorg", kind="pattern") == []
    assert titles("buurtzorg", kind="lighthouse") == ["Buurtzorg"]


def test_one_entry_comes_once_by_its_best_name():
    library = TitleIndex([entry(1, "Land Trust", (How.ALIAS, "Land Trusts"), (How.WORDING, "Land in Trust"))])
    (match,) = rank("land", library)
    assert match.name.how is How.TITLE


def test_an_alias_that_is_meant_comes_before_titles_that_begin_with_it():
    library = TitleIndex([entry(1, "CLT Toolkit"), entry(2, "Community Land Trust", (How.ALIAS, "CLT"))])
    assert titles("clt", library) == ["Community Land Trust", "CLT Toolkit"]


def test_a_title_comes_before_a_wording_that_begins_alike():
    library = TitleIndex([entry(1, "Zoning", (How.WORDING, "Land as Code")), entry(2, "Community Land Trust")])
    assert titles("land", library) == ["Community Land Trust", "Zoning"]


def test_at_most_eight_come():
    assert len(rank("circle", index(*(f"Circle {number}" for number in range(40))))) == MOST


@given(st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=30, unique=True), st.data())
def test_an_exact_title_is_always_first(names, data):
    title = data.draw(st.sampled_from(names))
    same = ["".join(word.folded for word in fold(name)) for name in names]
    wanted = same[names.index(title)]
    assume(wanted)
    first = rank(data.draw(st.sampled_from([title, title.upper(), f" {title} "])), index(*names))
    assume(first or title.upper() != title)
    assert first[0].name.joined == wanted or first[0].fit == 0


@st.composite
def slips(draw, title):
    """`title` with one letter too many, too few, wrong, or swapped with its neighbour."""
    place = draw(st.integers(0, len(title) - 2))
    letter = draw(st.sampled_from(LETTERS))
    return draw(
        st.sampled_from(
            [
                title[:place] + letter + title[place:],
                title[:place] + title[place + 1 :],
                title[:place] + letter + title[place + 1 :],
                title[:place] + title[place + 1] + title[place] + title[place + 2 :],
            ]
        )
    )


@given(st.sampled_from([title for title in REAL if len(title) >= 6]), st.data())
@settings(max_examples=300)
def test_one_slip_in_a_title_still_finds_it(title, data):
    assert title in titles(data.draw(slips(title)))[:3]


WORD = st.text(alphabet="abcdeélnrst", min_size=2, max_size=7)


@given(st.lists(st.lists(WORD, min_size=1, max_size=3).map(" ".join), min_size=2, max_size=25), st.data())
@settings(max_examples=150)
def test_one_slip_still_finds_a_title_among_any_others_that_differ(names, data):
    joined = ["".join(word.folded for word in fold(name)) for name in names]
    title = names[0]
    assume(len(joined[0]) >= 6)
    assume(all(OSA.distance(joined[0], other) > 2 for other in joined[1:]))
    assert title in titles(data.draw(slips(title)), index(*names))[:3]


@given(st.text(max_size=400))
def test_nothing_typed_raises(query):
    rank(query, LIBRARY)


def test_a_great_deal_of_text_is_bounded_work():
    library = index(*(f"Community {word} circle {number}" for number in range(400) for word in ("land", "water")))
    started = time.process_time()
    for query in ("community " * 10_000, "a" * 100_000, "c", "x y z " * 9_000):
        rank(query, library)
    assert time.process_time() - started < 2
