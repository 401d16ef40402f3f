"""Say in plain words which browser a session is used in; what it sends is long, and nobody can read it. Pure."""

import re

# The first that fits is it: nearly every browser also claims to be others.
BROWSERS = (
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Edge", r"Edg(?:e|A|iOS)?/"),
    ("Opera", r"OPR/|Opera"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Vivaldi", r"Vivaldi/"),
    ("Chromium", r"Chromium/"),
    ("Chrome", r"Chrome/|CriOS/"),
    ("Safari", r"Version/[\d.]+.*Safari/"),
    ("a program", r"^(?:curl|Wget|python-|Python/|Go-http|Java/|libwww)"),
)
SYSTEMS = (
    ("Android", r"Android"),
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Windows", r"Windows"),
    ("Mac", r"Mac OS X|Macintosh"),
    ("ChromeOS", r"CrOS"),
    ("Linux", r"Linux|X11"),
)
LONGEST = 1000  # characters that are looked at


def browser_in_words(sent: str) -> str:
    """Return such as `Firefox on Linux`, or nothing where nothing is known. No version: it would tell people apart."""
    sent = sent[:LONGEST]
    browser = _first(BROWSERS, sent)
    system = _first(SYSTEMS, sent)
    return f"{browser or 'A browser'} on {system}" if system else browser


def _first(known: tuple[tuple[str, str], ...], sent: str) -> str:
    return next((name for name, shape in known if re.search(shape, sent)), "")
