"""Remember every file of a library as it was read: what makes imports incremental, resumable and exports exact."""

from collections.abc import Sequence

from patterns.importing.known import FileState
from patterns.importing.reading import ReadFile
from patterns.importing.run import Run
from patterns.models import SourceFile

BATCH = 500


def keep_files(
    read_files: Sequence[ReadFile],
    run: Run,
    *,
    patterns: dict[str, int] | None = None,
    lighthouses: dict[str, int] | None = None,
    context: bool = False,
) -> None:
    """Record what each file was, its bytes where nothing else holds them, and report what is wrong with it.

    A pattern or lighthouse file that became neither counts as unread; `context` files never do here.
    """
    rows = []
    for one in read_files:
        path, before = one.file.path, run.known.files.get(one.file.path)
        pattern_id, lighthouse_id = (patterns or {}).get(path), (lighthouses or {}).get(path)
        unread = not (context or pattern_id or lighthouse_id)
        problems = list(one.problems)
        if unread and one.document.readable:
            problems.append({"line": 1, "reason": "names nothing: it has neither an id nor a title"})
        if unread and before:
            pattern_id, lighthouse_id = before.pattern_id, before.lighthouse_id
        for problem in problems:
            run.report.say(path, problem["reason"], line=problem["line"])
        run.report.unread += unread
        run.known.files[path] = FileState(one.sha256, pattern_id, lighthouse_id, unread or context, problems)
        rows.append(
            SourceFile(
                library=run.library, path=path, sha256=one.sha256, raw=one.raw if unread or context else None,
                problems=problems, pattern_id=pattern_id, lighthouse_id=lighthouse_id,
            )
        )  # fmt: skip
    SourceFile.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["library", "path"],
        update_fields=["sha256", "raw", "problems", "pattern", "lighthouse"],
        batch_size=BATCH,
    )
