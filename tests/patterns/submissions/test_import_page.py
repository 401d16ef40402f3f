"""Bringing a file: it opens in the editor, and what cannot be read is said by line with its text kept."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from patterns.format import parse
from patterns.models import Submission
from tests.factories.library import make_user
from tests.factories.writing import fields

pytestmark = pytest.mark.django_db
FILE = "---\nid: pat_q\ntitle: بئر مشتركة\nsummary: S\nodd: {deep: [1, 2]}\n---\n\nOpen.\n\n## Context\n\nWords.\n"


@pytest.fixture
def address():
    return reverse("import_file")


def upload(client, address, data, name="well.md"):
    return client.post(address, {"file": SimpleUploadedFile(name, data)})


def test_a_file_opens_in_the_editor_and_is_sent_as_it_was(client, address):
    client.force_login(make_user())
    response = upload(client, address, FILE.encode())
    assert response.status_code == 200
    assert response.context["work"].address == "/contribute/pattern/"
    looked = client.post("/contribute/pattern/", fields(response) | {"action": "preview", "consent": "on"})
    client.post("/contribute/pattern/", fields(looked) | {"action": "send", "consent": "on"})
    assert Submission.objects.get().text == FILE


def test_a_pasted_lighthouse_opens_as_one(client, address):
    response = client.post(address, {"text": "---\r\ntitle: Town\r\npatterns_used: [Well]\r\n---\r\nTown.\r\n"})
    assert response.context["work"].address == "/contribute/lighthouse/"
    assert "\r" not in response.context["sections"][0].part.text


def test_remarks_of_the_reader_stand_above_the_editor(client, address):
    response = client.post(address, {"text": "---\ntitle: A: b\nsummary: x\n---\n\nWords.\n"})
    page = response.content.decode()
    assert response.status_code == 200
    assert "Line 2" in page


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"\x89PNG\x00\xff", "not a text in UTF-8"), (b"", "empty"), (b"---\ntitle: x\n", "never closed"),
     (b"---\ntitle: a\x00b\n---\n", "NUL"), (b"---\na: &a [x]\nb: *a\n", "never closed")],
)  # fmt: skip
def test_what_cannot_be_read_is_said_and_nothing_breaks(client, address, data, said):
    response = upload(client, address, data)
    assert response.status_code == 422
    assert said in response.content.decode()


def test_an_unreadable_text_stays_in_its_box(client, address):
    response = client.post(address, {"text": "---\ntitle: x\n</textarea><script>alert(1)</script>"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "&lt;/textarea&gt;" in page
    assert "<script>alert" not in page


def test_a_yaml_bomb_costs_nothing(client, address):
    bomb = "---\ntitle: x\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40)) + "---\n"
    assert client.post(address, {"text": bomb}).status_code in {200, 422}
    deep = "---\ntitle: " + "[" * 5000 + "\n---\n"
    assert client.post(address, {"text": deep}).status_code == 422


def test_a_body_of_five_megabytes_gets_a_clear_answer(client, address):
    response = upload(client, address, b"---\ntitle: x\n---\n" + b"word " * 1_000_000)
    assert response.status_code == 422
    assert "longer than" in response.content.decode()
    too_large = client.post(address, {"text": "x" * 7_000_000})
    assert too_large.status_code == 413


def test_ten_thousand_relations_open(client, address):
    many = "".join(f"    - pattern-{number}\n" for number in range(10_000))
    response = client.post(address, {"text": f"---\ntitle: Many\nrelationships:\n  enables:\n{many}---\n\nWords.\n"})
    assert response.status_code == 200
    text = client.post("/contribute/pattern/", fields(response) | {"action": "preview"}).context["proposal"].text
    assert len(parse(text).references) == 10_000


def test_too_many_at_once_keep_their_text(client, address, settings):
    settings.LIMITS = {"UPLOAD": "0"}
    response = client.post(address, {"text": FILE})
    assert response.status_code == 429
    assert "Words." in response.content.decode()
