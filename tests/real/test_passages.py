"""What the public library really holds beside its text, and that no passage holds any of it."""

import re
from collections import Counter

import pytest

from inference.indexing.chunking import LONGEST, passages
from patterns.enums import PublicationState
from patterns.models import Pattern
from tests.real.conftest import CORPUS

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not CORPUS, reason="CLM_CORPUS names no library"),
    pytest.mark.timeout(1800),
]

# What is looked for in the bodies, and what must not be found of it in a passage or in the name of its section.
KINDS = {
    "hints of a template": (
        r"\((?:[^()\n]{0,60}\s)?\d+\s*(?:-|–|to)\s*\d+\s+(?:words|sentences|paragraphs)\b[^()\n]{0,60}\)",
        r"\(\d+ ?(?:-|–|to) ?\d+ words|[-–]\d+ words\)",
    ),
    "counts of words in a heading": (r"^#+ [^\n]*\(\d+ words\)", r"^[^\n]*\(\d+ words\)\n"),
    "what a broken call left": (
        r"""^["'`]{1,3}\)\)""",
        r"""^["'`]{1,3}\)\)|I will now proceed|I have (?:now )?(?:generated|written) the (?:full |complete )?\w*down""",
    ),
    "second front matters": (r"^(?:id: pat_|slug: )", r"\b(?:id: pat_|slug: )"),
    "runs of white space": (r" {500}", r"[^\S\n]{2}|\n{2}"),
    "rules and table rules": (r"-{30}", r"-{5}"),
    "carriage returns written out": (r"_x000D_", r"x000D"),
    "drawings": (r"^```mermaid", r"-->|^graph (?:TD|LR)"),
}


@pytest.fixture(scope="module")
def counted(reports, django_db_blocker):
    """Files with each kind of unwanted text, passages with it, and passages in all."""
    held, left = Counter(), Counter()
    with django_db_blocker.unblock():
        rows = Pattern.objects.filter(state=PublicationState.PUBLISHED).select_related("current")
        for pattern in rows.iterator(chunk_size=50):
            body = pattern.current.body
            for kind, (raw, _) in KINDS.items():
                held[kind] += bool(re.search(raw, body, re.MULTILINE))
            for piece in passages(body):
                left["passages"] += 1
                left["too long"] += len(piece.text) > LONGEST
                said = f"{piece.section}\n{piece.text}"
                for kind, (_, unwanted) in KINDS.items():
                    left[kind] += bool(re.search(unwanted, said, re.MULTILINE))
    print(dict(held), dict(left))  # noqa: T201 - shown by -s: the counts of the record
    return held, left


@pytest.mark.parametrize("kind", KINDS)
def test_no_passage_holds(counted, kind):
    held, left = counted
    assert held[kind] > 0, "the library no longer holds any: nothing was shown"
    assert left[kind] == 0


def test_passages_are_many_and_none_is_too_long(counted):
    _, left = counted
    assert left["passages"] > 90_000
    assert left["too long"] == 0
