"""Why a suggested relation is doubted, told to readers: one short sentence a doubt, without the desk's figures."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patterns.doubting.edges import DoubtKind
from patterns.doubting.words import MEANINGS, listed, said_by
from patterns.queries.relation_words import kind_word


def place(code: str) -> int:
    """Where a doubt stands among several: what is plainly wrong before what is only likely to be."""
    return _ORDER.index(code) if code in _ORDER else len(_ORDER)


def meaning(kind: str) -> str:
    """Return what a kind of doubt says of any relation."""
    return str(_MEANINGS.get(kind, ""))


def sentence(kind: str, facts: Mapping[str, Any]) -> str:
    """Return one doubt in words; facts that another version kept say what the kind means."""
    return said_by(_SENTENCES, kind, facts) or meaning(kind)


def _biased(facts: Mapping[str, Any]) -> str:
    if facts["outlier"]:
        said = _("%(in)s relations of one set of files point at “%(title)s”, far more than its subject explains.")
        return said % {"in": number_format(facts["in"], force_grouping=True), "title": facts["title"]}
    share = f"{round(100 * facts['there'] / facts['every'])} %"
    return _("The machine that wrote it pointed nearly always at the same part of the alphabet (%(share)s).") % {
        "share": share
    }


def _other_evidence(facts: Mapping[str, Any]) -> str:
    if facts["others"]:
        return _("Its evidence speaks of %(others)s, not of %(unnamed)s.") % {
            "others": listed(facts["others"]),
            "unnamed": listed(facts["unnamed"]),
        }
    return _("Its evidence speaks of neither of the two.")


def _contradiction(facts: Mapping[str, Any]) -> str:
    return _("Another relation between the two says “%(kinds)s”; both cannot be meant.") % {
        "kinds": _("”, “").join(kind_word(kind) for kind in facts["kinds"])
    }


_ORDER: Final = (
    DoubtKind.SELF_LOOP, DoubtKind.OTHER_EVIDENCE, DoubtKind.MUTUAL, DoubtKind.CONTRADICTION, DoubtKind.BIASED_TARGET,
    DoubtKind.DUPLICATE, DoubtKind.DANGLING,
)  # fmt: skip
SHOWN: Final = _ORDER[1:-1]  # readers are shown no relation to itself, and none to what is not there
_MEANINGS: Final[dict[str, str | Promise]] = MEANINGS | {
    DoubtKind.MUTUAL: gettext_lazy("Each of the two is said to require the other, so neither could come first."),
    DoubtKind.DUPLICATE: gettext_lazy("Another relation says the same."),
    DoubtKind.BIASED_TARGET: gettext_lazy("The machine that wrote it pointed nearly always at the same patterns."),
}
_SENTENCES: Final[dict[str, Callable[[Mapping[str, Any]], str]]] = {
    DoubtKind.BIASED_TARGET: _biased,
    DoubtKind.OTHER_EVIDENCE: _other_evidence,
    DoubtKind.CONTRADICTION: _contradiction,
}
