"""Bad input over HTTP: the right status, clear words, nothing lost, nothing leaked."""

import re
from typing import Any

import pytest
from django.test import Client

from patterns.enums import Role, SubmissionState
from patterns.models import Pattern, ReviewItem, Submission, User
from tests.factories.library import make_pattern, make_user
from tests.factories.people import make_reviewer
from tests.factories.writing import form_over, trap
from tests.patterns.safety.judging import text_of, wrong_with

pytestmark = pytest.mark.django_db
LONG_WORDS = "These are words that took an hour to write. "


@pytest.fixture
def author() -> User:
    return make_user("Ada")


@pytest.fixture
def pattern() -> Pattern:
    return make_pattern("Shared garden", slug="garden")


def signed_in(user: User, **options: Any) -> Client:
    client = Client(raise_request_exception=True, **options)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def form(pattern: Pattern, *, words: str = LONG_WORDS, action: str = "save", **more: str) -> dict[str, Any]:
    sent = form_over(pattern.current, key="a-key-of-this-form")
    texts = {name: f"{text}\n\n{words}" for name, text in sent.items() if name.startswith("section-") and text}
    return {**sent, "consent": "on", "action": action, **texts, **more}


def looked_at(client: Client, pattern: Pattern, **more: str) -> dict[str, Any]:
    """The form as it is sent after its changes were looked at."""
    page = client.post("/patterns/garden/edit/", form(pattern, action="preview", **more)).content.decode()
    digest = re.search(r'name="previewed" value="(\w+)"', page)[1]
    return form(pattern, action="send", previewed=digest, **more)


def sane(response: Any) -> str:
    """No page of an error shows how the site is made."""
    html = response.content.decode()
    assert not re.search(r"Traceback|psycopg|django\.|/site-packages/|File \"|SELECT |Exception", html)
    if "text/html" in response.headers["Content-Type"]:
        assert wrong_with(html) == []
    return html


def test_a_form_sent_twice_is_one_submission(author: User, pattern: Pattern) -> None:
    client = signed_in(author)
    sent = looked_at(client, pattern)
    first, second = (client.post("/patterns/garden/edit/", sent) for _ in range(2))
    assert first.status_code == second.status_code == 302
    assert first.headers["Location"] == second.headers["Location"]
    assert Submission.objects.count() == ReviewItem.objects.count() == 1


def test_a_session_that_ended_while_writing_keeps_the_text(author: User, pattern: Pattern) -> None:
    client = signed_in(author)
    sent = looked_at(client, pattern)
    client.logout()
    response = client.post("/patterns/garden/edit/", sent)
    assert response.headers["Location"].startswith("/accounts/login/")
    client.force_login(author, backend="django.contrib.auth.backends.ModelBackend")
    assert client.session.get("kept_writing") or LONG_WORDS.strip() in sane(client.get("/patterns/garden/edit/"))


def test_a_stale_token_keeps_the_text_of_our_own_form(author: User, pattern: Pattern) -> None:
    client = signed_in(author, enforce_csrf_checks=True)
    sent = form(pattern) | {"csrfmiddlewaretoken": "x" * 64}
    response = client.post("/patterns/garden/edit/", sent, HTTP_SEC_FETCH_SITE="same-origin")
    html = sane(response)
    assert response.status_code == 403
    assert LONG_WORDS.strip() in text_of(html)
    assert 'name="section-0"' in html
    assert f'value="{"x" * 64}"' not in html


@pytest.mark.parametrize(
    "sent_by", [{"HTTP_SEC_FETCH_SITE": "cross-site"}, {"HTTP_ORIGIN": "https://evil.example"}, {}]
)
def test_what_another_site_sent_here_is_not_offered_to_be_sent_again(
    author: User, pattern: Pattern, sent_by: dict
) -> None:
    response = signed_in(author, enforce_csrf_checks=True).post("/patterns/garden/edit/", form(pattern), **sent_by)
    html = sane(response)
    assert response.status_code == 403
    assert LONG_WORDS.strip() not in html
    assert "Send it again" not in html


def test_five_megabytes_are_taken_or_refused_in_words_and_shown_again(author: User, pattern: Pattern) -> None:
    words = LONG_WORDS * (5 * 1024 * 1024 // len(LONG_WORDS))
    response = signed_in(author).post("/patterns/garden/edit/", form(pattern, words=words, action="preview"))
    assert response.status_code in {200, 413, 422}
    html = sane(response)
    assert LONG_WORDS.strip() in html


def test_more_than_is_read_is_refused_in_words(author: User, pattern: Pattern) -> None:
    response = signed_in(author).post("/patterns/garden/edit/", form(pattern, words="x" * 7 * 1024 * 1024))
    assert response.status_code == 413
    sane(response)


def test_more_fields_than_any_form_has_are_refused_in_words(client: Client) -> None:
    response = client.post("/ask/", {f"field-{number}": "x" for number in range(3000)})
    assert response.status_code == 413
    sane(response)


@pytest.mark.parametrize("field", ["title", "summary", "note", "section-0", "key", "previewed", "base", "action"])
def test_a_sign_no_database_holds_is_no_failure(author: User, pattern: Pattern, field: str) -> None:
    response = signed_in(author).post("/patterns/garden/edit/", form(pattern, **{field: "a\0b"}))
    assert response.status_code in {200, 302, 400, 422}
    sane(response)


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("/ask/", {"question": "What\0 is it?", "anyway": "1"}),
        ("/ask/", {"question": "What is it?", "about": "a\0", "parent": "\0", "key": "\0", "anyway": "1"}),
        ("/accounts/login/", {"login": "a\0@example.org", "password": "\0"}),
        ("/accounts/signup/", {"email": "a\0@example.org", "password1": "\0"}),
        ("/accounts/password/reset/", {"email": "a\0@example.org"}),
        ("/language/", {"language": "e\0n", "next": "/\0"}),
        ("/flags/new/?of=pattern:gar%00den", {"reason": "other", "words": "a\0b"}),
        ("/flags/new/?of=pattern:garden", {"reason": "oth\0er", "words": "a\0b"}),
        ("/collections/", {"title": "a\0b"}),
    ],
    ids=lambda value: str(value)[:40],
)
def test_forms_of_everybody_take_that_sign_as_what_it_is(pattern: Pattern, address: str, sent: dict) -> None:
    for client in (Client(), signed_in(make_user())):
        response = client.post(address, trap() | sent)
        assert response.status_code < 500
        sane(response)


def test_addresses_with_it_are_no_failure_either(client: Client) -> None:
    for address in ("/patterns/?q=a%00", "/search/?q=a%00b", "/questions/?q=%00", "/patterns/a%00/", "/feed/?x=%00",
                    "/moderation/bans/new/?who=%00", "/flags/?page=%00", "/relations/a%00/"):  # fmt: skip
        assert client.get(address).status_code < 500, address


def test_an_alias_bomb_in_the_front_matter_is_refused_in_words(author: User, pattern: Pattern) -> None:
    bomb = "---\na: &a [x,x]\nb: &b [*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b]\n---\n"
    for field in ("title", "summary", "section-0"):
        response = signed_in(author).post("/patterns/garden/edit/", form(pattern, action="preview", **{field: bomb}))
        assert response.status_code in {200, 422}
        sane(response)


def test_ten_thousand_relations_are_looked_at_and_not_fallen_over(author: User, pattern: Pattern) -> None:
    many = "\n".join(f"- requires [[pattern-{number}]]" for number in range(10_000))
    response = signed_in(author).post("/patterns/garden/edit/", form(pattern, words=many, action="preview"))
    assert response.status_code == 200
    sane(response)


@pytest.mark.parametrize("title", ["حديقة مشتركة", "גן משותף", "\u202eevil\u202c", "\u2067x\u2069 </h1>", "a" * 300])
def test_titles_in_any_direction_stay_in_their_place(client: Client, title: str) -> None:
    make_pattern(title, slug="rtl")
    html = sane(client.get("/patterns/rtl/"))
    heading = re.search(r"<h1[^>]*>", html)[0]
    assert 'dir="auto"' in heading
    assert client.get("/patterns/").status_code == 200


@pytest.mark.parametrize(
    "forged",
    [{"state": "accepted"}, {"author": "1"}, {"author_id": "1"}, {"kind": "new_pattern"}, {"roles": "admin"},
     {"is_staff": "1"}, {"version": "99"}, {"decided_at": "2020-01-01"}, {"tier": "gold"}, {"payload": "{}"}],
    ids=lambda value: next(iter(value)),
)  # fmt: skip
def test_a_forged_field_is_no_field(author: User, pattern: Pattern, forged: dict) -> None:
    client = signed_in(author)
    client.post("/patterns/garden/edit/", looked_at(client, pattern) | forged)
    sent = Submission.objects.get()
    assert (sent.state, sent.author, sent.kind) == (SubmissionState.SUBMITTED, author, "edit")
    author.refresh_from_db()
    assert author.roles == []
    assert not author.is_staff
    pattern.refresh_from_db()
    assert pattern.tier == "bronze"


def test_somebody_elses_key_opens_nothing_of_theirs(author: User, pattern: Pattern) -> None:
    client = signed_in(author)
    client.post("/patterns/garden/edit/", looked_at(client, pattern))
    theirs = Submission.objects.get()
    stranger = signed_in(make_user("Eve"))
    response = stranger.post("/patterns/garden/edit/", form(pattern, words="Mine now."))
    html = sane(response)
    assert response.status_code == 403
    assert "Mine now." in html
    assert LONG_WORDS.strip() not in html
    assert theirs.author.email not in html
    theirs.refresh_from_db()
    assert theirs.author == author


def test_pages_of_others_are_not_there_and_say_nothing_of_them(author: User, pattern: Pattern) -> None:
    client = signed_in(author)
    client.post("/patterns/garden/edit/", looked_at(client, pattern))
    theirs = Submission.objects.get()
    for stranger in (Client(), signed_in(make_user("Eve"))):
        for address in (f"/submissions/{theirs.pk}/", f"/patterns/garden/edit/?submission={theirs.pk}"):
            response = stranger.get(address)
            assert response.status_code in {302, 404}
            assert LONG_WORDS.strip() not in sane(response)


def test_a_reviewers_own_work_is_refused_with_its_reason_kept(pattern: Pattern) -> None:
    me = make_reviewer("Rhea")
    client = signed_in(me)
    client.post("/patterns/garden/edit/", looked_at(client, pattern))
    item = ReviewItem.objects.get()
    response = client.post(f"/review/{item.pk}/decide/", {"decision": "accept", "version": 1, "reason": LONG_WORDS})
    assert response.status_code == 403
    assert LONG_WORDS.strip() in sane(response)
    item.refresh_from_db()
    assert item.open


@pytest.mark.parametrize("decision", ["accept", "publish", "", "ACCEPT", "accept\0", "../accept"])
def test_a_reader_decides_nothing_whatever_they_send(author: User, pattern: Pattern, decision: str) -> None:
    client = signed_in(author)
    client.post("/patterns/garden/edit/", looked_at(client, pattern))
    item = ReviewItem.objects.get()
    response = signed_in(make_user()).post(
        f"/review/{item.pk}/decide/", {"decision": decision, "version": 1, "reviewer": "1", "role": "admin"}
    )
    assert response.status_code == 403
    item.refresh_from_db()
    assert item.open


@pytest.mark.parametrize("number", ["0", "-1", "1e9", "9" * 30, "٣", "1; DROP", "%00", "null"])
def test_numbers_that_are_none_are_not_there(number: str) -> None:
    client = signed_in(make_user(roles=[Role.ADMIN]))
    for place in ("review", "submissions", "moderation/bans/{}/lift", "collections", "flags/{}/decide"):
        address = f"/{place.format(number)}/" if "{}" in place else f"/{place}/{number}/"
        assert client.post(address).status_code in {404, 405}, address


def test_an_upload_that_is_no_text_is_not_read_as_one(author: User, pattern: Pattern) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("x.md", bytes(range(256)) * 40)
    response = signed_in(author).post("/patterns/garden/edit/", form(pattern) | {"section-0": file})
    assert response.status_code == 400
    sane(response)


def test_what_is_no_form_at_all_is_refused_in_words(client: Client) -> None:
    for kind in ("application/json", "text/plain", "multipart/form-data; boundary=x", "multipart/form-data"):
        response = client.post("/ask/", b"\xff\xfe{]", content_type=kind)
        assert response.status_code in {400, 422}
        sane(response)
