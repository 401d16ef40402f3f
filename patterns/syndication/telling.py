"""What changed, in words: a headline, and one plain sentence with who did it and the reason they gave. Pure."""

from typing import Final

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from patterns.queries.changes import Change

_PATTERNS: Final = ngettext_lazy("%(shown)s pattern", "%(shown)s patterns", "n")
_LIGHTHOUSES: Final = ngettext_lazy("%(shown)s lighthouse", "%(shown)s lighthouses", "n")
_HEADLINES: Final[dict[str, str | Promise]] = {
    "new": gettext_lazy("New: %(title)s"),
    "changed": gettext_lazy("Changed: %(title)s"),
    "renamed": gettext_lazy("Renamed: %(title)s"),
    "reverted": gettext_lazy("Back to an earlier text: %(title)s"),
    "returned": gettext_lazy("Back in the library: %(title)s"),
    "retired": gettext_lazy("Taken out: %(title)s"),
    "merged": gettext_lazy("Merged: %(title)s"),
    "parted": gettext_lazy("A pattern of its own again: %(title)s"),
    "gold": gettext_lazy("Gold: %(title)s"),
    "lowered": gettext_lazy("Silver again: %(title)s"),
}
# What somebody did, without its reason and the full stop.
_ACTS: Final[dict[str, str | Promise]] = {
    "retired": gettext_lazy("%(who)s took it out of the library"),
    "returned": gettext_lazy("%(who)s brought it back into the library"),
    "merged": gettext_lazy("%(who)s made it part of “%(other)s”"),
    "parted": gettext_lazy("%(who)s made it a pattern of its own again, beside “%(other)s”"),
    "took_in": gettext_lazy("%(who)s made “%(other)s” a part of it"),
    "gave_back": gettext_lazy("%(who)s made “%(other)s” a pattern of its own again"),
    "renamed": gettext_lazy("%(who)s renamed it; it was “%(other)s” before"),
    "moved": gettext_lazy("%(who)s moved it from the address “%(other)s”"),
    "reverted": gettext_lazy("%(who)s went back to the text of revision %(other)s"),
    "gold": gettext_lazy("%(who)s confirmed it as gold, on the evidence of “%(other)s”"),
    "lowered": gettext_lazy("%(who)s made it silver again"),
}
_DECIDED: Final = {
    "accept": ngettext_lazy(
        "%(who)s accepted %(n)s suggested relation", "%(who)s accepted %(n)s suggested relations", "count"
    ),
    "reject": ngettext_lazy(
        "%(who)s rejected %(n)s suggested relation", "%(who)s rejected %(n)s suggested relations", "count"
    ),
    "undo": ngettext_lazy(
        "%(who)s took back a decision on %(n)s relation", "%(who)s took back decisions on %(n)s relations", "count"
    ),
}


def headline(change: Change) -> str:
    """Return what happened to what, in one line."""
    if change.verb in _DECIDED:
        shown = {"n": intcomma(change.count)}
        return ngettext("Relations: %(n)s decision", "Relations: %(n)s decisions", change.count) % shown
    title = change.title
    if change.many:
        title = _("%(things)s of %(library)s") % {"things": how_many(change), "library": change.title}
    return str(_HEADLINES["renamed" if change.verb == "moved" else change.verb]) % {"title": title}


def how_many(change: Change) -> str:
    """Return the counts of an import in words: `3,616 patterns and 6 lighthouses`."""
    patterns = _PATTERNS % {"n": change.patterns, "shown": intcomma(change.patterns)}
    lighthouses = _LIGHTHOUSES % {"n": change.lighthouses, "shown": intcomma(change.lighthouses)}
    if change.patterns and change.lighthouses:
        return _("%(patterns)s and %(lighthouses)s") % {"patterns": patterns, "lighthouses": lighthouses}
    return patterns if change.patterns else lighthouses


def act_in_words(change: Change) -> str:
    """Return who did what and why as one sentence; nothing where the change is no act of a curator or reviewer."""
    names = {"who": change.who, "other": change.other}
    if change.verb in _DECIDED:
        said = _DECIDED[change.verb] % (names | {"n": intcomma(change.count), "count": change.count})
    elif change.who and change.verb in _ACTS:
        said = str(_ACTS[change.verb]) % names
    else:
        return ""
    reason = change.message.strip().rstrip(".")
    said = capfirst(said)
    return _("%(said)s: “%(reason)s”.") % {"said": said, "reason": reason} if reason else f"{said}."


def in_words(change: Change) -> str:
    """Return who did what and why, and for something new what it says of itself, in a few sentences."""
    if change.many:
        return headline(change)
    said = [act_in_words(change)]
    if change.verb == "changed" and change.who:
        said.append(_("Revision %(n)s, by %(who)s.") % {"n": change.number, "who": change.who})
    elif change.verb == "changed":
        said.append(_("Revision %(n)s.") % {"n": change.number})
    elif change.verb == "merged" and not change.who:
        said.append(_("It is part of “%(into)s” now; its earlier texts stay readable.") % {"into": change.other})
    elif change.verb == "merged":
        said.append(_("Its earlier texts stay readable."))
    elif change.verb == "retired":
        said.append(_("It is no longer shown; answers that cited it keep their sentences."))
    if change.message and not said[0]:
        said.append(_("In their words: “%(message)s”.") % {"message": change.message.rstrip(".")})
    if change.sections:
        said.append(_("Changed sections: %(names)s.") % {"names": ", ".join(change.sections)})
    return " ".join(filter(None, [*said, change.summary])).strip()
