"""Citations hold whatever a title holds and stay readable to reference managers."""

import json
import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from patterns.citing.formats import Work, authors_of, bibtex, csl_json

anything = st.text(max_size=60)


def work(**values) -> Work:
    known = {
        "slug": "shared-well", "title": "Shared well", "authors": ("Amina Okafor", "Jan de Vries"),
        "published": date(2026, 11, 21), "revision": 3, "library": "Starter library",
        "address": "https://clm.example/patterns/shared-well/r/3/", "licence": "CC BY-SA 4.0",
    }  # fmt: skip
    return Work(**(known | values))


def test_bibtex_says_who_what_when_and_where():
    assert bibtex(work()) == (
        "@misc{shared-well-r3,\n"
        "  author = {{Amina Okafor} and {Jan de Vries}},\n"
        "  title = {{Shared well}},\n"
        "  year = {2026},\n"
        "  month = {11},\n"
        "  howpublished = {Starter library},\n"
        "  note = {Revision 3. Licence: CC BY-SA 4.0.},\n"
        "  url = {https://clm.example/patterns/shared-well/r/3/},\n"
        "}\n"
    )


def test_bibtex_writes_signs_that_latex_takes_for_orders():
    said = bibtex(work(title=r"50 % & a_b {x} \y ~ ^ #1 $"))
    assert r"50 \% \& a\_b \textbraceleft{}x\textbraceright{} \textbackslash{}y" in said
    assert r"\textasciitilde{} \textasciicircum{} \#1 \$" in said


@given(anything, st.lists(anything, max_size=3), anything, anything, anything)
def test_bibtex_keeps_its_braces_balanced_and_its_lines_whole(title, authors, library, licence, slug):
    said = bibtex(work(title=title, authors=tuple(authors), library=library, licence=licence, slug=slug))
    depth = 0
    for sign in said:
        depth += (sign == "{") - (sign == "}")
        assert depth >= 0
    assert depth == 0
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", said)
    assert all(re.match(r"(@misc\{[a-z0-9-]+,|  [a-z]+ = \{.*\},|\})\Z", line) for line in said.splitlines())


@given(anything, st.lists(anything, max_size=3), anything)
def test_csl_json_is_json_and_says_the_title(title, authors, library):
    (item,) = json.loads(csl_json(work(title="T" + title, authors=tuple(authors), library=library)))
    assert item["title"].startswith("T")
    assert item["issued"] == {"date-parts": [[2026, 11, 21]]}
    assert item["version"] == "3"


def test_a_credit_line_names_its_authors():
    assert authors_of("higgerix,  cloudsters , ") == ("higgerix", "cloudsters")
