"""No text that anybody can write runs or loads anything on any page, in any file for machines, or in any mail.

Two hundred and more payloads through every render path, over HTTP; tests/e2e/test_hostile.py opens them in a browser.
"""

import re
from functools import partial
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.core import mail
from django.test import Client

from feedback.judging import cases
from patterns import blocklist, flags, review, submissions
from patterns.enums import Role, SubmissionKind
from patterns.models import FlagCase, ReviewItem
from patterns.people import bans
from tests.factories.answers import make_answer
from tests.factories.collecting import make_collection
from tests.factories.hostile import PAYLOADS, documents, lines, storable
from tests.factories.judging import item_of, judge, show
from tests.factories.library import add_revision, make_lighthouse, make_pattern, make_relation, make_user, suits
from tests.factories.questions import decide as let_through
from tests.factories.questions import offer, publish
from tests.factories.writing import form_over, trap
from tests.patterns.safety.judging import wrong_with

pytestmark = pytest.mark.django_db
CHUNK = 24
CHUNKS = [PAYLOADS[start : start + CHUNK] for start in range(0, len(PAYLOADS), CHUNK)]
DOCUMENTS = list(documents(CHUNK))
in_chunks = pytest.mark.parametrize("number", range(len(CHUNKS)))


def test_there_are_more_than_two_hundred() -> None:
    assert len(PAYLOADS) >= 200
    assert sum("hit()" in one for one in PAYLOADS) >= 150


def harmless(response: Any, *, status: int = 200) -> str:
    """The page as text, once it was found to be as it should."""
    html = response.content.decode()
    assert response.status_code == status, html[:400]
    assert "script-src" in response.headers["Content-Security-Policy"]
    assert wrong_with(html) == []
    return html


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def hostile_pattern(payload: str, number: int, body: str = "") -> Any:
    """A pattern that says `payload` wherever a pattern says anything."""
    cut = partial(lines, payload)
    author = make_user(cut(120))
    return make_pattern(
        cut(300), body or f"## {cut(200)}\n\n{storable(payload)}\n", slug=f"h-{number}", summary=cut(2000),
        aliases=[cut(300)], domain=cut(120), categories=[cut(120)], commons_domains=[cut(120)],
        lifecycle_status=cut(60), universality=cut(60), library=_library(payload),
        revision={"author": author, "license": cut(80), "attribution": cut(500), "message": cut(500),
                  "front": {"title": "x", "contributors": cut(200), "resources": [{"url": cut(200)}]}},
    )  # fmt: skip


def _library(payload: str) -> Any:
    from tests.factories.library import make_library

    return make_library("hostile", title=lines(payload, 200), license=lines(payload, 80), attribution=storable(payload))


@in_chunks
def test_every_field_of_a_pattern_is_only_words_on_its_page(client: Client, number: int) -> None:
    for place, payload in enumerate(CHUNKS[number]):
        hostile_pattern(payload, place)
        html = harmless(client.get(f"/patterns/h-{place}/"))
        assert "og:title" in html, payload


@in_chunks
def test_a_body_of_payloads_is_only_words_wherever_it_is_shown(client: Client, number: int) -> None:
    payload = CHUNKS[number][0]
    pattern = hostile_pattern(payload, 1, DOCUMENTS[number])
    other = hostile_pattern(CHUNKS[number][-1], 2, DOCUMENTS[number])
    make_relation(pattern, "requires", other, evidence=storable(payload))
    make_relation(pattern, lines(payload, 60), other, evidence=DOCUMENTS[number], state="suggested")
    suits(pattern, "archetype", lines(payload, 160), 0.9, storable(payload))
    add_revision(pattern, DOCUMENTS[number - 1], message=lines(payload, 500), author=make_user(lines(payload, 120)))
    house = make_lighthouse(lines(payload, 300), DOCUMENTS[number], slug="l-1", tagline=lines(payload, 200),
                            uses=(pattern, storable(payload)[:300]))  # fmt: skip
    for address in (
        "/patterns/h-1/", "/patterns/h-1/?suggested=yes", "/patterns/h-1/history/",
        "/patterns/h-1/r/1/?start=4&end=900",
        "/patterns/h-1/compare/?from=1&to=2", "/patterns/h-1/card/", "/cards/h-1/1/", "/patterns/h-1/edit/",
        "/relations/", "/relations/h-1/?suggested=yes", "/relations/h-1/prerequisites/", "/relations/h-1/to/h-2/",
        "/patterns/", "/constellations/", "/lighthouses/", f"/lighthouses/{house.slug}/", "/lighthouses/l-1/r/1/",
        "/lighthouses/l-1/history/", "/", "/wanted/",
    ):  # fmt: skip
        harmless(client.get(address))


@in_chunks
def test_files_for_machines_hold_words_and_no_markup_of_theirs(client: Client, number: int) -> None:
    for place, payload in enumerate(CHUNKS[number][:6]):
        hostile_pattern(payload, place, DOCUMENTS[number])
    make_lighthouse(lines(CHUNKS[number][0], 300), DOCUMENTS[number], slug="l-1")
    for address in ("/feed/", "/sitemap.xml", "/sitemap-patterns.xml"):
        response = client.get(address)
        assert response.status_code == 200
        tree = ET.fromstring(response.content)  # noqa: S314 - our own feed
        for one in tree.iter():
            assert one.tag.rpartition("}")[2] not in {"script", "img", "svg", "iframe"}
            if one.attrib.get("type") == "html":
                assert wrong_with(one.text or "") == []
    for address in ("/llms.txt", "/robots.txt", "/patterns/h-0/text/", "/lighthouses/l-1/text/",
                    "/patterns/h-0/cite/bibtex/", "/patterns/h-0/cite/ris/"):  # fmt: skip
        response = client.get(address)
        assert response.status_code in {200, 404}
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        if response.status_code == 200:
            assert not response.headers["Content-Type"].startswith("text/html"), address
        assert "\n" not in response.headers.get("Content-Disposition", "")


@in_chunks
def test_what_is_searched_for_is_only_words(client: Client, number: int) -> None:
    for payload in CHUNKS[number]:
        harmless(client.get("/patterns/", {"domain": payload[:2000], "tier": payload[:200], "sort": payload[:200]}))
    for payload in CHUNKS[number][::6]:
        harmless(client.get("/questions/", {"q": payload[:1000], "domain": payload[:1000]}))
        harmless(client.get("/ask/", {"question": payload[:1000], "about": payload[:1000]}))
        shown = client.get(f"/patterns/{storable(payload).replace('/', '_')[:60]}-x/")
        harmless(shown, status=404) if shown.status_code == 404 else None


@in_chunks
def test_a_submission_is_only_words_on_its_way_through_review(number: int) -> None:
    payload = CHUNKS[number][number % len(CHUNKS[number])]
    author, reviewer = make_user(lines(payload, 120)), make_user(lines(payload, 120), roles=[Role.REVIEWER])
    pattern = make_pattern("Ground", slug="ground")
    client = signed_in(author)
    form = form_over(pattern.current, key="k" * 16)
    place = next(name for name, text in form.items() if name.startswith("section-") and text)
    form |= {"title": payload[:300], "summary": payload[:2000], "note": payload[:500], "consent": "on",
             "action": "preview", place: DOCUMENTS[number].replace("\ufffd", "\0")}  # fmt: skip
    response = client.post("/patterns/ground/edit/", form)
    harmless(response, status=response.status_code)
    assert response.status_code in {200, 422}
    text = pattern.current.source[: pattern.current.body_start] + DOCUMENTS[number]
    draft = submissions.save_draft(
        author=author, kind=SubmissionKind.EDIT, title=lines(payload, 300), text=text, pattern=pattern,
        based_on=pattern.current, note=storable(payload), consent=True,
    )  # fmt: skip
    item = review.open_item("edit", object_id=draft.pk, title=draft.title, author=author, reasons=[storable(payload)])
    harmless(client.get(f"/submissions/{draft.pk}/"))
    harmless(client.get("/submissions/"))
    desk = signed_in(reviewer)
    harmless(desk.get("/review/"))
    harmless(desk.get(f"/review/{item.pk}/"))
    refused = {"decision": "decline", "version": 99, "reason": payload}
    harmless(desk.post(f"/review/{item.pk}/decide/", refused), status=409)


@in_chunks
def test_questions_and_answers_are_only_words(client: Client, number: int) -> None:
    some = [storable(one) for one in CHUNKS[number]]
    sentences = [
        {"text": one, "citations": [1], "support": "weak", "block": place, "form": form, "label": one[:80]}
        for place, one in enumerate(some)
        for form in ("text", "step")
    ]
    cited = make_pattern(lines(some[0], 300), DOCUMENTS[number], slug="cited")
    answer = make_answer(some[0], "\n".join(some), cites=(cited,), sentences=sentences, generator=some[1][:120])
    harmless(client.get(answer.get_absolute_url()))
    harmless(client.get(f"/answers/{answer.public_id}/correction/"))
    public = publish(f"What is {some[2][:300]}?", some[3], cites=(cited,))
    harmless(client.get(public.get_absolute_url()))
    harmless(client.get("/questions/"))


@in_chunks
def test_what_reviewers_read_and_say_of_answers_is_only_words(number: int) -> None:
    some = [storable(one) for one in CHUNKS[number]]
    asker, curator = make_user(lines(some[0], 120)), make_user(roles=[Role.CURATOR])
    cited = make_pattern(lines(some[1], 300), slug="cited-too")
    route = {"kind": "semantic", "why": some[3]}
    values = {"text": "\n".join(some), "cites": (cited,), "generator": some[2][:120], "route": route}
    answer = make_answer(some[4], asker=asker, **values)
    show(answer, comment=some[5][:1900])
    cases.look(answer_id=answer.pk)
    item, desk, mine = item_of(answer), signed_in(curator), signed_in(asker)
    harmless(desk.get(f"/review/{item.pk}/"))
    judge(answer, reason=some[6][:3000].strip() or "x")
    harmless(mine.get(f"/answers/{answer.public_id}/rating/"))
    public = offer(f"What is {some[7][:300]}?", some[8], cites=(cited,), by=asker)
    type(public).objects.filter(pk=public.pk).update(training=True)
    let_through(public)
    harmless(desk.get(f"/review/{ReviewItem.objects.get(kind='training_row').pk}/"))
    harmless(mine.get(f"/questions/{public.pk}/rating/"))


@in_chunks
def test_what_is_said_of_people_and_things_is_only_words(number: int) -> None:
    some = [storable(one) for one in CHUNKS[number]]
    admin = make_user(lines(some[0], 120), roles=[Role.ADMIN])
    pattern = make_pattern(lines(some[1], 300), slug="flagged", revision={"author": make_user(lines(some[2], 120))})
    reader = make_user(lines(some[3], 120), roles=[Role.CONTRIBUTOR])
    for one in some[:4]:
        flags.flag("pattern", "flagged", reason="other", words=one[:900], by=make_user(roles=[Role.CONTRIBUTOR]))
    made, _new = flags.flag("pattern", "flagged", reason="wrong", words=some[4][:900], by=reader)
    item = ReviewItem.objects.get(kind="flag", object_id=made.case_id)
    desk, mine = signed_in(admin), signed_in(reader)
    harmless(mine.get("/flags/new/?of=pattern:flagged"))
    harmless(desk.get(f"/review/{item.pk}/"))
    flags.decide(made.case, outcome="warned", reason=some[5][:3000] or "x", reviewer=admin, version=item.version)
    harmless(mine.get("/flags/"))
    harmless(signed_in(pattern.current.author).get("/flags/"))
    bans.ban(reader, reason=some[6][:1900] or "x", until=None, by=admin)
    blocklist.add(kind="word", value="abc" + some[7][:60], reason=some[8][:1900] or "x", by=admin)
    harmless(desk.get("/moderation/bans/"))
    harmless(desk.get("/moderation/bans/new/", {"name": some[9][:100], "who": some[9][:100]}), status=404)
    harmless(desk.get("/moderation/blocklist/"))
    harmless(mine.post("/flags/new/?of=pattern:flagged", {"reason": "wrong", "words": some[10][:900]}), status=403)
    assert FlagCase.objects.get().outcome == "warned"


@in_chunks
def test_collections_are_only_words_for_who_is_given_their_link(number: int) -> None:
    from patterns.collections import collecting

    some = [storable(one) for one in CHUNKS[number]]
    owner = make_user(lines(some[0], 120))
    pattern = make_pattern(lines(some[1], 300), slug="kept")
    collection = make_collection(owner, pattern, title=lines(some[2], 200))
    collection.description = some[3]
    collection.save()
    collection.items.update(note=some[4])
    share = collecting.share(collection, actor=owner)
    for address in (collection.get_absolute_url(), f"/collections/{collection.pk}/cards/", "/collections/"):
        harmless(signed_in(owner).get(address))
    harmless(Client().get(share.get_absolute_url()))
    harmless(Client().get(f"/shared/{share.token}/cards/"))


@pytest.mark.parametrize("payload", ["Subject\r\nBcc: all@evil.example", "<script>hit()</script>"])
def test_a_mail_is_plain_words_with_one_subject(client: Client, payload: str) -> None:
    make_user(payload.replace("\r\n", " "), email="her@example.org")
    client.post("/accounts/password/reset/", {"email": "her@example.org", **trap()}, HTTP_HOST="localhost")
    client.post("/accounts/password/reset/", {"email": payload, **trap()}, HTTP_HOST="localhost")
    assert mail.outbox
    for sent in mail.outbox:
        assert "\n" not in sent.subject
        assert sent.recipients() == ["her@example.org"]
        assert sent.content_subtype == "plain"
        assert not getattr(sent, "alternatives", [])


def test_the_judge_sees_what_it_should() -> None:
    """The test of the test: pages that would run something are found wrong."""
    found = [
        one
        for one in PAYLOADS
        if re.match(r"<(?:script|svg|img|iframe|style|math|form|div|object|x-)", one, re.IGNORECASE)
    ]
    unseen = [one for one in found if not wrong_with(f"<p>{one}</p>")]
    assert len(found) > 40
    assert len(unseen) < 5, unseen
