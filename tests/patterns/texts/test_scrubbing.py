"""What identifies a person goes, what only looks a little like it stays."""

import pytest

from patterns.texts.scrubbing import scrub


@pytest.mark.parametrize(
    "text",
    [
        "ada.lovelace+work@example.co.uk",
        "ada (at) example.org",
        "+49 30 1234567",
        "+1 415 555 0132",
        "0049 (30) 123 45 67",
        "030 1234567",
        "(415) 555-0132",
        "415-555-0132",
        "DE89 3704 0044 0532 0130 00",
        "192.168.20.31",
    ],
)
def test_personal_data_is_replaced_by_what_it_was(text):
    clean, counts = scrub(f"Before {text}, after.")
    assert text not in clean
    assert clean.startswith("Before [")
    assert clean.endswith("removed], after.")
    assert counts.total() == 1


@pytest.mark.parametrize(
    "text",
    [
        "founded in 1956, in the years 2015-2020",
        "1 000 000 000 people and 3.14159265",
        "ISBN 978-3-16-148410-0",
        "version 1.2.3 of the charter",
        "a budget of 12,500,000 euros",
        "between 0.25 and 0.75",
        "@buurtzorg writes @ noon",
        "see [1] [2] [3]",
        "on 2026-11-21 at 10:30",
    ],
)
def test_other_numbers_and_signs_are_left_alone(text):
    assert scrub(text)[0] == text
