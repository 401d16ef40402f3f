"""What a browser sends becomes a few plain words, and never fails."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patterns.people.browsers import browser_in_words

LINUX, WINDOWS = "Mozilla/5.0 (X11; Linux x86_64", "Mozilla/5.0 (Windows NT 10.0; Win64; x64"
CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (f"{LINUX}; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox on Linux"),
        (f"{WINDOWS}) {CHROME} Safari/537.36", "Chrome on Windows"),
        (f"{WINDOWS}) {CHROME} Safari/537.36 Edg/130.0.0.0", "Edge on Windows"),
        (f"{WINDOWS}) {CHROME} Safari/537.36 OPR/116.0.0.0", "Opera on Windows"),
        (("Mozilla/5.0 (Linux; Android 14; SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 "
         "Chrome/121.0.0.0 Mobile Safari/537.36"), "Samsung Internet on Android"),
        (("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
         "Version/17.5 Mobile/15E148 Safari/604.1"), "Safari on iPhone"),
        (("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
         "CriOS/130.0 Mobile/15E148 Safari/604.1"), "Chrome on iPhone"),
        (("Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 "
         "Safari/605.1.15"), "Safari on Mac"),
        (("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 "
         "Safari/537.36"), "Chrome on ChromeOS"),
        ("curl/8.5.0", "a program"),
        ("Mozilla/5.0 (Windows NT 10.0) Something/1", "A browser on Windows"),
        ("", ""),
    ],
)  # fmt: skip
def test_browsers_are_told_apart(sent, said):
    assert browser_in_words(sent) == said


@given(st.text())
def test_whatever_is_sent_gives_one_of_a_few_short_answers(sent):
    said = browser_in_words(sent)
    assert len(said) <= 40
    assert "<" not in said


@given(st.from_regex(r"(\d{1,3}\.){3}\d{1,3}", fullmatch=True))
def test_nothing_of_what_was_sent_is_repeated(address):
    assert address not in browser_in_words(f"{LINUX}) Firefox/1 {address}")
