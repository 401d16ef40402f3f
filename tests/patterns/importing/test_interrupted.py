"""An import that is killed keeps what it had written, and the next one does the rest."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from django.db import connection

from patterns.importing import running
from patterns.models import Pattern, SourceFile
from tests.factories.corpus import write_corpus

ROOT = Path(__file__).resolve().parents[3]
KILLED = textwrap.dedent("""
    import os, signal, sys
    import django
    django.setup()
    from django.conf import settings
    from django.db import connection
    connection.settings_dict["NAME"] = sys.argv[2]
    connection.settings_dict["OPTIONS"].pop("pool", None)
    from patterns.importing import running
    running.CHUNK = 20
    def progress(done, total):
        if done >= 40:
            os.kill(os.getpid(), signal.SIGKILL)
    running.import_library(sys.argv[1], progress=progress)
""")


@pytest.mark.django_db(transaction=True)
def test_a_killed_import_resumes(tmp_path, monkeypatch):
    corpus = write_corpus(tmp_path / "commons", healthy=40)
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "clm_site.settings", "PYTHONPATH": str(ROOT)}
    name = connection.settings_dict["NAME"]
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(corpus.root), name], env=environment, check=False, capture_output=True
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    written = SourceFile.objects.count()
    assert 0 < written < len(corpus.paths)
    report = running.import_library(corpus.root)
    assert report.unchanged > 0
    assert report.imported + report.unchanged + report.unread == len(corpus.paths)
    assert SourceFile.objects.count() == len(corpus.paths)
    assert not Pattern.objects.filter(current=None).exists()
    assert report.relations["resolved"] > 40
