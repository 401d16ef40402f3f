"""Lighthouses written on the site: new ones and edits, accepted with adoptions, merged with what stands by now."""

import pytest
from django.test import Client
from django.urls import reverse

from patterns.enums import ChangeKind
from patterns.lighthouses.publishing import publish_lighthouse, publish_new_lighthouse
from patterns.models import Adoption, AuditEntry, LibraryChange, Lighthouse, ReviewItem, Submission
from patterns.publishing import Unpublishable
from patterns.review import NotNow, decide
from tests.factories.library import make_lighthouse, make_pattern, make_user
from tests.factories.people import make_reviewer
from tests.factories.writing import change, fields

pytestmark = pytest.mark.django_db
NEW = "/contribute/lighthouse/"
SOURCE = (
    "---\ntitle: Well Town\ntype: city\nfounded: 1275\npatterns_used: [Well, Nowhere]\n---\n\n## Overview\n\nTown.\n"
)


@pytest.fixture
def author(client):
    user = make_user("Ada")
    client.force_login(user)
    return user


@pytest.fixture
def town():
    return make_lighthouse(
        "Town", "## Overview\n\nA small town.\n\n## Limits\n\nIt is dry.\n", uses=(make_pattern("Well"),)
    )


def send(client, address, values):
    looked = client.post(address, values | {"action": "preview", "consent": "on"})
    return client.post(address, fields(looked) | {"action": "send", "consent": "on"})


def accept(item=None):
    item = item or ReviewItem.objects.get(open=True)
    return decide(item, reviewer=make_reviewer(), decision="accept", version=item.version)


def test_a_new_lighthouse_from_outline_to_published(client, author):
    well = make_pattern("Well")
    values = fields(client.get(NEW)) | {"title": "Well Town", "description": "Dry.", "type": "city"}
    values |= {"patterns_used": "Well\r\nNowhere", "section-0": "A town."}
    send(client, NEW, values)
    item = ReviewItem.objects.get()
    reader = Client()
    reader.force_login(make_reviewer())
    assert "A town." in reader.get(item.get_absolute_url()).content.decode()
    accept(item)
    lighthouse = Lighthouse.objects.get()
    assert (lighthouse.title, lighthouse.kind, lighthouse.slug) == ("Well Town", "city", "well-town")
    uses = list(Adoption.objects.values_list("reference", "pattern_id"))
    assert uses == [("Well", well.pk), ("Nowhere", None)]
    assert lighthouse.current.author == author
    assert lighthouse.get_absolute_url() in client.get(Submission.objects.get().get_absolute_url()).content.decode()


def test_an_edit_of_a_lighthouse_is_published_as_its_next_revision(client, author, town):
    address = reverse("edit_lighthouse", args=[town.slug])
    send(client, address, change(fields(client.get(address)), "small", "large"))
    accept()
    town.refresh_from_db()
    assert (town.current.number, "A large town." in town.current.body) == (2, True)


def test_two_edits_of_a_lighthouse_meet_only_in_one_section(client, author, town):
    address = reverse("edit_lighthouse", args=[town.slug])
    mine = change(fields(client.get(address)), "small", "large")
    publish_lighthouse(town, source=town.current.source.replace("dry", "wet"), author=make_user(), by=make_user())
    response = client.post(address, mine | {"action": "preview"})
    assert "in other places" in response.content.decode()
    assert response.context["conflicts"] == []
    publish_lighthouse(town, source=town.current.source.replace("small", "tiny"), author=make_user(), by=make_user())
    response = client.post(address, fields(response) | {"action": "send", "consent": "on"})
    assert response.status_code == 409
    assert "A tiny town." in response.content.decode()
    assert "A large town." in response.content.decode()


def test_a_conflict_found_at_the_decision_publishes_nothing(client, author, town):
    address = reverse("edit_lighthouse", args=[town.slug])
    send(client, address, change(fields(client.get(address)), "small", "large"))
    publish_lighthouse(town, source=town.current.source.replace("small", "tiny"), author=make_user(), by=make_user())
    reader = Client()
    reader.force_login(make_reviewer())
    item = ReviewItem.objects.get()
    assert "cannot be accepted like this" in reader.get(item.get_absolute_url()).content.decode()
    with pytest.raises(NotNow, match="Overview"):
        accept(item)
    town.refresh_from_db()
    assert town.current.number == 2


def test_publishing_writes_revision_adoptions_log_and_audit_once():
    author, by = make_user("Ada"), make_user("Rita")
    lighthouse = publish_new_lighthouse(source=SOURCE, author=author, by=by, message="First")
    revision = lighthouse.current
    assert (revision.number, revision.author_name, revision.message, lighthouse.founded) == (1, "Ada", "First", "1275")
    assert publish_lighthouse(lighthouse, source=SOURCE, author=author, by=by) == revision
    second = publish_lighthouse(lighthouse, source=SOURCE.replace("[Well, Nowhere]", "[Other]"), author=author, by=by)
    assert (second.number, second.based_on) == (2, revision)
    assert [one.reference for one in lighthouse.adoptions.all()] == ["Other"]
    assert LibraryChange.objects.filter(kind=ChangeKind.LIGHTHOUSE_PUBLISHED).count() == 2
    assert set(AuditEntry.objects.values_list("action", "actor")) == {
        ("published new lighthouse", by.pk), ("published lighthouse", by.pk)
    }  # fmt: skip
    assert publish_new_lighthouse(source=SOURCE, author=author, by=by).slug == "well-town-2"


@pytest.mark.parametrize("source", ["no front matter", "---\ntype: city\n---\n"])
def test_what_is_no_lighthouse_is_not_published(source):
    with pytest.raises(Unpublishable):
        publish_new_lighthouse(source=source, author=make_user(), by=make_user())
    assert not Lighthouse.objects.exists()


def test_a_lighthouse_that_is_not_there_is_a_404(client):
    assert client.get("/lighthouses/nowhere/edit/").status_code == 404
    assert client.post("/lighthouses/nowhere/edit/").status_code == 404


def test_its_page_leads_to_the_editor(client, town):
    page = client.get(town.get_absolute_url()).content.decode()
    assert f'href="/lighthouses/{town.slug}/edit/?section=overview"' in page
