"""Gathers every string a person may see, and writes and compiles the catalogues of the site's languages.

Run `make messages` after a change of words, translate what is new in `<language>/LC_MESSAGES/django.po`, run it again.
Built on Babel because Django's own command needs the gettext programs on the machine.
"""

import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

HERE: Final = Path(__file__).resolve().parent
ROOT: Final = HERE.parents[1]
ROOMS: Final = ("clm_site", "patterns", "inference", "feedback", "worker")
_ONE, _MANY = None, (1, 2)
_KEYWORDS: Final = {
    "_": _ONE,
    "gettext": _ONE,
    "gettext_lazy": _ONE,
    "gettext_noop": _ONE,
    "ngettext": _MANY,
    "ngettext_lazy": _MANY,
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
_PLACEHOLDER: Final = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}|%[sd]")
_DATELESS: Final = datetime(2026, 1, 1, tzinfo=UTC)  # a catalogue changes when its words do, not with the day


@dataclass(frozen=True, slots=True)
class Problem:
    """One message that a language gets wrong, and how."""

    language: str
    message: str
    reason: str

    def __str__(self) -> str:
        return f"{self.language}: {self.reason}: {self.message[:90]!r}"


def languages() -> list[str]:
    """The languages that have a catalogue here."""
    return sorted(path.parent.parent.name for path in HERE.glob("*/LC_MESSAGES/django.po"))


def gathered() -> Catalog:
    """Every message in the code and the templates, with the file it stands in."""
    catalog = Catalog(domain="django", project="CLM", creation_date=_DATELESS, revision_date=_DATELESS)
    for path, code in _sources():
        found = extract_python(io.BytesIO(code.encode()), _KEYWORDS, ["Translators:"], {"encoding": "utf-8"})
        for _, function, words, comments in found:
            context, one, many = _parts(function, words)
            if one:
                catalog.add(_id(one, many), locations=[(path, None)], auto_comments=comments, context=context)
    return catalog


def updated(language: str, template: Catalog) -> Catalog:
    """The catalogue of `language` with exactly the messages of `template`; translations of unchanged ones stay."""
    path = _po(language)
    known = _read(path, language) if path.exists() else Catalog(locale=language, domain="django")
    known.update(template, no_fuzzy_matching=True, update_creation_date=False)
    known.obsolete.clear()
    known.creation_date = known.revision_date = _DATELESS
    known.project, known.version, known.copyright_holder = "CLM", "", "the CLM contributors"
    known.fuzzy, known.header_comment = False, f"# {known.locale.english_name} words of CLM, under Apache-2.0."
    known.last_translator = known.language_team = known.msgid_bugs_address = ""
    return known


def problems(language: str, catalog: Catalog) -> list[Problem]:
    """What a person who reads `language` would stumble over: untranslated, fuzzy, or with other placeholders."""
    found = []
    for message in catalog:
        if message.id and (reason := _wrong(message)):
            one = message.id if isinstance(message.id, str) else message.id[0]
            found.append(Problem(language, one, reason))
    return found


def po_text(catalog: Catalog) -> bytes:
    """`catalog` as the file that translators edit: sorted, without line numbers, so that a diff shows words only."""
    out = io.BytesIO()
    write_po(out, catalog, width=110, sort_output=True, include_lineno=False, omit_header=False)
    return out.getvalue()


def mo_bytes(catalog: Catalog) -> bytes:
    """`catalog` as the file that Django reads."""
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def main() -> int:
    template = gathered()
    wanting = 0
    for language in sorted({*languages(), *sys.argv[1:]}):
        _po(language).parent.mkdir(parents=True, exist_ok=True)
        _po(language).write_bytes(po_text(updated(language, template)))
        catalog = _read(_po(language), language)
        _po(language).with_suffix(".mo").write_bytes(mo_bytes(catalog))
        wrong = problems(language, catalog)
        wanting += len(wrong)
        sys.stdout.write(f"{language}: {len(catalog)} messages, {len(wrong)} to translate or to mend\n")
        sys.stdout.writelines(f"  {problem}\n" for problem in wrong[:20])
    return 1 if wanting else 0


def _sources() -> Iterator[tuple[str, str]]:
    """(path, Python code) of everything that may hold a message; a template as Django itself reads it for gettext."""
    from django.utils.translation.template import templatize

    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if path != Path(__file__).resolve() and "migrations" not in path.parts:
                yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
    templates = [path for form in ("*.html", "*.txt") for path in (ROOT / "templates").rglob(form)]
    for path in sorted(templates):  # mails too
        code = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        yield path.relative_to(ROOT).as_posix(), "\n".join(line.lstrip() for line in code.splitlines())


def _parts(function: str, words: str | tuple) -> tuple[str | None, str, str]:
    """(context, one, many) of a call; `one` is empty for a call whose words are made up at run time."""
    given = [words] if isinstance(words, str) else list(words)
    context = given.pop(0) if "pgettext" in function else None
    given = [text for text in given if isinstance(text, str)]
    plural = function.startswith("n")
    if len(given) < 1 + plural:
        return None, "", ""
    return context, given[0], given[1] if plural else ""


def _id(one: str, many: str) -> str | tuple[str, str]:
    return (one, many) if many else one


def _wrong(message: Message) -> str:
    ids = [message.id] if isinstance(message.id, str) else list(message.id)
    texts = [message.string] if isinstance(message.string, str) else list(message.string or [""])
    if not all(texts):
        return "not translated"
    if message.fuzzy:
        return "marked as a guess"
    allowed = {found.group() for text in ids for found in _PLACEHOLDER.finditer(text)}
    for text in texts:
        if strange := {found.group() for found in _PLACEHOLDER.finditer(text)} - allowed:
            return f"placeholder {min(strange)} is not in the original"
    needed = {found.group() for found in _PLACEHOLDER.finditer(ids[-1])}
    if lost := needed - {found.group() for found in _PLACEHOLDER.finditer(texts[-1])}:
        return f"placeholder {min(lost)} is lost"
    return ""


def _po(language: str) -> Path:
    return HERE / language / "LC_MESSAGES" / "django.po"


def _read(path: Path, language: str) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=language, domain="django")


if __name__ == "__main__":
    import django
    from django.conf import settings

    settings.configure(USE_I18N=False)
    django.setup()
    raise SystemExit(main())
