"""What a pattern is called, where that is remembered, and how it is cited."""

import pytest
from django.test import Client

from patterns.models import MovedSlug
from tests.factories.library import add_revision, make_lighthouse, make_pattern, make_user

pytestmark = pytest.mark.django_db
BODY = "## Context\n\nPeople share a well.\n"
FRONT = {
    "title": "Shared well",
    "summary": "Agree.",
    "context_labels": {"tech": "Resource protocol", "rural": "المورد"},
}
HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture
def well():
    return make_pattern("Shared well", BODY, revision={"front": FRONT})


def page(client: Client, address: str, **extra) -> str:
    response = client.get(address, **extra)
    assert response.status_code == 200
    return response.content.decode()


def test_a_wording_becomes_the_title_and_the_title_stays_beneath(client: Client, well):
    html = page(client, "/patterns/shared-well/?wording=tech")
    assert '<h1 class="title" dir="auto">Resource protocol</h1>' in html
    assert "In this library: <bdi>Shared well</bdi>" in html
    assert '<a href="?wording=tech" aria-current="true"' in html
    assert html.count('rel="canonical"') == 1
    assert '/patterns/shared-well/">' in html.split('rel="canonical"')[1][:120]


def test_a_choice_made_here_holds_for_the_next_pattern_until_taken_back(client: Client, well):
    other = {"title": "Other", "context_labels": {"tech": "Other protocol"}}
    make_pattern("Other", BODY, revision={"front": other})
    page(client, "/patterns/shared-well/?wording=tech", **HERE)
    assert "Other protocol</h1>" in page(client, "/patterns/other/")
    page(client, "/patterns/other/?wording=", **HERE)
    assert "Other</h1>" in page(client, "/patterns/other/")


def test_nothing_is_kept_before_somebody_chooses(client: Client, well):
    for extra in ({}, {"HTTP_SEC_FETCH_SITE": "cross-site"}, {"HTTP_REFERER": "https://evil.example/"}):
        response = client.get("/patterns/shared-well/?wording=tech", **extra)
        assert "clm_wording" not in response.cookies
    assert "clm_wording" not in client.get("/patterns/shared-well/", **HERE).cookies


def test_an_older_browser_shows_by_its_referrer_that_it_was_here(client: Client, well):
    response = client.get("/patterns/shared-well/?wording=tech", HTTP_REFERER="http://testserver/patterns/shared-well/")
    kept = response.cookies["clm_wording"]
    assert (kept.value, kept["path"], kept["httponly"], kept["samesite"]) == ("tech", "/patterns/", True, "Lax")
    assert not kept["max-age"]


def test_a_wording_it_lacks_is_said_quietly(client: Client, well):
    html = page(client, "/patterns/shared-well/?wording=government")
    assert "It has no wording for <bdi>Government</bdi>, so you see its title." in html
    assert "Shared well</h1>" in html


def test_a_pattern_without_wordings_offers_to_forget_the_choice(client: Client, well):
    make_pattern("Plain", BODY)
    page(client, "/patterns/shared-well/?wording=tech", **HERE)
    assert "Use titles everywhere" in page(client, "/patterns/plain/")


@pytest.mark.parametrize("value", ["%00", "x" * 7_000, "<b>x</b>", "%ff%fe", "é" * 500, "; path=/"])
def test_any_wording_asked_for_is_answered(client: Client, well, value: str):
    html = page(client, f"/patterns/shared-well/?wording={value}", **HERE)
    assert "Shared well</h1>" in html
    assert "<b>x" not in html


@pytest.mark.parametrize("value", ["%00%ff", "x" * 3_000, '"<b>"', "tech; tech"])
def test_any_cookie_is_answered(client: Client, well, value: str):
    client.cookies["clm_wording"] = value
    assert "<b>" not in page(client, "/patterns/shared-well/")


def test_each_section_has_its_address_and_its_way_to_the_editor(client: Client, well):
    html = page(client, "/patterns/shared-well/")
    assert '<a href="#context" aria-labelledby="context" class="anchor"' in html or 'href="#context"' in html
    assert 'href="/patterns/shared-well/edit/?section=context" aria-describedby="context"' in html
    assert "edit/?section" not in page(client, well.current.get_absolute_url())


def test_a_file_without_a_summary_begins_with_its_first_words_once(client: Client):
    first = "A well that many people share needs rules that all of them had a hand in."
    body = f"### 1. Overview\n\n{first} " + "There is more to say, and it takes its time. " * 10
    pattern = make_pattern("Old", body, summary="", revision={"front": {"title": "Old"}})
    for address in ("/patterns/old/", "/patterns/old/", pattern.current.get_absolute_url()):
        article = page(client, address).partition("<article")[2]
        assert article.count(first) == 1
        assert article.index(first) < article.index('id="overview"')


def test_the_assessment_is_a_picture_and_a_table(client: Client):
    scores = {"resilience": 4.5, "vitality": 3, "overall_score": 3.8, "vitality_reasoning": "It <lives>."}
    make_pattern("Rated", BODY, revision={"front": {"ontology": {"commons_assessment": scores}}})
    html = page(client, "/patterns/rated/")
    assert '<svg class="profile" role="img"' in html
    assert '<tr><th scope="row">Resilience</th><td>4.5</td></tr>' in html
    assert "overall 3.8" in html
    assert "It &lt;lives&gt;." in html


def test_an_older_file_has_one_number(client: Client):
    make_pattern("Old", BODY, revision={"front": {"classification": {"commons_alignment": 4}}})
    html = page(client, "/patterns/old/")
    assert "4 of 5" in html
    assert "this one number and no more" in html


@pytest.mark.parametrize(
    ("stated", "shown"),
    [
        ("CC-BY-4.0", '<a href="https://creativecommons.org/licenses/by/4.0/" rel="license noopener">CC BY 4.0</a>'),
        ("Ask us", "Ask us (ask its authors what it allows)"),
    ],
)
def test_the_licence_is_linked_or_said(client: Client, stated: str, shown: str):
    make_pattern("One", BODY, revision={"license": stated})
    assert shown in page(client, "/patterns/one/")


def test_no_licence_is_said(client: Client, well):
    well.library.license = ""
    well.library.save()
    add_revision(well, BODY, license="", front=FRONT)
    assert "None is stated." in page(client, "/patterns/shared-well/")


@pytest.mark.parametrize(
    ("form", "content_type", "name"),
    [
        ("text", "text/plain; charset=utf-8", "shared-well-r1.txt"),
        ("bibtex", "application/x-bibtex; charset=utf-8", "shared-well-r1.bib"),
        ("csl-json", "application/vnd.citationstyles.csl+json", "shared-well-r1.json"),
    ],
)
def test_a_citation_is_shown_and_downloaded(client: Client, well, settings, *, form: str, content_type: str, name: str):
    settings.PUBLIC_URL = "https://clm.example"
    response = client.get(f"/patterns/shared-well/cite/{form}/")
    assert response["Content-Type"] == content_type
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert "https://clm.example/patterns/shared-well/r/1/" in response.content.decode()
    assert f"Download {name}" in page(client, "/patterns/shared-well/")


def test_an_older_revision_is_cited_as_itself(client: Client, well):
    add_revision(well, BODY, front=FRONT, author=make_user("Amina Okafor"))
    assert "Revision 2" in client.get("/patterns/shared-well/cite/text/").content.decode()
    assert "Amina Okafor" in client.get("/patterns/shared-well/cite/text/").content.decode()
    assert "Revision 1" in client.get("/patterns/shared-well/cite/text/?revision=1").content.decode()


@pytest.mark.parametrize("address", ["ris/", "bibtex/?revision=7", "bibtex/?revision=x", "bibtex/?revision=", "%00/"])
def test_a_citation_that_is_none_is_a_404_in_words(client: Client, well, address: str):
    assert client.get(f"/patterns/shared-well/cite/{address}").status_code == 404


def test_a_moved_pattern_is_cited_at_its_new_address(client: Client, well):
    MovedSlug.objects.create(slug="old", pattern=well)
    assert client.get("/patterns/old/cite/bibtex/")["Location"] == "/patterns/shared-well/cite/bibtex/"


def test_a_lighthouse_says_its_licence_and_its_permanent_address(client: Client):
    make_lighthouse("Wellstead")
    html = page(client, "/lighthouses/wellstead/")
    assert 'href="/lighthouses/wellstead/r/1/"' in html
