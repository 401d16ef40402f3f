"""Licences by the names people give them."""

import pytest

from patterns.citing.licences import licence


@pytest.mark.parametrize(
    ("stated", "name", "url"),
    [
        ("CC-BY-SA-4.0", "CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
        ("cc by 4.0", "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("CC BY-NC-SA 3.0", "CC BY-NC-SA 3.0", "https://creativecommons.org/licenses/by-nc-sa/3.0/"),
        ("CC0-1.0", "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("All rights reserved", "All rights reserved", ""),
        ("", "", ""),
    ],
)
def test_a_known_licence_has_its_address_and_another_its_words(stated: str, name: str, url: str):
    found = licence(stated)
    assert (found.name, found.url) == (name, url)


def test_the_first_that_says_anything_counts():
    assert licence("", "  ", "CC-BY-4.0").name == "CC BY 4.0"
