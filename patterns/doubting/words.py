"""Each kind of doubt in words: a name, what the kind means, and one sentence with the numbers about one relation."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from patterns.doubting.edges import DoubtKind
from patterns.queries.relation_words import kind_word

UNSEEN: Final = "unseen"  # the group of relations that nobody has looked at for doubts yet
NAMES: Final[dict[str, str | Promise]] = {
    DoubtKind.BIASED_TARGET: gettext_lazy("Biased target"),
    DoubtKind.OTHER_EVIDENCE: gettext_lazy("Evidence about another pair"),
    DoubtKind.SELF_LOOP: gettext_lazy("Joined to itself"),
    DoubtKind.MUTUAL: gettext_lazy("Each requires the other"),
    DoubtKind.CONTRADICTION: gettext_lazy("Contradiction"),
    DoubtKind.DUPLICATE: gettext_lazy("Said twice"),
    DoubtKind.DANGLING: gettext_lazy("An end is missing"),
    DoubtKind.NONE: gettext_lazy("No doubt found"),
    UNSEEN: gettext_lazy("Not looked at yet"),
}
MEANINGS: Final[dict[str, str | Promise]] = {
    DoubtKind.BIASED_TARGET: gettext_lazy(
        "The target gets more relations than its subject explains: whatever wrote these files saw only a part of the "
        "list of patterns, or kept to one of them."
    ),
    DoubtKind.OTHER_EVIDENCE: gettext_lazy("The evidence speaks of other patterns than the two it stands between."),
    DoubtKind.SELF_LOOP: gettext_lazy("Both ends are the same pattern."),
    DoubtKind.MUTUAL: gettext_lazy("Two patterns require each other, so neither could ever come first."),
    DoubtKind.CONTRADICTION: gettext_lazy("Two relations between the same patterns cannot both be meant."),
    DoubtKind.DUPLICATE: gettext_lazy(
        "Another relation says the same. The best of them is not in this group, so all of these may go."
    ),
    DoubtKind.DANGLING: gettext_lazy("An end names no pattern of this library, or one that was taken out."),
    DoubtKind.NONE: gettext_lazy("Nothing speaks against these by itself. Read each before you accept it."),
    UNSEEN: gettext_lazy("These arrived a moment ago. The doubts about them are being worked out."),
}
_GENERATIONS: Final[dict[str, str | Promise]] = {
    "typed": gettext_lazy("the typed relations of this library's newer files"),
    "flat": gettext_lazy("the plain lists of this library's older files"),
}


def name(kind: str) -> str:
    return str(NAMES.get(kind, kind))


def meaning(kind: str) -> str:
    return str(MEANINGS.get(kind, ""))


def sentence(kind: str, facts: Mapping[str, Any]) -> str:
    """Return one doubt about one relation in words; facts that another version kept say what the kind means."""
    return said_by(_SENTENCES, kind, facts) or meaning(kind)


def said_by(sentences: Mapping[str, Callable[[Mapping[str, Any]], str]], kind: str, facts: Mapping[str, Any]) -> str:
    """Return what `sentences` make of the facts of one kind; nothing where none is for it, or the facts are others."""
    try:
        return sentences[kind](facts)
    except (KeyError, TypeError, IndexError):
        return ""


def _biased(facts: Mapping[str, Any]) -> str:
    said = {
        "in": number_format(facts["in"]),
        "every": number_format(facts["every"]),
        "usual": number_format(facts["usual"]),
        "title": facts["title"],
        "of": str(_GENERATIONS.get(facts["generation"], facts["generation"])),
    }
    first = (
        _("%(in)s of the %(every)s relations in %(of)s name “%(title)s”; the usual one is named %(usual)s times.")
        % said
    )
    if not facts.get("stretch"):
        return first
    where = {
        "share": f"{round(100 * facts['there'] / facts['every'])} %",
        "stretch": number_format(facts["stretch"]),
        "patterns": number_format(facts["patterns"]),
    }
    if facts["first"] == 1:
        more = _("%(share)s of them point at the first %(stretch)s of %(patterns)s patterns in the alphabet.")
    else:
        more = _("%(share)s of them point at %(stretch)s neighbours in the alphabet, of %(patterns)s patterns.")
    return f"{first} {more % where}"


def _other_evidence(facts: Mapping[str, Any]) -> str:
    unnamed = listed(facts["unnamed"])
    if facts["others"]:
        return _("The evidence names %(others)s, and says nothing of %(unnamed)s.") % {
            "others": listed(facts["others"]),
            "unnamed": unnamed,
        }
    return _("The evidence names neither of the two; in this file %(both)s of %(of)s pieces of evidence name both.") % {
        "both": number_format(facts["both"]),
        "of": number_format(facts["of"]),
    }


def _mutual(facts: Mapping[str, Any]) -> str:
    return _("The other pattern requires this one too (%(at)s), so neither could come first.") % {"at": _where(facts)}


def _contradiction(facts: Mapping[str, Any]) -> str:
    return _("Between the same two patterns stands also “%(kinds)s” (%(at)s); both cannot be meant.") % {
        "kinds": _("”, “").join(kind_word(kind) for kind in facts["kinds"]),
        "at": _where(facts),
    }


def _duplicate(facts: Mapping[str, Any]) -> str:
    times = ngettext("The same is said %(times)s time", "The same is said %(times)s times", facts["times"]) % {
        "times": number_format(facts["times"])
    }
    if facts["turned"]:
        return _("%(times)s, from both sides; the one to keep is %(at)s.") % {"times": times, "at": _where(facts)}
    return _("%(times)s; the one to keep is %(at)s.") % {"times": times, "at": _where(facts)}


def _dangling(facts: Mapping[str, Any]) -> str:
    if facts["lost"]:
        both = len(facts["lost"]) == 2
        first = _("the first pattern") if facts["lost"][0] == "source" else _("the second pattern")
        which = _("both patterns") if both else first
        return _("No pattern here has the name that stands for %(which)s. It waits until one does.") % {"which": which}
    return _("A pattern at its ends has been taken out of the library.")


def _where(facts: Mapping[str, Any]) -> str:
    if facts["approved"]:
        return _("approved")
    return facts["at"] or _("added on this site")


def listed(titles: Sequence[str]) -> str:
    """Name titles as people do: “Well” and “Fence”."""
    return _(" and ").join(_("“%(title)s”") % {"title": title} for title in titles)


_SENTENCES: Final[dict[str, Callable[[Mapping[str, Any]], str]]] = {
    DoubtKind.BIASED_TARGET: _biased,
    DoubtKind.OTHER_EVIDENCE: _other_evidence,
    DoubtKind.MUTUAL: _mutual,
    DoubtKind.CONTRADICTION: _contradiction,
    DoubtKind.DUPLICATE: _duplicate,
    DoubtKind.DANGLING: _dangling,
}
