"""Says of a new pattern which ones may already say it, how near they are and why, and offers to turn it into an edit.

Near is not the same: the author decides, and the words say what was compared. The levels were measured on the starter
library and on the real one (ADR 0024).
"""

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _

from inference.proposals.nearness import SAME_NAME, NearPattern, near_patterns
from inference.proposals.opening import opening
from inference.proposals.vectors import opening_vector
from patterns import checks
from patterns.checks import Finding, Offer, Weight
from patterns.checks.reading import document_of
from patterns.enums import SubmissionKind
from patterns.format.document import text_of
from patterns.models import Submission

MOST: Final = 3
FEWEST_WORDS: Final = 8  # of title, summary and text together; fewer mean nothing in particular
VERY_NEAR: Final = 0.86  # cosine from which two texts most likely describe the same thing
NEAR: Final = 0.6  # from which an author should have read the other; half of the real library has one at 0.72


def duplicates(submission: Submission) -> Iterator[Finding]:
    """At most three near patterns in one finding, and a note where only words could be compared."""
    document = document_of(submission)
    title, summary = document.title or submission.title, text_of(document.front.get("summary"))
    if len(f"{title} {summary} {document.body[:2000]}".split()) < FEWEST_WORDS:
        return
    text = opening(title=title, summary=summary, body=document.body)
    vector = opening_vector(text, draft=submission.key)
    found = near_patterns(
        title=title, text=text, vector=vector, limit=2 * MOST, leaving_out=[submission.pattern_id or 0]
    )
    told = [one for one in found if _worth_telling(one)][:MOST]
    if told:
        yield _finding(told)
    if vector is None:
        yield Finding(
            Weight.NOTE,
            _("Near patterns were looked for by names and words alone."),
            "title",
            why=_("Nothing could compare meanings in time just now."),
            advice=_("They are compared by meaning when you send it."),
            rule="near",
        )


def _worth_telling(one: NearPattern) -> bool:
    return one.cosine >= NEAR or one.likeness >= SAME_NAME or bool(one.shared)


def _finding(told: list[NearPattern]) -> Finding:
    first = told[0]
    sure = first.likeness >= SAME_NAME or first.cosine >= VERY_NEAR
    message = _("“%(title)s” may already say this.") if sure else _("“%(title)s” is near. Have you read it?")
    return Finding(
        Weight.WARN if sure else Weight.NOTE,
        message % {"title": first.title},
        "title",
        why=_("Two texts about one thing split its readers, its evidence and its relations."),
        advice=_("Read what is there. If yours adds to it, turn it into an edit; if it is another thing, say how."),
        offers=tuple(Offer(one.slug, one.title, how=how_near(one), turns=True) for one in told),
        rule="near",
    )


def how_near(one: NearPattern) -> str:
    """Why it is offered, in words."""
    said = []
    if one.likeness == 1:
        said.append(_("It has the same name."))
    elif one.likeness >= SAME_NAME:
        said.append(_("It is called almost the same: “%(name)s”.") % {"name": one.name})
    if one.cosine >= NEAR:
        level = _("very near in meaning") if one.cosine >= VERY_NEAR else _("near in meaning")
        where = _("its section “%(section)s”") % {"section": one.section} if one.section else _("its beginning")
        percent = round(one.cosine * 100)
        said.append(
            _("Your beginning is %(level)s to %(where)s (%(percent)s of 100).")
            % {"level": level, "where": where, "percent": percent}
        )
    if one.shared:
        said.append(_("Both speak of %(words)s.") % {"words": ", ".join(one.shared)})
    return " ".join(said)


def register_duplicates() -> None:
    checks.register("near", duplicates, kinds=[SubmissionKind.NEW_PATTERN])
