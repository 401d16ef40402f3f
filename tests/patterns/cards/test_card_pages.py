"""The pages of cards, and what a card's code leads to years later."""

import re

import pytest
from django.test import Client

from patterns.cards.card import HEIGHT
from patterns.enums import PublicationState, RelationState
from patterns.models import MovedSlug
from tests.factories.collecting import make_collection
from tests.factories.library import add_revision, make_pattern, make_relation, make_user

pytestmark = pytest.mark.django_db
BODY = "## Problem\n\nNobody mends the well.\n\n## Solution\n\nTherefore, meet.\n\n## Known uses\n\nA village.\n"
FRONT = {"title": "Well", "summary": "Agree on water.", "context_labels": {"tech": "Shared cache", "<i>": "x"}}


@pytest.fixture
def well():
    return make_pattern("Well", BODY, summary="Agree on water.", revision={"front": FRONT})


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_a_card_says_what_the_pattern_says(client, well, settings):
    settings.PUBLIC_URL = "https://library.example.org"
    make_relation(well, "requires", make_pattern("Assembly"))
    make_relation(well, "enables", make_pattern("Guess"), state=RelationState.SUGGESTED)
    html = page(client, "/patterns/well/card/")
    for words in ("Agree on water.", "Nobody mends the well.", "Therefore, meet.", "Assembly", "CC BY-SA 4.0"):
        assert words in html
    assert "library.example.org/cards/well/1/" in html
    assert "Guess" not in html


def test_a_card_titled_as_others_say_it_keeps_the_librarys_title(client, well):
    html = page(client, "/patterns/well/card/?wording=tech")
    assert re.search(r'<h2 class="card-title[^>]*>Shared cache</h2>', html)
    assert "In the library: <bdi>Well</bdi>" in html


@pytest.mark.parametrize("wording", ["", "nothing", "%00", "x" * 5000, "<i>"])
def test_a_wording_that_is_none_changes_nothing_harmful(client, well, wording):
    html = page(client, f"/patterns/well/card/?wording={wording}")
    assert "<i>" not in html


def test_a_card_is_drawn_without_styles_and_its_code_is_read_aloud(client, well):
    html = page(client, "/patterns/well/card/")
    assert " style=" not in html
    assert 'class="card-code" viewBox="0 0 ' in html
    assert 'role="img" aria-label=' in html


def test_hostile_words_are_text_on_a_card(client):
    hostile = "<script>1</script>"
    pattern = make_pattern("Odd", f"## Problem\n\n{hostile}\n", summary=hostile, domain=hostile)
    assert "<script>1" not in page(client, f"{pattern.get_absolute_url()}card/")


@pytest.mark.parametrize(("state", "status"), [("published", 301), ("retired", 410)])
def test_a_moved_or_retired_pattern_has_no_card_here(client, well, state, status):
    MovedSlug.objects.create(slug="old", pattern=well)
    well.state = state
    well.save()
    assert client.get("/patterns/old/card/" if status == 301 else "/patterns/well/card/").status_code == status


@pytest.mark.parametrize("rows", [1, 5])
def test_cards_of_a_collection_cost_the_same_for_any_number(client, rows, django_assert_num_queries):
    owner = make_user()
    collection = make_collection(owner, *(f"P{n}" for n in range(rows)))
    for item in collection.items.select_related("pattern"):
        make_relation(item.pattern, "enables", make_pattern())
    client.force_login(owner)
    page(client, f"/collections/{collection.pk}/cards/")
    with django_assert_num_queries(6):
        html = page(client, f"/collections/{collection.pk}/cards/")
    assert html.count('<article class="card">') == rows
    assert html.count('<div class="sheet">') == -(-rows // 4)


def test_cards_stand_in_order_with_notes_when_asked_and_leave_out_what_is_retired(client):
    owner = make_user()
    collection = make_collection(owner, "B", "A", "C")
    collection.items.filter(title="A").update(note="Mind this one")
    collection.items.get(title="C").pattern.__class__.objects.filter(title="C").update(state=PublicationState.RETIRED)
    client.force_login(owner)
    html = page(client, f"/collections/{collection.pk}/cards/?notes=1")
    assert re.findall(r'<h2 class="card-title[^>]*>(.+?)</h2>', html) == ["B", "A"]
    assert "Mind this one" in html
    assert "1 pattern has no card" in html
    assert "Mind this one" not in page(client, f"/collections/{collection.pk}/cards/")


def test_an_up_to_date_card_says_so(client, well):
    html = page(client, "/cards/well/1/")
    assert "This card is up to date" in html
    assert "noindex" in html


def test_a_stale_card_says_what_reads_differently_and_leads_to_the_comparison(client, well):
    new = BODY.replace("meet", "meet monthly")
    add_revision(well, new, front=FRONT, message="How often")
    html = page(client, "/cards/well/1/")
    assert "This card is out of date" in html
    assert "solution" in html
    assert "How often" in html
    assert "?from=1&amp;to=2" in html


def test_a_change_that_is_not_on_the_card_leaves_it_right(client, well):
    add_revision(well, BODY.replace("A village", "Two villages"), front=FRONT)
    assert "What this card says is still so" in page(client, "/cards/well/1/")


def test_a_card_of_a_retired_pattern_says_so_and_tells_nothing_else(client, well):
    well.state = PublicationState.RETIRED
    well.save()
    html = page(client, "/cards/well/1/", 410)
    assert "taken out of the library" in html
    assert "Agree on water" not in html


def test_a_card_with_an_old_address_is_told_the_new_one(client, well):
    MovedSlug.objects.create(slug="fountain", pattern=well)
    html = page(client, "/cards/fountain/1/")
    assert "This card is up to date" in html
    assert "has moved" in html


@pytest.mark.parametrize("number", [0, 2, 10**30])
def test_a_revision_that_never_was_is_a_404_in_words(client, well, number):
    html = page(client, f"/cards/well/{number}/", 404)
    assert "There never was such a card" in html
    assert "/patterns/well/" in html


@pytest.mark.parametrize("slug", ["nothing", "%00", "a" * 300, "%F0%9F%8C%B1"])
def test_a_pattern_that_never_was_is_a_404_in_words(client, slug):
    client.get(f"/cards/{slug}/1/")
    assert client.get(f"/cards/{slug}/1/").status_code == 404


def test_checking_a_card_costs_the_same_for_any_history(client, well, django_assert_num_queries):
    for number in range(6):
        add_revision(well, BODY.replace("meet", f"meet {number}"), front=FRONT)
    with django_assert_num_queries(3):
        page(client, "/cards/well/1/")


def test_the_sizes_of_the_sheet_and_of_the_fitting_are_the_same():
    from tests.architecture.reading import ROOT

    sheet = (ROOT / "static" / "css" / "cards-print.css").read_text(encoding="utf-8")
    top, bottom = map(int, re.search(r"padding: (\d+)pt \d+pt (\d+)pt;", sheet).groups())
    assert 148.5 / 25.4 * 72 - top - bottom >= HEIGHT
