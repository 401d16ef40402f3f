"""Cite a revision: BibTeX and CSL-JSON that any reference manager takes, whatever a title holds. Pure.

https://ctan.org/pkg/bibtex, https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html
"""

import json
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

# No `\{` among them: BibTeX counts braces without looking at backslashes.
_ESCAPES: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}", "$": r"\$", "&": r"\&", "#": r"\#", "_": r"\_", "%": r"\%",
    }
)  # fmt: skip
_NOT_IN_KEY: Final = re.compile(r"[^a-z0-9]+")
_IN_ADDRESS: Final = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"})


@dataclass(frozen=True, slots=True)
class Work:
    """A revision as a thing to cite. `address` is the revision's own, which never changes what it says."""

    slug: str
    title: str
    authors: tuple[str, ...]
    published: date
    revision: int
    library: str
    address: str
    licence: str

    @property
    def key(self) -> str:
        """A name for the entry: ASCII letters, digits and hyphens."""
        plain = unicodedata.normalize("NFKD", self.slug).encode("ascii", "ignore").decode().casefold()
        return f"{_NOT_IN_KEY.sub('-', plain).strip('-')[:80] or 'pattern'}-r{self.revision}"


def authors_of(credit: str) -> tuple[str, ...]:
    """Return the names in a credit line such as `one, another`."""
    return tuple(name for part in credit.split(",") if (name := " ".join(part.split())))


def bibtex(work: Work) -> str:
    """Return a BibTeX entry; names stand in braces, since nobody knows which part of one is a surname."""
    fields = {
        "author": " and ".join("{" + _escaped(name) + "}" for name in work.authors),
        "title": "{" + _escaped(work.title) + "}",
        "year": str(work.published.year),
        "month": str(work.published.month),
        "howpublished": _escaped(work.library),
        "note": _escaped(f"Revision {work.revision}." + (f" Licence: {work.licence}." if work.licence else "")),
        "url": _without_controls(work.address).translate(_IN_ADDRESS),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{{work.key},\n{lines}}}\n"


def csl_json(work: Work) -> str:
    """Return a CSL-JSON array with the one work."""
    when = work.published
    item: dict[str, Any] = {
        "id": work.key,
        "type": "webpage",
        "title": _without_controls(work.title),
        "author": [{"literal": _without_controls(name)} for name in work.authors],
        "issued": {"date-parts": [[when.year, when.month, when.day]]},
        "container-title": _without_controls(work.library),
        "version": str(work.revision),
        "URL": _without_controls(work.address),
        "license": _without_controls(work.licence),
    }
    kept = {name: value for name, value in item.items() if value}
    lines = (f"  {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in kept.items())
    return "[{\n" + ",\n".join(lines) + "\n}]\n"


def _escaped(text: str) -> str:
    return _without_controls(text).translate(_ESCAPES)


def _without_controls(text: str) -> str:
    """One line, without control characters and halves of surrogate pairs."""
    return " ".join(
        "".join(" " if unicodedata.category(one) in {"Cc", "Cs", "Zl", "Zp"} else one for one in text).split()
    )
