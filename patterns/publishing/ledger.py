"""What a merge did to each row, written so that it can be undone for every row that nobody changed since."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Self

from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model


class _ToTheMicrosecond(DjangoJSONEncoder):
    """A row that comes back bears the moments it had; Django's own writes milliseconds."""

    def default(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, datetime) else super().default(value)


class Ledger:
    """Changes to the rows of one model. `why` counts the rows that went, for each reason."""

    def __init__(self) -> None:
        self._changed: dict[int, dict[str, dict[str, Any]]] = {}
        self._dropped: list[str] = []
        self.why: dict[str, int] = {}

    def change(self, row: Model, **columns: Any) -> None:
        """Set `columns` of `row`, unsaved, and note what they were."""
        noted = self._changed.setdefault(row.pk, {"before": {}, "after": {}})
        for name, value in columns.items():
            noted["before"].setdefault(name, getattr(row, name))
            noted["after"][name] = value
            setattr(row, name, value)

    def drop(self, row: Model, *, reason: str) -> None:
        """Delete `row`, and note all of it as it was before any change."""
        for name, value in self._changed.pop(row.pk, {"before": {}})["before"].items():
            setattr(row, name, value)
        self._dropped.append(serializers.serialize("json", [row], cls=_ToTheMicrosecond))
        self.count(reason)
        row.delete()

    def count(self, reason: str) -> None:
        self.why[reason] = self.why.get(reason, 0) + 1

    def save(self, model: type[Model], rows: Iterable[Model]) -> Self:
        """Write what was changed of `rows`."""
        fields = sorted({name for one in self._changed.values() for name in one["after"]})
        if fields:
            model.objects.bulk_update([row for row in rows if row.pk in self._changed], fields, batch_size=200)
        return self

    def as_json(self, **more: Any) -> dict[str, Any]:
        changed = [{"id": pk, **noted} for pk, noted in self._changed.items()]
        return {"changed": changed, "dropped": self._dropped, "why": self.why, "moved": len(changed), **more}


def undo(model: type[Model], record: dict[str, Any]) -> tuple[int, int]:
    """Put back what a ledger noted; returns how many rows went back, and how many stay since somebody changed them."""
    ids = [one["id"] for one in record["changed"]]
    rows = {row.pk: row for row in model.objects.select_for_update().filter(pk__in=ids).order_by("pk")}
    back = []
    for one in record["changed"]:
        row = rows.get(one["id"])
        if row is not None and all(getattr(row, name) == value for name, value in one["after"].items()):
            for name, value in one["before"].items():
                setattr(row, name, value)
            back.append(row)
    if back:
        fields = sorted({name for one in record["changed"] for name in one["before"]})
        model.objects.bulk_update(back, fields, batch_size=200)
    dropped = [one for text in record["dropped"] for one in serializers.deserialize("json", text)]
    whole = [one for one in dropped if _finds_its_own(one.object)]
    for one in whole:
        one.save()
    stay = len(record["changed"]) - len(back) + len(dropped) - len(whole)
    return len(back) + len(whole), stay


def _finds_its_own(row: Model) -> bool:
    """Whether everything `row` names is still there."""
    named = [(field.related_model, getattr(row, field.attname)) for field in row._meta.fields if field.many_to_one]  # noqa: SLF001 - Django's public-by-use API
    return all(pk is None or model.objects.filter(pk=pk).exists() for model, pk in named)
