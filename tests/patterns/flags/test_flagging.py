"""Flags: one a person, gathered into one matter, decided once by another person, and told to who flagged."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from patterns import flags
from patterns.enums import PublicationState, RelationState, Role
from patterns.flags.deciding import outcomes_for
from patterns.models import AuditEntry, Ban, Flag, FlagCase, Pattern, ReviewItem, User
from patterns.people import bans
from patterns.review import ReviewError, decide
from patterns.review.errors import AlreadyDecided, NotAReviewer, NotNow, OwnWork, ReasonNeeded, Stale
from tests.factories.answers import make_answer
from tests.factories.library import make_lighthouse, make_pattern, make_relation, make_user
from tests.factories.people import make_reviewer
from tests.factories.questions import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def author() -> User:
    return make_user("Ada")


@pytest.fixture
def pattern(author: User) -> Pattern:
    return make_pattern("Ground", slug="ground", revision={"author": author})


def flagged(**fields: Any) -> FlagCase:
    values = {"reason": "wrong", "by": make_user()} | fields
    return flags.flag("pattern", "ground", **values)[0].case


def item_of(case: FlagCase) -> ReviewItem:
    return ReviewItem.objects.get(kind="flag", object_id=case.pk)


def settle(case: FlagCase, outcome: str, *, by: User, reason: str = "So it is.", **more: Any) -> FlagCase:
    flags.decide(case, outcome=outcome, reason=reason, reviewer=by, version=item_of(case).version, **more)
    case.refresh_from_db()
    return case


def test_flags_of_several_people_are_one_item_that_rises(pattern: Pattern) -> None:
    case = flagged(words="The second figure is wrong.")
    usual = item_of(case).priority
    assert flagged(by=None, visitor="someone") == case
    flagged(reason="harmful", words="It burns.")
    item = item_of(case)
    assert item.priority > usual + 10
    assert item.reasons[0] == "3 people flagged it."
    assert "It says something false: “The second figure is wrong.”" in item.reasons
    assert item.author == pattern.current.author


def test_one_person_flags_a_thing_once(pattern: Pattern) -> None:
    reader = make_user()
    first, new = flags.flag("pattern", "ground", reason="wrong", by=reader)
    again, newer = flags.flag("pattern", "ground", reason="spam", words="Other words.", by=reader)
    assert (new, newer, again) == (True, False, first)
    for _ in range(2):
        flags.flag("pattern", "ground", reason="wrong", visitor="someone")
    assert Flag.objects.count() == 2
    assert item_of(first.case).version == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        Flag.objects.create(case=first.case, by=reader, reason="wrong")


@pytest.mark.parametrize(
    "wrong",
    [{"reason": "no"}, {"reason": "other"}, {"words": "x" * 1001}, {"by": None},
     {"words": "https://a.example https://b.example https://c.example https://d.example"}],
    ids=["no reason", "other without words", "too long", "nobody", "many links"],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(pattern: Pattern, wrong: dict[str, Any]) -> None:
    with pytest.raises(flags.FlagError):
        flagged(**wrong)
    assert not FlagCase.objects.exists()


def test_nobody_flags_their_own(pattern: Pattern, author: User) -> None:
    with pytest.raises(flags.FlagError, match="your own"):
        flagged(by=author)


def test_what_cannot_be_read_cannot_be_flagged(pattern: Pattern) -> None:
    Pattern.objects.update(state=PublicationState.RETIRED)
    for kind, ref in (("pattern", "ground"), ("pattern", "no"), ("secret", "1"), ("relation", "x"), ("person", "x")):
        with pytest.raises(flags.FlagError):
            flags.flag(kind, ref, reason="wrong", by=make_user())


def test_every_kind_of_thing_can_be_flagged(pattern: Pattern) -> None:
    house, person = make_lighthouse("Harbour"), make_user("Eve")
    relation, question, answer = make_relation(pattern, target=make_pattern()), publish(), make_answer()
    for kind, ref, author in (
        ("lighthouse", house.slug, None), ("relation", str(relation.pk), None),
        ("person", str(person.public_id), person),
        ("question", str(question.pk), None), ("answer", answer.public_id, None),
    ):  # fmt: skip
        case = flags.flag(kind, ref, reason="wrong", by=make_user())[0].case
        assert case.author == author
    told = FlagCase.objects.get(kind="answer")
    assert answer.question.text not in told.title


@pytest.mark.parametrize("outcome", ["nothing", "mended", "warned"])
def test_a_reviewer_decides_with_a_reason(pattern: Pattern, outcome: str) -> None:
    case = settle(flagged(), outcome, by=make_reviewer())
    assert (case.outcome, case.answer) == (outcome, "So it is.")
    assert not item_of(case).open
    with pytest.raises(ReasonNeeded):
        settle(flagged(), outcome, by=make_reviewer(), reason=" ")


def test_a_curator_takes_it_out_and_a_reviewer_cannot(pattern: Pattern) -> None:
    case = flagged()
    with pytest.raises(NotNow):
        settle(case, "hidden", by=make_reviewer())
    case.refresh_from_db()
    assert case.outcome == ""
    settle(case, "hidden", by=make_user(roles=[Role.CURATOR]))
    pattern.refresh_from_db()
    assert pattern.state == PublicationState.RETIRED
    assert AuditEntry.objects.filter(action="retired pattern").exists()


def test_a_curator_takes_a_flagged_lighthouse_out():
    house = make_lighthouse("Harbour")
    case = flags.flag("lighthouse", house.slug, reason="wrong", by=make_user("Eve"))[0].case
    settle(case, "hidden", by=make_user(roles=[Role.CURATOR]))
    house.refresh_from_db()
    assert house.state == "retired"


def test_a_flagged_relation_is_rejected_by_a_reviewer(pattern: Pattern) -> None:
    relation = make_relation(pattern, target=make_pattern())
    case = flags.flag("relation", str(relation.pk), reason="wrong", by=make_user())[0].case
    settle(case, "hidden", by=make_reviewer())
    relation.refresh_from_db()
    assert relation.state == RelationState.REJECTED


def test_a_flagged_question_is_taken_out_by_a_reviewer() -> None:
    question = publish()
    case = flags.flag("question", str(question.pk), reason="personal", by=make_user())[0].case
    settle(case, "hidden", by=make_reviewer())
    question.refresh_from_db()
    assert (question.state, question.text) == ("removed", "")


def test_a_reviewer_proposes_a_ban_and_an_admin_lays_one_on(pattern: Pattern, author: User) -> None:
    settle(flagged(), "banned", by=make_reviewer(), ban_days=30)
    assert bans.refusal(author) is None
    assert Ban.objects.get().state == Ban.State.PROPOSED
    settle(flagged(), "banned", by=make_user(roles=[Role.ADMIN]), ban_days=0)
    assert bans.refusal(author).until is None


def test_nobody_decides_on_their_own_work_or_their_own_flag(pattern: Pattern, author: User) -> None:
    author.roles = [Role.ADMIN]
    author.save()
    flagger = make_reviewer()
    case = flagged(by=flagger)
    for who, refusal in ((author, OwnWork), (flagger, OwnWork), (make_user(), NotAReviewer)):
        for outcome in ("nothing", "mended"):
            with pytest.raises(refusal):
                settle(case, outcome, by=who)
    with pytest.raises(OwnWork):
        decide(item_of(case), reviewer=flagger, decision="decline", reason="No.", version=1)
    case.refresh_from_db()
    assert case.outcome == ""
    with pytest.raises(IntegrityError), transaction.atomic():
        FlagCase.objects.update(outcome="nothing", answer="x", decided_by=author)


def test_two_reviewers_decide_once_and_on_what_they_read(pattern: Pattern) -> None:
    case = flagged()
    flagged(reason="spam")
    with pytest.raises(Stale):
        flags.decide(case, outcome="nothing", reason="x", reviewer=make_reviewer(), version=1)
    settle(case, "nothing", by=make_reviewer())
    with pytest.raises(AlreadyDecided):
        settle(case, "mended", by=make_reviewer())
    assert case.outcome == "nothing"


def test_declining_in_the_queue_itself_says_that_nothing_is_wrong(pattern: Pattern) -> None:
    case = flagged()
    decide(item_of(case), reviewer=make_reviewer(), decision="decline", reason="It is right.", version=1)
    case.refresh_from_db()
    assert (case.outcome, case.answer) == ("nothing", "It is right.")
    with pytest.raises(ReviewError):
        decide(item_of(flagged()), reviewer=make_reviewer(), decision="accept", version=1)


def test_flagged_again_after_a_decision_it_is_another_matter(pattern: Pattern) -> None:
    first = settle(flagged(), "nothing", by=make_reviewer())
    assert flagged() != first
    assert FlagCase.objects.count() == 2


def test_warnings_are_offered_only_where_somebody_could_be_warned(pattern: Pattern) -> None:
    relation = make_relation(pattern, target=make_pattern())
    case = flags.flag("relation", str(relation.pk), reason="wrong", by=make_user())[0].case
    assert {"warned", "banned"} & {value for value, _ in outcomes_for(case, reviewer=make_reviewer())} == set()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_who_flagged_reads_what_became_of_it_and_the_author_what_was_said(pattern: Pattern, author: User) -> None:
    reader = make_user("Rae")
    case = flagged(by=reader, words="Words of mine.")
    mine = signed_in(reader)
    assert "Waiting for a reviewer" in mine.get("/flags/").content.decode()
    settle(case, "warned", by=make_reviewer(), reason="Name your source next time.")
    assert "Name your source next time." in mine.get("/flags/").content.decode()
    theirs = signed_in(author).get("/flags/").content.decode()
    assert "Name your source next time." in theirs
    assert "Rae" not in theirs
    assert "Words of mine." not in theirs
    assert "Name your source" not in signed_in(make_user()).get("/flags/").content.decode()


def test_a_visitor_finds_their_flags_by_their_session(client: Client, pattern: Pattern, settings) -> None:
    from patterns.people.traps import STAMP, stamp

    settings.FORM_SECONDS = 0
    client.post("/flags/new/?of=pattern:ground", {"reason": "wrong", "words": "Mine.", STAMP: stamp()})
    assert "Mine." in client.get("/flags/").content.decode()
    assert "Mine." not in Client().get("/flags/").content.decode()


@pytest.mark.parametrize("outcome", ["hidden", "", "nonsense"])
def test_a_refused_decision_keeps_its_reason(pattern: Pattern, outcome: str) -> None:
    case = flagged()
    sent = {"outcome": outcome, "reason": "Words that took a while.", "version": 1}
    response = signed_in(make_reviewer()).post(f"/flags/{case.pk}/decide/", sent)
    assert response.status_code in {409, 422}
    assert "Words that took a while." in response.content.decode()


def test_pages_end_with_a_quiet_link(client: Client, pattern: Pattern) -> None:
    house, question = make_lighthouse("Harbour", slug="harbour"), publish()
    for address, of in (
        ("/patterns/ground/", "pattern%3Aground"), (house.get_absolute_url(), "lighthouse%3Aharbour"),
        (question.get_absolute_url(), f"question%3A{question.pk}"),
    ):  # fmt: skip
        html = client.get(address).content.decode()
        assert f'href="/flags/new/?of={of}" rel="nofollow"' in html
    assert client.get("/flags/new/?of=pattern:ground").status_code == 200
    assert client.get("/flags/new/?of=pattern:none").status_code == 404


def test_the_list_of_flags_asks_as_much_for_three_as_for_one(pattern: Pattern, django_assert_num_queries: Any) -> None:
    reader = make_user()
    mine = signed_in(reader)
    for count in (1, 2):
        for number in range(count):
            flags.flag("pattern", make_pattern(f"P {count} {number}").slug, reason="wrong", by=reader)
        with django_assert_num_queries(4):  # account, how many, the flags with their cases, what was said of mine
            assert mine.get("/flags/").status_code == 200


def test_an_item_asks_as_much_for_three_flags_as_for_one(pattern: Pattern, django_assert_max_num_queries: Any) -> None:
    desk, counts = signed_in(make_reviewer()), []
    case = flagged()
    for more in (0, 2):
        for _ in range(more):
            flagged()
        with django_assert_max_num_queries(14) as asked:
            assert desk.get(f"/review/{item_of(case).pk}/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
