"""Cuts a dataset release from what people accepted: the files whole or not at all, then the record and its run."""

import os
import shutil
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import connection, models, transaction

from feedback import retraining
from feedback.curation import accepted_examples
from feedback.dataset import Dataset, build
from feedback.models import Release
from patterns.models import User
from patterns.people import audit

ONE_RELEASE_AT_A_TIME = 0x434C4D04  # advisory lock


class ReleaseError(Exception):
    """No release was made; the message is a sentence that says why."""


class NothingToRelease(ReleaseError):
    """Nobody has accepted anything yet."""


class Unchanged(ReleaseError):
    """The content equals that of `release`, the one it was cut as before."""

    def __init__(self, release: Release) -> None:
        super().__init__(f"Nothing has changed since {release}; no new release was made.")
        self.release = release


def release_dataset(*, by: User | None) -> Release:
    """Write the release under `settings.DATASETS_DIR/<version>-<sha256, 12 letters>/` and queue a training run on it.

    `by` is the person who asked, None for the schedule. Raises `NothingToRelease` or `Unchanged`.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_RELEASE_AT_A_TIME])
        dataset = build(accepted_examples())
        if not dataset.rows:
            raise NothingToRelease("No row has been accepted yet, so there is nothing to release.")
        known = Release.objects.filter(sha256=dataset.sha256).first()
        if known is not None:
            _write(dataset, folder_of(known))  # somebody may have deleted the files
            raise Unchanged(known)
        latest = Release.objects.aggregate(latest=models.Max("version"))["latest"] or 0
        release = Release(
            version=latest + 1, sha256=dataset.sha256, manifest=dataset.manifest, rows=dataset.rows, made_by=by
        )
        _write(dataset, folder_of(release))
        release.save()
        audit.note(by, "dataset released", target=release, sha256=release.sha256, rows=release.rows)
        retraining.queue(release)
    return release


def release_if_new() -> str:
    """What the quarterly schedule calls: cut a release where there is something new, and say what happened."""
    try:
        release = release_dataset(by=None)
    except ReleaseError as problem:
        return str(problem)
    return f"{release} with {release.rows} rows"


def folder_of(release: Release) -> Path:
    return Path(settings.DATASETS_DIR) / f"{release.version}-{release.sha256[:12]}"


def _write(dataset: Dataset, folder: Path) -> None:
    """Put the whole folder in place in one step; leave one that is there and complete alone."""
    if folder.exists():
        if all(
            (folder / path).is_file() and (folder / path).read_bytes() == dataset.files[path] for path in dataset.files
        ):
            return
        shutil.rmtree(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=".fresh-", dir=folder.parent))
    try:
        for path, content in dataset.files.items():
            (fresh / path).parent.mkdir(parents=True, exist_ok=True)
            with (fresh / path).open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        fresh.chmod(0o755)
        fresh.rename(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
