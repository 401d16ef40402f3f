"""What is looked at before a person is asked."""

import pytest

from patterns import checks
from patterns.checks import Finding, Weight
from patterns.models import Submission
from tests.factories.library import make_pattern

pytestmark = pytest.mark.django_db
FRONT = "---\nid: pat_w\ntitle: Well\nsummary: Short.\n---\n"
BODY = "## Context\n\nA well. See [map](https://example.org/map).\n\n## Solution\n\nRules.\n"


def found(text, *, kind="edit", consent=True, base=None):
    based_on = make_pattern(body=base or BODY).current if kind == "edit" else None
    submission = Submission(kind=kind, text=text, consent=consent, based_on=based_on)
    return [(finding.weight, finding.message) for finding in checks.run(submission)]


def said(found_messages, words):
    return [weight for weight, message in found_messages if words in message]


def test_a_good_edit_gets_no_remarks():
    assert found(FRONT + BODY.replace("Rules", "Agreements")) == []


def test_a_missing_summary_and_title():
    assert said(found(FRONT.replace("summary: Short.\n", "") + BODY + "x"), "summary") == [Weight.WARN]
    assert said(found(FRONT.replace("title: Well\n", "") + BODY), "title") == [Weight.BLOCK]


def test_a_text_that_cannot_be_read_says_where():
    assert said(found("no front matter"), "line 1") == [Weight.BLOCK]


def test_a_section_that_is_gone_and_one_that_is_empty():
    remarks = found(FRONT + "## Context\n\nA well.\n\n## New\n\n")
    assert said(remarks, "“Solution” is gone") == [Weight.WARN]
    assert said(remarks, "“New” is empty") == [Weight.WARN]


@pytest.mark.parametrize(
    "link",
    ["http://localhost/x", "http://10.0.0.1/", "javascript:alert(1)", "https://user:pw@example.org/", "ftp://a.org/"],
)
def test_links_that_lead_nowhere_or_inward_are_remarked_on(link):
    assert said(found(f"{FRONT}{BODY}\n[here]({link})\n"), "will not work") == [Weight.WARN]


def test_good_relative_and_old_links_are_not():
    text = f"{FRONT}{BODY}\n[a](https://example.org/) [b](/patterns/x/) [c](#context) <mailto:a@example.org>\n"
    assert found(text) == []


def test_old_bad_links_are_not_held_against_a_new_author():
    base = BODY + "\n[old](http://localhost/)\n"
    assert found(FRONT + base.replace("Rules", "Agreements"), base=base) == []


def test_relations_that_name_nothing_yet():
    make_pattern("Fence")
    front = FRONT.replace("summary", "relationships:\n  enables: [fence, nowhere-yet]\nsummary")
    assert [message for _, message in found(front + BODY)] == ["“nowhere-yet” names no pattern here yet."]


def test_a_very_short_new_pattern():
    assert said(found(FRONT + "Words.\n", kind="new_pattern"), "very short") == [Weight.WARN]


def test_consent_blocks_and_stands_first():
    remarks = found(FRONT + "## Context\n\nA well.\n", consent=False)
    assert remarks[0][0] is Weight.BLOCK
    assert "CC BY-SA" in remarks[0][1]


def test_another_room_can_add_a_check_for_its_kinds():
    checks.register("odd", lambda _: [Finding(Weight.NOTE, "Odd.")], kinds=["relation"])
    try:
        assert said(found(FRONT + BODY, kind="relation"), "Odd.") == [Weight.NOTE]
        assert said(found(FRONT + BODY), "Odd.") == []
    finally:
        checks._checks.pop("odd")
