"""What people are told about, and in which words, in the reader's language. A kind nobody knows is told plainly."""

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


@dataclass(frozen=True, slots=True)
class Kind:
    """`label` names it among the settings; `sentence` has gaps for what a notice says and for `who` did it."""

    label: Any
    sentence: Any


KINDS: Final[dict[str, Kind]] = {
    "accept": Kind(gettext_lazy("What you proposed was accepted"), gettext_lazy("%(who)s accepted “%(title)s”.")),
    "decline": Kind(
        gettext_lazy("What you proposed was declined"),
        gettext_lazy("%(who)s declined “%(title)s” and says why."),
    ),
    "request_changes": Kind(
        gettext_lazy("A reviewer asks you for changes"),
        gettext_lazy("%(who)s asks for changes in “%(title)s”."),
    ),
    "resubmitted": Kind(
        gettext_lazy("An author made the changes you asked for"),
        gettext_lazy("%(who)s has changed “%(title)s” as you asked."),
    ),
    "commented": Kind(
        gettext_lazy("Somebody commented on what you proposed"),
        gettext_lazy("%(who)s commented on “%(title)s”."),
    ),
    "replied": Kind(gettext_lazy("Somebody replied to you"), gettext_lazy("%(who)s replied to you on “%(title)s”.")),
    "question_public": Kind(
        gettext_lazy("A question you offered was decided on"),
        gettext_lazy("A reviewer has decided on a question you offered to everybody."),
    ),
    "answer_judged": Kind(
        gettext_lazy("An answer to a question of yours was judged"),
        gettext_lazy("A reviewer has read the answer to a question of yours, and says what they think of it."),
    ),
    "row_declined": Kind(
        gettext_lazy("A question you gave to learn from was declined"),
        gettext_lazy("Models will not learn from a question you gave to everybody: “%(title)s”."),
    ),
    "pattern_changed": Kind(
        gettext_lazy("Something you wrote was changed, taken out or brought back"),
        gettext_lazy("“%(title)s”, which you wrote, was changed by %(who)s."),
    ),
    "pattern_retired": Kind(
        gettext_lazy("Something you wrote was taken out"),
        gettext_lazy("“%(title)s”, which you wrote, was taken out of the library."),
    ),
    "pattern_merged": Kind(
        gettext_lazy("Something you wrote became part of another pattern"),
        gettext_lazy("“%(title)s”, which you wrote, became part of “%(into)s”."),
    ),
    "flag_settled": Kind(
        gettext_lazy("Something you flagged was decided on"),
        gettext_lazy("A reviewer has looked at what you flagged: “%(title)s”."),
    ),
    "comment_taken_out": Kind(
        gettext_lazy("Words of yours were taken out of a discussion"),
        gettext_lazy("What you said on “%(title)s” was taken out. The reason: “%(reason)s”."),
    ),
    "role_given": Kind(
        gettext_lazy("You were given a role, or one was taken"),
        gettext_lazy("%(who)s gave you the role %(role)s."),
    ),
    "role_taken": Kind(
        gettext_lazy("A role was taken from you"), gettext_lazy("%(who)s took the role %(role)s from you.")
    ),
    "banned": Kind(
        gettext_lazy("You were banned from contributing"),
        gettext_lazy("You may not contribute for now. The reason: “%(title)s”"),
    ),
    "warned": Kind(
        gettext_lazy("A moderator has something to say to you"), gettext_lazy("A moderator wrote to you: “%(title)s”.")
    ),
}
# What cannot be kept out of the mails.
ALWAYS: Final = frozenset({"warned", "banned", "comment_taken_out", "role_given", "role_taken"})


def in_words(kind: str, said: dict[str, Any], *, who: str) -> str:
    """The sentence of a notice; whatever is missing to fill its gaps is left out rather than shown as an error."""
    known = KINDS.get(kind)
    values = _Filled(said, who=who or _("Somebody"))
    return str(known.sentence) % values if known else _("There is something new about “%(title)s”.") % values


class _Filled(dict):
    def __init__(self, said: dict[str, Any], *, who: str) -> None:
        super().__init__({name: str(value) for name, value in said.items()}, who=who)

    def __missing__(self, name: str) -> str:
        return "…"
