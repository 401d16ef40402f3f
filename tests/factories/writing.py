"""What a browser would send back from the editor, read from the page it was shown."""

from typing import Any

from patterns.writing.fields import PATTERN
from patterns.writing.written import over


def fields(response: Any) -> dict[str, str]:
    """The fields of the form in `response`, with the line ends a browser makes."""
    context = response.context
    values = dict(context["form"].initial) | {"order": context["order"], "out": context["out_order"]}
    values["consent"] = "on" if values.get("consent") else ""
    for part in [*(row.part for row in context["sections"]), *context["out"]]:
        values[f"section-{part.id}"] = part.text
        if part.level:
            values[f"heading-{part.id}"] = part.name
    values = {name: str(value).replace("\n", "\r\n") for name, value in values.items() if value is not None}
    return values if values["consent"] else {name: value for name, value in values.items() if name != "consent"}


def change(values: dict[str, str], before: str, after: str) -> dict[str, str]:
    """The same form with other words in its sections."""
    return {
        name: value.replace(before, after) if name.startswith("section-") else value for name, value in values.items()
    }


def form_over(revision: Any, *, key: str) -> dict[str, str]:
    """The form of the editor over a published pattern, without asking a page for it."""
    opened = over(revision.source, PATTERN, base=revision, key=key)
    values = {**opened.values, "base": str(revision.pk), "key": key, "note": "", "source": "", "out": ""}
    values["order"] = ",".join(part.id for part in opened.parts)
    for part in opened.parts:
        values |= {f"section-{part.id}": part.text} | ({f"heading-{part.id}": part.name} if part.level else {})
    return values
