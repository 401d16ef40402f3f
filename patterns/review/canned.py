"""Ready-made reasons, by kind and decision: what reviewers would otherwise type again and again, said well once.

They become the text the author reads, in the language of the page they were chosen on, never a key.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from patterns.enums import Decision, SubmissionKind

ASK, NO = Decision.REQUEST_CHANGES, Decision.DECLINE


@dataclass(frozen=True, slots=True)
class Ready:
    """One ready-made reason, and the decision it goes with."""

    key: str
    decision: Decision
    text: Promise


_SOURCE = Ready("source", ASK, _("Please name the source of what is new, so that a reader can find it."))
_SMALLER = Ready(
    "smaller", ASK, _("Please send this in smaller parts: some of it can be accepted at once, and some needs talk.")
)
_PLAIN = Ready("plain", ASK, _("Please say it in plain words; somebody new to the subject would be lost here."))
_EVIDENCE = Ready("evidence", NO, _("We could not find evidence for this, and it would stand here as if it were sure."))
_ADVERT = Ready("advert", NO, _("This promotes one product or organisation more than it helps a reader."))
_SAID = Ready("said", NO, _("The library says this already, in other words."))

READY: Final[Mapping[str, tuple[Ready, ...]]] = {
    SubmissionKind.NEW_PATTERN: (
        Ready("situation", ASK, _("Please begin with the situation and what pulls in different directions there.")),
        Ready("limits", ASK, _("Please say when not to use it, and how it fails.")),
        _SOURCE,
        _PLAIN,
        Ready("exists", NO, _("There is a pattern for this already. An edit of it with what is new here is welcome.")),
        Ready("opinion", NO, _("It argues for a view more than it describes something that people do.")),
        _ADVERT,
    ),
    SubmissionKind.EDIT: (
        _SOURCE,
        _SMALLER,
        _PLAIN,
        Ready("lost", ASK, _("Please keep what was taken out, or say why it was wrong.")),
        _SAID,
        _EVIDENCE,
        _ADVERT,
    ),
    SubmissionKind.LIGHTHOUSE: (
        Ready("show", ASK, _("Please say how one can see that these patterns are used there.")),
        _SOURCE,
        _ADVERT,
        _EVIDENCE,
    ),
    SubmissionKind.RELATION: (
        Ready("why", ASK, _("Please say in a sentence or two how the one helps, needs or hinders the other.")),
        Ready("other", NO, _("The evidence speaks of other patterns than these two.")),
        Ready("vague", NO, _("The two have a subject in common, and that is not yet a relation.")),
    ),
    SubmissionKind.CORRECTION: (
        Ready("passages", NO, _("The cited passages do not support the corrected text.")),
        Ready("better", NO, _("The answer as it was says this already.")),
        _EVIDENCE,
    ),
}
_ALL = (_SAID, _EVIDENCE, _ADVERT)
_by_kind = dict(READY)  # and of the kinds that upper rooms bring


def register(kind: str, *reasons: Ready) -> None:
    """Give a kind of another room its reasons; call it in `AppConfig.ready()`."""
    _by_kind[kind] = reasons


def ready_reasons(kind: str, decisions: Iterable[Decision]) -> tuple[Ready, ...]:
    """Those that fit a kind and what can be decided about it."""
    possible = set(decisions)
    return tuple(one for one in _by_kind.get(kind, _ALL) if one.decision in possible)


def composed(reason: str, *, chosen: Iterable[str], ready: Iterable[Ready], saved: Mapping[int, str]) -> str:
    """The reason an author reads: the chosen texts, in the order of the page, then the free words."""
    wanted = set(chosen)
    texts = [str(one.text) for one in ready if one.key in wanted]
    texts += [text for pk, text in saved.items() if f"own-{pk}" in wanted]
    return "\n\n".join(filter(None, [*texts, reason.strip()]))
