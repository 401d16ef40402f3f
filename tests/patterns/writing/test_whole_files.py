"""Whole files through the editor: carried, read, quoted and joined, without a character that nobody meant."""

import base64
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patterns.format import parse
from patterns.format.reading import LIMIT
from patterns.writing import fieldsets, files
from patterns.writing.joining import joined
from patterns.writing.packing import MOST, packed, unpacked
from patterns.writing.passages import quoted, section_at
from patterns.writing.written import document_of, over, read

FILE = "---\r\ntitle:   'A  well' # odd\r\nodd key: {a: [1, ~]}\r\n---\r\n\r\nOpen.\r\n\r\n## A\n\naa\r\n\r\n## B\r\nbb"


def form_of(written):
    """What a browser sends back."""
    data = dict(written.values) | {"source": packed(written.source), "order": ",".join(p.id for p in written.parts)}
    for part in written.parts:
        data |= {f"section-{part.id}": part.text, f"heading-{part.id}": part.name}
    return {name: value if name == "source" else value.replace("\n", "\r\n") for name, value in data.items()}


@given(st.text())
def test_what_is_packed_comes_back(text):
    assert unpacked(packed(text)) == text


@pytest.mark.parametrize("line", ["!", "e30=", "é", packed("abc")[:-6], packed("abc") + "AAAA"])
def test_what_was_not_packed_here_is_refused(line):
    if line.endswith("AAAA"):
        assert unpacked(packed("abc")) == "abc"
        return
    with pytest.raises(ValueError, match="not made here"):
        unpacked(line)


def test_a_packed_bomb_is_refused():
    bomb = base64.urlsafe_b64encode(zlib.compress(b"a" * (MOST + 1))).decode()
    with pytest.raises(ValueError, match="not made here"):
        unpacked(bomb)


@given(st.lists(st.sampled_from(["## A\n", "### 1. B\r\n", "x\r\n", "\n", "  \n", "| t |\n"])).map("".join))
def test_a_form_sent_back_untouched_is_the_same_file(body):
    source = FILE + "\r\n" + body
    written = read(form_of(over(source, fieldsets.PATTERN)), fieldsets.PATTERN, base=None)
    assert document_of(written, fieldsets.PATTERN).text == source


def test_keys_the_editor_does_not_know_stay():
    written = read(form_of(over(FILE, fieldsets.PATTERN)) | {"title": "Other"}, fieldsets.PATTERN, base=None)
    assert document_of(written, fieldsets.PATTERN).text == FILE.replace("title:   'A  well' # odd", "title: Other")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not a text"),
        ("---\ntitle: Ä\n---\n".encode("latin-1"), "line 2"),
        (b"a" * (files.MOST + 1), "larger than"),
    ],
)
def test_an_upload_that_is_no_text_is_said_so(data, said):
    found = files.brought(data)
    assert not found.readable
    assert said in found.said


def test_bad_texts_are_said_by_line_and_kept():
    bomb = "---\ntitle: x\na: &a [1]\nb: [*a]\n---\n"
    nul = files.pasted("---\ntitle: a\x00b\n---\n")
    assert [one.line for one in nul.problems] == [2]
    assert "\x00" not in nul.text
    assert any(one.line == 4 for one in files.pasted(bomb).problems)
    assert not files.pasted("---\ntitle: never closed\n").readable
    assert "longer than" in files.pasted("---\n---\n" + "a" * LIMIT).problems[0].reason


def test_a_bare_text_gets_an_empty_front_matter():
    found = files.pasted("# A well\n\nWater for all.\n")
    assert (found.document.title, found.document.body.strip(), found.readable) == ("A well", "Water for all.", True)


def test_ten_thousand_relations_and_a_title_from_right_to_left():
    many = "".join(f"  - pattern-{number}\n" for number in range(10_000))
    text = f"---\ntitle: בְּאֵר\nrelationships:\n  enables:\n{many}---\n\nWater.\n"
    text = text.replace("  - ", "    - ")
    found = files.pasted(text)
    assert (len(found.document.references), found.document.title) == (10_000, "בְּאֵר")
    written = read(form_of(over(text, fieldsets.PATTERN)), fieldsets.PATTERN, base=None)
    assert document_of(written, fieldsets.PATTERN).text == text


def test_lighthouses_are_known_by_their_keys():
    assert files.pasted("---\ntitle: Town\npatterns_used: [A]\n---\n").of_lighthouse
    assert not files.pasted("---\ntitle: Town\nsummary: x\n---\n").of_lighthouse


CITED = "---\ntitle: W\n---\n## A\n\nThe water is   shared.\n\n## B\n\nbb\n"


def place_of(words):
    body = parse(CITED).body
    return body.index(words), body.index(words) + len(words)


def test_a_passage_is_found_where_it_stands_now():
    now = "---\ntitle: W\n---\nNew.\n\n## Z\n\nz\n\n## Renamed\n\nThe water is shared. More.\n"
    quote = quoted(CITED, place_of("The water is   shared."), now=now)
    assert (quote.text, quote.section, quote.still) == ("The water is   shared.", "2", True)


def test_a_passage_that_is_gone_opens_the_section_of_its_name():
    quote = quoted(CITED, place_of("The water is   shared."), now="---\ntitle: W\n---\n## A\n\nOther.\n")
    assert (quote.section, quote.still) == ("0", False)
    assert quoted(CITED, place_of("bb"), now="---\ntitle: W\n---\n## A\n\nOther.\n").section == ""


def test_a_passage_that_never_was_is_nothing():
    assert quoted(CITED, (9000, 9010), now=CITED) is None
    assert section_at("b", CITED) == "1"
    assert section_at("nowhere", CITED) == section_at("", CITED) == ""


def test_words_of_a_new_pattern_join_one_that_exists():
    pattern = parse(
        "---\nid: pat_w\ntitle: Well\nsources: [A]\n---\n\nOpen.\n\n## Context\n\nTheirs.\n\n## Sources\n\nA.\n"
    )
    draft = parse(
        "---\ntitle: My well\nsources: [A, B]\n---\n## context\n\nMine.\n\n## Limits\n\nDry years.\n\n## Sources\n"
    )
    made = joined(pattern, draft)
    assert (made.title, made.uid, made.front["sources"]) == ("Well", "pat_w", ["A", "B"])
    assert made.body == ("\nOpen.\n\n## Context\n\nTheirs.\n\nMine.\n\n## Sources\n\nA.\n\n## Limits\n\nDry years.\n\n")
