"""Write the two context files of a library: typed relations with evidence, and what each pattern suits."""

import json
import math
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import Q

from patterns.enums import ChangeKind, Provenance, RelationState, SuitabilityAxis
from patterns.format import Document, Problem, Severity
from patterns.format.document import text_of
from patterns.format.kinds import meaning
from patterns.importing.file_records import keep_files
from patterns.importing.reading import ReadFile
from patterns.importing.run import Run
from patterns.importing.scanning import RELATIONS, Kind
from patterns.models import LibraryChange, Relation, Suitability
from patterns.recording.copying import copy_in
from patterns.recording.relations import Reread, write

AXES = (
    ("archetypes", SuitabilityAxis.ARCHETYPE, "strength"),
    ("stages", SuitabilityAxis.STAGE, "importance"),
    ("domains", SuitabilityAxis.SECTOR, "specificity"),
)


class ContextError(ValueError):
    """A context file is not the JSON it should be; `line` counts from 1."""

    def __init__(self, reason: str, *, line: int = 1) -> None:
        super().__init__(reason)
        self.line = line


def import_context(one: ReadFile, run: Run) -> None:
    """Import one context file in one transaction; its bytes are kept, and each record it cannot use is reported."""
    problems: list[Problem] = []
    with transaction.atomic():
        try:
            if not one.raw:
                raise ContextError(one.document.problems[0].reason if one.document.problems else "is empty")
            records, lines = _records(one)
            take = _take_relations if one.file.kind is Kind.RELATIONS else _take_suitability
            take(records, lines, run, problems)
        except ContextError as error:
            problems.append(Problem(error.line, str(error), Severity.ERROR))
            run.report.unread += 1
        else:
            if one.file.path in run.known.files:
                run.report.updated += 1
            else:
                run.report.imported += 1
        document = Document(text="", problems=tuple(problems))
        keep_files([ReadFile(one.file, one.sha256, one.raw, document)], run, context=True)


def _records(one: ReadFile) -> tuple[list[Any], list[int]]:
    """Return the records of a context file and the line each stands on, as near as one id a record tells."""
    key = "relationships" if one.file.kind is Kind.RELATIONS else "records"
    marker = b'"source_id"' if one.file.kind is Kind.RELATIONS else b'"pattern_id"'
    try:
        value = json.loads(one.raw, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        raise ContextError(f"is not valid JSON: {error}", line=line) from error
    records = value.get(key) if isinstance(value, dict) else value
    if not isinstance(records, list):
        raise ContextError(f"holds no list of records under `{key}`")
    lines = [number for number, line in enumerate(one.raw.split(b"\n"), 1) if marker in line]
    return records, lines if len(lines) == len(records) else [1] * len(records)


def _refuse(word: str) -> None:
    raise ValueError(f"the number {word} is not allowed")


def _take_relations(records: list[Any], lines: list[int], run: Run, problems: list[Problem]) -> None:
    """Make the relations that stand in this file equal to its records; verdicts of people stay.

    What was rejected, left the file and came back to it is known again by what it says.
    """
    plan, touched = Reread(), set()
    known: dict[tuple, list[Relation]] = defaultdict(list)
    here = Q(stands_at__startswith=f"{RELATIONS}[") | Q(stands_at="", state=RelationState.REJECTED)
    for relation in Relation.objects.filter(here, library=run.library).order_by("-stands_at", "pk"):
        known[relation.kind, relation.source_ref, relation.target_ref].append(relation)
    for index, (record, line) in enumerate(zip(records, lines, strict=True)):
        ends = (
            [text_of(record.get(end))[:300] for end in ("source_id", "target_id")] if isinstance(record, dict) else []
        )
        kind = meaning(text_of(record.get("relationship_type")))[0] if ends else ""
        if not kind or not all(ends):
            problems.append(Problem(line, f"record {index + 1} names no source, target or kind", Severity.PARTLY))
            continue
        found = known.get((kind, *ends))
        relation = found.pop(0) if found else Relation(provenance=Provenance.IMPORTED, state=RelationState.SUGGESTED)
        relation.library, relation.kind = run.library, kind
        relation.source_ref, relation.target_ref = ends
        relation.source_id, relation.target_id = (run.names.find([end], library_id=run.library.pk) for end in ends)
        relation.weight, relation.evidence = _number(record.get("confidence")), text_of(record.get("evidence"))
        relation.stands_at, relation.raw = f"{RELATIONS}[{index}]", _storable(record)
        (plan.update if relation.pk else plan.create).append(relation)
        touched.add(relation.source_id or relation.target_id)
        problems.extend(_unknown(ends, relation, line))
    for relation in (one for rest in known.values() for one in rest if one.stands_at):
        touched.add(relation.source_id or relation.target_id)
        if relation.state == RelationState.SUGGESTED:
            plan.delete.append(relation.pk)
        else:
            relation.stands_at = ""
            plan.update.append(relation)
    write(plan)
    changes = [LibraryChange(kind=ChangeKind.RELATIONS_CHANGED, pattern_id=pk) for pk in sorted(touched - {None})]
    copy_in(changes)


def _unknown(ends: list[str], relation: Relation, line: int) -> Iterator[Problem]:
    for name, found in zip(ends, (relation.source_id, relation.target_id), strict=True):
        if not found:
            yield Problem(line, f"`{name}` names no pattern, or several; the relation waits for one")


def _take_suitability(records: list[Any], lines: list[int], run: Run, problems: list[Problem]) -> None:
    """Replace the library's suitability records by those of this file; nobody edits them here."""
    rows: list[Suitability] = []
    for index, (record, line) in enumerate(zip(records, lines, strict=True)):
        if not isinstance(record, dict) or not text_of(record.get("pattern_id")):
            problems.append(Problem(line, f"record {index + 1} names no pattern", Severity.PARTLY))
            continue
        reference, title = text_of(record["pattern_id"])[:300], text_of(record.get("pattern_name"))
        if "error" in record:
            reason = f"`{reference}` ({title}) holds only an error: {text_of(record['error'])[:200]}"
            problems.append(Problem(line, reason, Severity.PARTLY))
            continue
        pattern_id = run.names.find([reference], library_id=run.library.pk, hint=title)
        if not pattern_id:
            problems.append(Problem(line, f"`{reference}` ({title}) names no pattern, or several; it waits for one"))
        for key, axis, measure in AXES:
            for item in record.get(key) if isinstance(record.get(key), list) else []:
                if isinstance(item, dict) and (name := text_of(item.get("name"))):
                    rows.append(_suitability(item, measure, run, pattern_id, reference, axis=axis, name=name[:160]))
                else:
                    problems.append(Problem(line, f"`{reference}`: an item of `{key}` has no name", Severity.PARTLY))
    Suitability.objects.filter(library=run.library).delete()
    copy_in(rows)


def _suitability(
    item: dict, measure: str, run: Run, pattern_id: int | None, reference: str, **fields: Any
) -> Suitability:
    value = item.get(measure)
    score = _number(value)
    return Suitability(
        library=run.library,
        pattern_id=pattern_id,
        pattern_ref=reference,
        score=score,
        level="" if score is not None else text_of(value)[:60],
        rationale=text_of(item.get("rationale")).replace("\x00", ""),
        **fields,
    )


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if math.isfinite(value) else None


def _storable(record: dict) -> dict:
    """Return a record without what PostgreSQL's JSON cannot hold."""
    return json.loads(json.dumps(record).replace("\\u0000", "\\ufffd"))
