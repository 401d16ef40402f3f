"""What readers are told of doubts: after what is undoubted, with the reason in words, at a bounded cost."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from patterns.doubting import keeping, plainly
from patterns.doubting.edges import DoubtKind
from patterns.enums import RelationState
from patterns.models import RelationDoubt
from patterns.queries.doubts import told
from tests.factories.library import make_pattern, make_relation
from tests.factories.relating import suggested

pytestmark = pytest.mark.django_db
SUGGESTED = RelationState.SUGGESTED
OTHER = {"others": ["Barn", "Field"], "unnamed": ["Well"], "both": 1, "of": 2, "habit": False}
HUB = {"every": 14247, "files": 2072, "generation": "typed", "usual": 2, "title": "Hub", "in": 1322, "outlier": True}
SAYING = "Its evidence speaks of “Barn” and “Field”, not of “Well”."


def doubt(relation, kind=DoubtKind.OTHER_EVIDENCE, **facts):
    RelationDoubt.objects.filter(relation=relation, kind=DoubtKind.NONE).delete()
    return RelationDoubt.objects.create(relation=relation, kind=kind, facts=facts or OTHER)


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def well():
    """Well enables Sure; it is suggested to enable Maybe, and Noise, about which there is a doubt and more weight."""
    one = make_pattern("Well")
    make_relation(one, "enables", make_pattern("Sure"))
    suggested(one, make_pattern("Maybe"), weight=0.1)
    doubt(suggested(one, make_pattern("Noise"), weight=1.0))
    return one


@pytest.mark.parametrize("kind", plainly.SHOWN)
def test_each_kind_says_something_of_its_own_even_with_facts_of_another_version(kind):
    said = plainly.sentence(kind, {"strange": 1})
    assert said.endswith(".")
    assert [plainly.meaning(other) for other in plainly.SHOWN].count(said) == 1


def test_sentences_hold_what_they_rest_on():
    assert plainly.sentence(DoubtKind.OTHER_EVIDENCE, OTHER) == SAYING
    assert plainly.sentence(DoubtKind.BIASED_TARGET, HUB) == (
        "1,322 relations of one set of files point at “Hub”, far more than its subject explains."
    )
    part = HUB | {"outlier": False, "there": 13535, "stretch": 160, "first": 1, "patterns": 2072}
    assert "(95 %)" in plainly.sentence(DoubtKind.BIASED_TARGET, part)


def test_what_is_plainly_wrong_is_told_first_and_no_doubt_is_told_as_none():
    one, other = suggested(), suggested()
    doubt(one, DoubtKind.BIASED_TARGET, **HUB)
    doubt(one)
    RelationDoubt.objects.create(relation=other, kind=DoubtKind.NONE)
    assert {pk: [one.code for one in doubts] for pk, doubts in told([one.pk, other.pk]).items()} == {
        one.pk: ["other_evidence", "biased_target"]
    }


def test_the_page_of_a_pattern_tells_doubted_ones_apart_and_why(client: Client, well):
    html = page(client, "/patterns/well/")
    assert html.index("1 relation a machine proposed") < html.index("1 suggested relation with doubts")
    assert html.index(">Maybe<") < html.rindex(">Noise<")
    assert SAYING in html
    assert f'href="{reverse("about")}#doubts"' in html
    assert 'id="doubts"' in page(client, "/about/")


def test_the_explorer_orders_them_last_and_folds_them(client: Client, well):
    html = page(client, "/relations/well/?suggested=yes")
    (group,) = client.get("/relations/well/?suggested=yes").context["related"].groups
    assert [one.title for one in group.neighbours] == ["Sure", "Maybe", "Noise"]
    assert "1 suggested relation with doubts" in html
    assert SAYING in html
    assert SAYING not in page(client, "/relations/well/")
    assert "Suggested, with doubts" in page(client, "/relations/well/?suggested=yes&kind=enables&way=out")


def test_an_approved_relation_is_in_no_doubt_whatever_was_kept(client: Client, well):
    doubt(well.relations_out.get(state=RelationState.APPROVED))
    html = page(client, "/relations/well/?suggested=yes")
    assert html.count(SAYING) == 1


def test_of_two_that_say_the_same_the_undoubted_is_shown(client: Client):
    one, other = make_pattern("One"), make_pattern("Other")
    doubt(suggested(one, other, weight=1.0, evidence="Noise."))
    suggested(one, other, weight=0.1, evidence="Sense.")
    html = page(client, "/relations/one/?suggested=yes")
    assert "Sense." in html
    assert "Noise." not in html


def test_prerequisites_fold_what_is_in_doubt_and_prefer_what_is_not(client: Client):
    one, two, deep = make_pattern("One"), make_pattern("Two"), make_pattern("Deep")
    doubt(suggested(one, two, kind="requires"))
    doubt(suggested(one, deep, kind="requires", weight=1.0))
    suggested(one, deep, kind="requires", weight=0.1, stands_at="")
    found = client.get("/relations/one/prerequisites/?suggested=yes").context["found"].needs
    assert [one.name.title for one in found.layers[0].plain] == ["Deep"]
    assert [one.name.title for one in found.layers[0].doubted] == ["Two"]
    html = page(client, "/relations/one/prerequisites/?suggested=yes")
    assert "1 suggested relation with doubts" in html
    assert SAYING in html


def test_a_way_without_doubts_comes_before_a_weightier_one_with_them(client: Client):
    one, two, noise, sense = (make_pattern(title) for title in ("One", "Two", "Noise", "Sense"))
    doubt(suggested(one, noise, weight=1.0))
    suggested(noise, two, weight=1.0)
    suggested(one, sense, weight=0.0)
    suggested(sense, two, weight=0.0)
    response = client.get("/relations/one/to/two/?suggested=yes")
    assert [shared.name.title for shared in response.context["found"].shared] == ["Sense", "Noise"]
    assert response.content.decode().count(SAYING) == 1


@pytest.mark.parametrize(
    "asked", [{"QUERY_STRING": "format=json"}, {"HTTP_ACCEPT": "application/json"}], ids=["format", "accept"]
)
def test_programs_get_codes_and_words(client: Client, well, asked):
    response = client.get("/relations/well/", **asked)
    assert response["Content-Type"] == "application/json"
    assert "Accept" in response["Vary"]
    found = json.loads(response.content)
    assert (found["total"], found["page"], found["pages"]) == (3, 1, 1)
    assert [(one["title"], one["state"], [doubt["code"] for doubt in one["doubts"]]) for one in found["relations"]] == [
        ("Sure", "approved", []), ("Maybe", "suggested", []), ("Noise", "suggested", ["other_evidence"]),
    ]  # fmt: skip
    assert found["relations"][2]["doubts"][0]["words"] == SAYING


def test_plain_text_has_them_under_headings_in_english_whatever_the_visitor_reads(client: Client, well):
    response = client.get("/relations/well/?format=text", HTTP_ACCEPT_LANGUAGE="de")
    text = response.content.decode()
    assert response["Content-Type"].startswith("text/markdown")
    assert (
        text.index("## Approved") < text.index("## Suggested, not reviewed") < text.index("## Suggested, with doubts")
    )
    assert f"Doubt: {SAYING}" in text
    assert "/relations/well/?format=text" in client.get("/patterns/well/text/").content.decode()
    assert "/relations/SLUG/?format=text" in client.get("/llms.txt").content.decode()


def test_hostile_words_stay_words_in_plain_text(client: Client):
    one = make_pattern("One")
    suggested(one, make_pattern("[x](javascript:1)", slug="other"), evidence="# Heading\n\n<script>1</script>")
    text = client.get("/relations/one/?format=text").content.decode()
    assert "[x](javascript" not in text
    assert "\n# Heading" not in text
    assert "<script>" not in text


@pytest.mark.parametrize("query", ["format=json&page=2", "format=text&page=99"])
def test_a_page_that_is_not_there_is_a_404(client: Client, well, query):
    assert client.get(f"/relations/well/?{query}").status_code == 404


@pytest.mark.parametrize("rows", [3, 30])
@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/patterns/hub/", 5),
        ("/relations/hub/?suggested=yes", 4),
        ("/relations/hub/?suggested=yes&kind=enables&way=in", 4),
        ("/relations/hub/?format=json", 3),
        ("/relations/hub/?format=text", 3),
        ("/relations/hub/prerequisites/?suggested=yes", 6),
        ("/relations/hub/to/other/?suggested=yes", 10),
    ],
)
def test_queries_do_not_grow_with_the_doubts(client: Client, django_assert_num_queries, rows, address, queries):
    hub, other = make_pattern("Hub"), make_pattern("Other")
    for _ in range(rows):
        middle = make_pattern()
        doubt(suggested(middle, hub))
        doubt(suggested(middle, hub, kind="requires"))
        suggested(middle, other)
    client.get("/relations/hub/")
    client.get("/patterns/hub/?relations=all")  # its text is rendered
    with django_assert_num_queries(queries):
        client.get(address)


def test_three_hundred_suggested_relations_make_no_long_page(client: Client):
    hub = make_pattern("Hub")
    few = page(client, "/patterns/hub/")
    for number in range(300):
        one = suggested(make_pattern(), hub, evidence="It is said to help, " * 20)
        if number % 2:
            doubt(one, DoubtKind.BIASED_TARGET, **HUB)
    make_relation(hub, "complements", make_pattern("Sure"))
    html = page(client, "/patterns/hub/")
    assert "150 suggested relations with doubts" in html
    assert html.count("far more than its subject explains") == 12
    assert len(html) < len(few) + 40_000
    assert len(page(client, "/relations/hub/?suggested=yes")) < 60_000


def test_doubts_worked_out_from_a_biased_library_reach_the_page(client: Client):
    patterns = [make_pattern(f"{letter}{number:02}") for letter in "ABCDEFGHIJKLM" for number in range(10)]
    for one in patterns[10:]:
        suggested(one, patterns[0], stands_at="relationships.enables[0]")
    for other in patterns[1:6]:
        suggested(patterns[20], other, stands_at="relationships.enables[1]")
    keeping.refresh()
    html = page(client, f"/relations/{patterns[0].slug}/?suggested=yes")
    assert "120 suggested relations with doubts" in html
    assert "120 relations of one set of files point at “A00”" in html
