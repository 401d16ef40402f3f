"""What a reviewer makes sure of, by the kind of item: short questions, ticked, kept with the decision.

They help to look; they gate nothing. Whoever accepts with some of them open is told which, and asked once.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from patterns.enums import SubmissionKind


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `key` is what is stored, so it never changes its meaning."""

    key: str
    text: Promise


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with its answer, as a page shows it."""

    key: str
    text: str
    ticked: bool


_READS = Question("reads", _("Does it read well to somebody who does not know the subject?"))
_SOURCES = Question("sources", _("Can its sources be found, and do they say what it says?"))
_OWN = Question("own", _("Is it the author's to give, and free of personal data?"))

CHECKLISTS: Final[Mapping[str, tuple[Question, ...]]] = {
    SubmissionKind.NEW_PATTERN: (
        Question("situation", _("Does it name a real situation and the forces in it?")),
        Question("monday", _("Could somebody try the solution on Monday?")),
        Question("fails", _("Does it say when not to use it, and how it fails?")),
        Question("near", _("Is it more than another pattern under a new name?")),
        _SOURCES,
        _OWN,
    ),
    SubmissionKind.EDIT: (
        Question("better", _("Is the text better with it, everywhere it changes?")),
        Question("meaning", _("Does what answers already cite still mean the same, or is it rightly changed?")),
        _SOURCES,
        _READS,
    ),
    SubmissionKind.LIGHTHOUSE: (
        Question("real", _("Is it a real place, and can you find it?")),
        Question("uses", _("Does it use the patterns it names, in a way one can see?")),
        _SOURCES,
        Question("agreed", _("Would the people there agree with how it is told?")),
        _OWN,
    ),
    SubmissionKind.RELATION: (
        Question("pair", _("Does the evidence speak of these two patterns?")),
        Question("kind", _("Is it the right kind, and the right way round?")),
        Question("useful", _("Does it help somebody who reads one of the two?")),
    ),
    SubmissionKind.CORRECTION: (
        Question("true", _("Do the cited passages support the corrected text?")),
        Question("answers", _("Does it answer the question as it was asked?")),
        _OWN,
    ),
}
_by_kind = dict(CHECKLISTS)  # and of the kinds that upper rooms bring


def register(kind: str, *questions: Question) -> None:
    """Give a kind of another room its questions; call it in `AppConfig.ready()`."""
    _by_kind[kind] = questions


def checklist_of(kind: str, ticks: Iterable[str] = ()) -> tuple[Answered, ...]:
    """The questions of a kind in the language of the page; none for a kind without a list."""
    ticked = set(ticks)
    return tuple(Answered(one.key, str(one.text), one.key in ticked) for one in _by_kind.get(kind, ()))


def record_of(kind: str, ticks: Iterable[str]) -> list[dict[str, Any]]:
    """What is kept with a decision: every question of the kind, and whether it was ticked."""
    return [{"key": one.key, "ticked": one.ticked} for one in checklist_of(kind, ticks)]


def told(kind: str, record: Sequence[Mapping[str, Any]]) -> tuple[Answered, ...]:
    """A kept checklist in words; a question that is no longer asked keeps its key."""
    words = {one.key: str(one.text) for one in _by_kind.get(kind, ())}
    return tuple(Answered(one["key"], words.get(one["key"], one["key"]), bool(one["ticked"])) for one in record)
