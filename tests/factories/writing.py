"""What a browser would send back from the editor, read from the page it was shown."""

import time
from typing import Any

from django.core import signing

from patterns.people import traps
from patterns.writing.fieldsets import PATTERN
from patterns.writing.works import Work
from patterns.writing.written import Written, over


def fields(response: Any) -> dict[str, str]:
    """The fields of the form in `response`, with the line ends a browser makes."""
    context = response.context
    values = dict(context["form"].initial) | {"order": context["order"], "out": context["out_order"]}
    values["consent"] = "on" if values.get("consent") else ""
    values |= trap()
    for part in [*(row.part for row in context["sections"]), *context["out"]]:
        values[f"section-{part.id}"] = part.text
        if part.level:
            values[f"heading-{part.id}"] = part.name
    values = {name: str(value).replace("\n", "\r\n") for name, value in values.items() if value is not None}
    return values if values["consent"] else {name: value for name, value in values.items() if name != "consent"}


def trap() -> dict[str, str]:
    """What `{% trap %}` puts into a visitor's form, as a person sends it back half a minute later."""
    opened = int((time.time() - 30) * 1000)
    return {traps.HIDDEN: "", traps.STAMP: signing.dumps(opened, salt="clm.form")}


def change(values: dict[str, str], before: str, after: str) -> dict[str, str]:
    """The same form with other words in its sections."""
    return {
        name: value.replace(before, after) if name.startswith("section-") else value for name, value in values.items()
    }


def form_over(revision: Any, *, key: str) -> dict[str, str]:
    """The form of the editor over a published pattern, without asking a page for it."""
    return _form(over(revision.source, PATTERN, base=revision, key=key))


def form_of(work: Work, *, key: str) -> dict[str, str]:
    """The form of the editor as a work is opened, a new one too, without asking a page for it."""
    source = work.current.source if work.current else work.blank()
    return _form(over(source, work.fields, base=work.current, key=key))


def _form(opened: Written) -> dict[str, str]:
    base, source = str(opened.base.pk) if opened.base else "", opened.packed_source
    values = {**opened.values, "base": base, "key": opened.key, "note": "", "source": source, "out": ""} | trap()
    values["order"] = ",".join(part.id for part in opened.parts)
    for part in opened.parts:
        values |= {f"section-{part.id}": part.text} | ({f"heading-{part.id}": part.name} if part.level else {})
    return values
