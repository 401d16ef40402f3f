"""Hand a person everything the site holds of them: as JSON for machines and as plain text for reading."""

import json
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from django.utils.translation import gettext as _

from patterns.people import audit
from patterns.people.holdings import holdings
from patterns.people.models import User

Export = dict[str, Any]


def export(user: User, *, by: User | None) -> Export:
    """Return all of it, by holding, and write down that it was handed out: to its owner, or to the operator (None)."""
    if by is not None and by.pk != user.pk:
        raise PermissionDenied(_("Only its owner takes an account's data away."))
    found = {one.name: one.export(user) for one in holdings()}
    audit.note(by, "exported personal data", target=user)
    return {"made_at": timezone.now().isoformat(timespec="seconds"), **found}


def as_json(exported: Export) -> str:
    return json.dumps(exported, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2) + "\n"


def as_text(exported: Export) -> str:
    """The same to be read: a heading for each holding, a paragraph for each record, nothing left out."""
    titles = {one.name: str(one.title) for one in holdings()}
    lines = [str(exported["made_at"])]
    for name, records in exported.items():
        if not isinstance(records, list):
            continue
        title = titles.get(name, name)
        lines += ["", title, "=" * len(title), ""]
        lines += [line for record in records for line in [*_lines(record), ""]] or ["–", ""]
    return "\n".join(lines).rstrip() + "\n"


def _lines(value: Any, depth: int = 0) -> Iterator[str]:
    space = "  " * depth
    if isinstance(value, dict):
        for name, inner in value.items():
            if isinstance(inner, dict | list) and inner:
                yield f"{space}{name.replace('_', ' ')}:"
                yield from _lines(inner, depth + 1)
            else:
                said = _said(inner).replace("\n", f"\n{space}    ")
                yield f"{space}{name.replace('_', ' ')}: {said}"
    elif isinstance(value, list):
        for inner in value:
            yield from _lines(inner, depth)
    else:
        yield f"{space}{_said(value)}"


def _said(value: Any) -> str:
    if value in (None, "", [], {}):
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
