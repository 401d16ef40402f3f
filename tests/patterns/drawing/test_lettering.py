"""Labels of any title in any script stay within their room and end between words."""

from hypothesis import given
from hypothesis import strategies as st

from patterns.drawing.lettering import lettered

TITLES = st.one_of(
    st.text(max_size=300),
    st.lists(st.text(st.characters(categories=("L", "N")), min_size=1, max_size=12), max_size=12).map(" ".join),
)


def bare(line: str) -> str:
    return line.strip("\u2068\u2069")


@given(TITLES, st.integers(60, 300), st.integers(1, 3))
def test_it_fits(title, width, lines):
    found = lettered(title, size=13, width=width, lines=lines)
    assert 1 <= len(found.lines) <= lines
    assert found.width <= width


@given(TITLES, st.integers(60, 300))
def test_no_word_is_cut_without_an_ellipsis(title, width):
    found = lettered(title, size=13, width=width)
    assert found.cut == bare(found.lines[-1]).endswith("…") or title.rstrip().endswith("…")
    if not found.cut:
        assert "".join(map(bare, found.lines)).replace(" ", "") in "".join(title.split()) or not title.isprintable()


def test_a_word_longer_than_a_line_is_cut_and_says_so():
    assert bare(lettered("a" * 90, size=10, width=100).lines[0]).endswith("a…")


def test_a_title_ends_between_words():
    found = lettered("Indigenous governance of many different traditions and places", size=13, width=200)
    assert [bare(line) for line in found.lines] == ["Indigenous governance of", "many different traditions…"]


def test_a_hyphen_ends_a_line_too():
    found = lettered("Steward-ownership", size=13, width=100)
    assert [bare(line) for line in found.lines] == ["Steward-", "ownership"]


def test_scripts_without_spaces_break_anywhere():
    assert len(lettered("共有地の管理について長い題名を書く", size=13, width=150).lines) == 2


def test_marks_that_turn_text_around_are_not_drawn():
    assert bare(lettered("a\u202eb\u2066c\x00d", size=13, width=200).lines[0]) == "abcd"


def test_a_mark_is_not_parted_from_its_letter():
    line = bare(lettered("e\u0301" * 60, size=13, width=100).lines[0])
    assert line.endswith("e\u0301…")
