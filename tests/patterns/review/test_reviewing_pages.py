"""The pages on which one submission is talked about: both sides, hostile words, forms that fail and lose nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from patterns import publishing, review, submissions
from patterns.enums import Decision, Role
from patterns.models import Claim, Comment, Desk, Review, SavedReason
from tests.factories.library import make_user
from tests.factories.people import make_reviewer
from tests.factories.reviewing import ask_back, say, send_again, send_edit, submission_of

pytestmark = pytest.mark.django_db


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def reviewer():
    return make_reviewer("Grace")


@pytest.fixture
def desk(reviewer):
    return signed_in(reviewer)


def url(name, item, *more):
    return reverse(name, args=[item.pk, *more])


def html(response):
    return response.content.decode()


POSTS = [
    ("review_keep", (), {"reason": "x"}),
    ("review_comment", (), {"draft": "Hello", "on": "w", "key": "k"}),
    ("review_comment_act", ("{comment}", "resolve"), {}),
    ("review_comment_act", ("{comment}", "reopen"), {}),
    ("review_comment_act", ("{comment}", "delete"), {}),
]


@pytest.mark.parametrize("roles", [None, [], [Role.CONTRIBUTOR]])
@pytest.mark.parametrize(("name", "more", "values"), POSTS)
def test_strangers_change_nothing_and_learn_nothing(name, more, values, roles, client):
    item = send_edit()
    said = say(item, make_reviewer())
    if roles is not None:
        client.force_login(make_user(roles=roles))
    more = [said.pk if one == "{comment}" else one for one in more]
    response = client.post(url(name, item, *more), values)
    assert response.status_code == 302 if roles is None else response.status_code in {403, 404}
    assert "Which one?" not in html(response)
    said.refresh_from_db()
    assert (Comment.objects.count(), said.resolved_at, said.deleted_at) == (1, None, None)
    assert not Desk.objects.exists()


@pytest.mark.parametrize("roles", [None, [], [Role.CONTRIBUTOR]])
@pytest.mark.parametrize("address", ["/review/reasons/", "/review/{item}/text/1/"])
def test_strangers_read_nothing(address, roles, client):
    item = send_edit()
    if roles is not None:
        client.force_login(make_user(roles=roles))
    assert client.get(address.format(item=item.pk)).status_code in {302, 403, 404}


def test_a_reviewer_opens_a_place_comments_and_lands_on_the_comment(desk):
    item = send_edit()
    opened = desk.post(url("review_keep", item), {"place": "n.context.3", "reason": "Half a thought", "draft": ""})
    assert opened.url.endswith("on=n.context.3")
    page = html(desk.get(opened.url))
    assert 'id="writing"' in page
    assert "Half a thought" in page
    done = desk.post(
        url("review_comment", item),
        {
            "draft": "Which *one*?",
            "on": "n.context.3",
            "to": "1",
            "from": "base",
            "key": "k",
            "reason": "Half a thought",
        },
    )
    comment = Comment.objects.get()
    assert done.url.endswith(f"#comment-{comment.pk}")
    page = html(desk.get(item.get_absolute_url()))
    assert "<p>Which <em>one</em>?</p>" in page
    assert "Half a thought" in page


def test_the_author_reads_answers_and_resolves_on_their_own_page(desk, reviewer):
    item = send_edit()
    said = say(item, reviewer, "Which one?")
    author = signed_in(item.author)
    page = html(author.get(submission_of(item).get_absolute_url(), {"on": f"r.{said.pk}"}))
    assert "Which one?" in page
    assert 'id="writing"' in page
    author.post(
        url("review_comment", item), {"page": "submission", "draft": "The upper.", "on": f"r.{said.pk}", "key": "k"}
    )
    author.post(url("review_comment_act", item, said.pk, "resolve"), {"page": "submission"})
    page = html(desk.get(item.get_absolute_url()))
    assert "The upper." in page
    assert f"Resolved by {item.author.credit}" in page


HOSTILE = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)", "<style>*{display:none}</style>", "![x](https://evil.example/p.png)",
    "```mermaid\ngraph TD; A[<script>alert(1)</script>]-->B\n```", "<a id=decision name=desk>x</a>", "# Context",
    "\ue010section\ue011x\ue012", '<form id="desk" action="https://evil.example">', "[x]: javascript:alert(1)\n[x]",
    "> " * 400 + "deep", "[" * 2_000, "</textarea><script>alert(1)</script>",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("side", ["reviewer", "author"])
def test_hostile_words_are_shown_and_do_nothing(text, side, desk, reviewer):
    item = send_edit()
    said = say(item, reviewer, text)
    client, address = (
        (desk, item.get_absolute_url())
        if side == "reviewer"
        else (signed_in(item.author), submission_of(item).get_absolute_url())
    )
    for page in (html(client.get(address)), html(client.get(address, {"on": f"e.{said.pk}"}))):
        lower = page.lower()
        assert "<script>alert" not in lower
        assert "onerror=alert(1)>" not in lower.replace("&gt;", "")
        assert 'href="javascript' not in lower
        assert 'href="data:' not in lower
        assert "<style>" not in lower
        assert '<form id="desk" action="https://evil' not in lower
        assert lower.count('<form id="desk"') <= 1
        assert lower.count('id="context"') <= 1


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"draft": "", "on": "w"}, 422),
        ({"draft": "x" * 6_000, "on": "w"}, 422),
        ({"draft": "Kept words", "on": "n.nowhere.3"}, 409),
        ({"draft": "Kept words", "on": "r.999999"}, 409),
        ({"draft": "Kept words", "on": "w", "to": "99"}, 409),
        ({"draft": "Kept words", "on": "r.9999999999999999999999"}, 409),
    ],
)
@pytest.mark.parametrize("side", ["reviewer", "author"])
def test_a_comment_that_fails_keeps_its_words(values, status, side, desk):
    item = send_edit()
    client = desk if side == "reviewer" else signed_in(item.author)
    page = {} if side == "reviewer" else {"page": "submission"}
    response = client.post(url("review_comment", item), {"key": "k", **values, **page})
    assert response.status_code == status
    assert values["draft"][:5_000] in html(response)
    assert 'role="alert"' in html(response)
    assert not Comment.objects.exists()
    if side == "reviewer" and values["draft"]:
        assert values["draft"] in html(desk.get(item.get_absolute_url()))


def test_words_for_something_closed_meanwhile_are_kept(desk):
    item = send_edit()
    submissions.withdraw(submission_of(item), actor=item.author)
    response = desk.post(
        url("review_comment", item), {"draft": "Kept words", "on": "w", "key": "k", "reason": "And these"}
    )
    assert response.status_code == 409
    assert "Kept words" in html(response)
    assert "And these" in html(response)


def test_a_decision_on_what_changed_meanwhile_shows_what_and_keeps_everything(desk):
    item = send_edit()
    ask_back(item)
    item.refresh_from_db()
    send_again(item, ("valley", "upper valley"))
    values = {
        "decision": "accept", "version": 1, "to": "1", "from": "base", "reason": "My reason", "checklist": "1",
        "tick": ["better"], "ready": ["source"], "draft": "My comment", "on": "w", "key": "k",
    }  # fmt: skip
    response = desk.post(url("review_decide", item), values)
    page = html(response)
    assert response.status_code == 409
    assert "What changed since you opened it is shown below." in page
    assert '<ins><span class="visually-hidden">[added: </span>upper ' in page or "upper" in page
    assert "My reason" in page
    assert "My comment" in page
    assert 'value="better" checked' in page
    assert 'value="source" checked' in page
    assert Review.objects.count() == 1
    assert not Comment.objects.exists()


def test_accepting_with_open_questions_asks_once_and_then_accepts(desk):
    item = send_edit()
    values = {"decision": "accept", "version": item.version, "checklist": "1", "tick": ["better"], "reason": "Good"}
    asked = desk.post(url("review_decide", item), values)
    assert asked.status_code == 422
    assert "3 questions are open" in html(asked)
    assert "Accept anyway" in html(asked)
    assert "Good" in html(asked)
    assert desk.post(url("review_decide", item), values | {"sure": "1"}).status_code == 302
    author = html(signed_in(item.author).get(submission_of(item).get_absolute_url()))
    assert "Is the text better with it, everywhere it changes?" in author
    assert "left open" in author


def test_ready_made_reasons_reach_the_author_as_text(desk, reviewer):
    item = send_edit()
    own = SavedReason.objects.create(reviewer=reviewer, text="See the style guide.")
    other = SavedReason.objects.create(reviewer=make_reviewer(), text="Not mine.")
    values = {"version": item.version, "ready": ["source", f"own-{own.pk}", f"own-{other.pk}"], "reason": "Thank you."}
    desk.post(url("review_decide", item), values | {"decision": "request_changes"})
    assert Review.objects.get().reason == (
        "Please name the source of what is new, so that a reader can find it.\n\nSee the style guide.\n\nThank you."
    )
    assert "See the style guide." in html(signed_in(item.author).get(submission_of(item).get_absolute_url()))


def test_a_ready_made_reason_is_reason_enough(desk):
    item = send_edit()
    values = {"decision": "decline", "version": item.version, "ready": ["said"], "reason": ""}
    assert desk.post(url("review_decide", item), values).status_code == 302


def test_claiming_keeps_what_was_typed(desk):
    item = send_edit()
    desk.post(url("review_keep", item), {"do": "claim", "reason": "Half a thought", "tick": ["better"]})
    page = html(desk.get(item.get_absolute_url()))
    assert Claim.objects.exists()
    assert "Half a thought" in page
    assert 'value="better" checked' in page
    desk.post(url("review_keep", item), {"do": "release", "reason": "Half a thought"})
    assert not Claim.objects.exists()


def test_a_draft_can_be_thrown_away_and_the_reason_stays(desk):
    item = send_edit()
    desk.post(url("review_keep", item), {"place": "w", "draft": "Nonsense", "reason": "Kept"})
    desk.post(url("review_keep", item), {"do": "discard", "draft": "Nonsense", "on": "w", "reason": "Kept"})
    page = html(desk.get(item.get_absolute_url()))
    assert "Nonsense" not in page
    assert "Kept" in page


def test_words_on_one_desk_are_nobody_elses(desk):
    item = send_edit()
    desk.post(url("review_keep", item), {"reason": "Private thoughts", "draft": "Half", "place": "w"})
    for person in (make_reviewer(), item.author):
        client = signed_in(person)
        for address in (item.get_absolute_url(), submission_of(item).get_absolute_url()):
            assert "Private thoughts" not in html(client.get(address))


def test_own_reasons_are_added_changed_and_deleted(desk, reviewer):
    address = reverse("review_reasons")
    assert desk.post(address, {"text": "One"}).status_code == 302
    kept = SavedReason.objects.get()
    desk.post(address, {"reason": kept.pk, "text": "One, better"})
    assert "One, better" in html(desk.get(address))
    failed = desk.post(address, {"reason": kept.pk, "text": "y" * 1_200})
    assert failed.status_code == 422
    assert "y" * 1_200 in html(failed)
    desk.post(address, {"reason": kept.pk, "text": "", "delete": "1"})
    assert not SavedReason.objects.exists()
    assert desk.post(address, {"reason": 999, "text": "Somebody else's"}).status_code == 404


def test_a_reason_is_saved_from_the_desk(desk, reviewer):
    item = send_edit()
    desk.post(url("review_keep", item), {"do": "save", "reason": "Words I use again"})
    assert SavedReason.objects.get().text == "Words I use again"
    page = html(desk.get(item.get_absolute_url()))
    assert page.count("Words I use again") >= 2


def test_the_text_of_a_sending_is_plain(desk):
    item = send_edit()
    response = desk.get(url("sending_text", item, 1))
    assert response["Content-Type"].startswith("text/plain")
    assert "A well in a valley." in html(response)
    assert desk.get(url("sending_text", item, 9)).status_code == 404


def test_the_items_beside_this_one_are_a_step_away(desk):
    items = [send_edit(title=f"Pattern {number}") for number in range(3)]
    page = html(desk.get(items[1].get_absolute_url()))
    assert f'rel="prev" href="{items[0].get_absolute_url()}"' in page
    assert f'rel="next" href="{items[2].get_absolute_url()}"' in page


@pytest.mark.parametrize("count", [1, 3])
def test_both_pages_cost_the_same_for_one_comment_and_for_three(count, desk, reviewer, django_assert_num_queries):
    item = send_edit()
    for _ in range(count):
        say(item, reviewer)
        ask_back(item, reviewer=make_reviewer())
        send_again(item, ("kept", "kept well"))
    author = signed_in(item.author)
    desk.get(item.get_absolute_url())
    with django_assert_num_queries(13):
        desk.get(item.get_absolute_url())
    author.get(submission_of(item).get_absolute_url())
    with django_assert_num_queries(11):  # with the two last texts that were sent, for what changed since
        author.get(submission_of(item).get_absolute_url())


def test_an_author_who_reviews_sees_why_they_do_not_decide(client):
    author = make_reviewer()
    item = send_edit(author)
    client.force_login(author)
    page = html(client.get(item.get_absolute_url()))
    assert "This is your own work, so another person decides on it." in page
    assert 'name="decision"' not in page
    assert client.post(url("review_comment", item), {"draft": "A doubt", "on": "w", "key": "k"}).status_code == 302
    with pytest.raises(review.OwnWork):
        review.decide(item, reviewer=author, decision=Decision.ACCEPT, version=item.version)


def test_a_pattern_that_changed_meanwhile_is_told_and_can_be_compared_with(desk):
    item = send_edit()
    pattern = submission_of(item).pattern
    publishing.publish(pattern, source=pattern.current.source.replace("read aloud", "sung"), author=make_user())
    page = html(desk.get(item.get_absolute_url()))
    assert "The pattern has changed since, in other places." in page
    assert 'value="now"' in page
    assert "sung" in html(desk.get(item.get_absolute_url(), {"from": "now"}))
