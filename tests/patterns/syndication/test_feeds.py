"""Feeds are valid Atom (RFC 4287), say what happened in words, and carry no markup that somebody wrote."""

from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from patterns.queries.changes import Change
from patterns.syndication.feeds import atom
from patterns.syndication.telling import headline, in_words

ATOM = "{http://www.w3.org/2005/Atom}"
AT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


def change(**fields) -> Change:
    known = {"verb": "new", "thing": "pattern", "title": "Shared well", "address": "/patterns/shared-well/", "at": AT}
    return Change(**({"id": "urn:uuid:2f1e7c7e-0000-5000-8000-000000000000"} | known | fields))


def feed(*changes: Change) -> ET.Element:
    return ET.fromstring(atom(changes, title="CLM", home="https://x", address="https://x/feed/", page="https://x/"))  # noqa: S314


def test_a_feed_has_what_the_standard_requires():
    found = feed(change())
    assert [found.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated")] == [
        "https://x/feed/",
        "CLM",
        "2026-11-21T09:30:00+00:00",
    ]
    assert found.find(f"{ATOM}author/{ATOM}name") is not None
    assert {one.get("rel"): one.get("href") for one in found.findall(f"{ATOM}link")} == {
        "self": "https://x/feed/",
        "alternate": "https://x/",
    }


def test_an_entry_has_what_the_standard_requires():
    entry = feed(change(who="Ada")).find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id").startswith("urn:uuid:")
    assert entry.findtext(f"{ATOM}title") == "New: Shared well"
    assert entry.findtext(f"{ATOM}updated") == "2026-11-21T09:30:00+00:00"
    assert entry.find(f"{ATOM}link").get("href") == "https://x/patterns/shared-well/"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Ada"


def test_an_empty_feed_is_the_same_at_every_reading():
    assert feed().findtext(f"{ATOM}updated") == "1970-01-01T00:00:00+00:00"


def test_an_edit_is_told_with_who_why_and_where():
    said = in_words(change(verb="changed", number=3, who="Ada", message="Adds Bilbao.", sections=("Known uses",)))
    assert said == "Revision 3, by Ada. In their words: “Adds Bilbao”. Changed sections: Known uses."


def test_an_import_is_told_with_its_counts():
    many = change(thing="", title="Commons OS", patterns=3616, lighthouses=1)
    assert headline(many) == "New: 3,616 patterns and 1 lighthouse of Commons OS"


@given(st.text(), st.text())
def test_whatever_somebody_wrote_the_feed_is_well_formed_and_its_summary_no_markup(title, message):
    entry = feed(change(verb="changed", title=title, message=message, who="<b>", summary="<script>x</script>")).find(
        f"{ATOM}entry"
    )
    assert "<" not in entry.findtext(f"{ATOM}summary")
