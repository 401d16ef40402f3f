"""The code on a card: the standard's quiet zone, the modules that the library drew, and a size that prints."""

import re

import pytest
import segno

from patterns.cards.qr import LARGEST, QUIET, code

ADDRESS = "https://library.example.org/cards/community-land-trust/3/"


def drawn(path: str, side: int) -> list[list[int]]:
    """The modules that `path` fills."""
    rows = [[0] * side for _ in range(side)]
    for x, y, width, back in re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", path):
        assert width == back
        for at in range(int(x), int(x) + int(width)):
            rows[int(y)][at] = 1
    return rows


def test_the_path_is_the_symbol_with_its_quiet_zone():
    made = code(ADDRESS)
    expected = segno.make(ADDRESS, error="q", micro=False, boost_error=True)
    assert drawn(made.path, made.side) == [list(map(int, row)) for row in expected.matrix_iter(border=QUIET)]


def test_an_ordinary_address_survives_the_loss_of_a_quarter_and_prints_large_enough():
    assert segno.make(ADDRESS, error="q", micro=False, boost_error=True).error in {"Q", "H"}
    assert code(ADDRESS).side <= LARGEST


def test_a_long_address_gives_up_redundancy_before_it_gives_up_size():
    assert code(ADDRESS + "x" * 110).side <= LARGEST


@pytest.mark.parametrize("slug", ["x" * 200, "%E6%B0%B4" * 200])
def test_the_longest_addresses_still_have_a_code(slug):
    assert code(f"https://library.example.org/cards/{slug}/123456/").path
