"""The web process is light: booting it, resolving every address and asking a question loads no model code."""

import json
import subprocess
import sys

import pytest
from django.db import connection

from tests.architecture.reading import ROOT
from tests.architecture.test_layers import HEAVY


@pytest.mark.django_db(transaction=True)
def test_booting_resolving_and_asking_load_nothing_heavy():
    database = connection.settings_dict["NAME"]
    done = subprocess.run(
        [sys.executable, "-m", "tests.architecture.booting", database],
        cwd=ROOT, capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["views"] > 10
    assert told["answer"] == "pending"
    loaded = set(told["modules"])
    assert sorted(name for name in HEAVY if name in loaded) == []
    assert not {name for name in loaded if name.startswith("inference.backends.")}
    assert "worker.tasks" not in loaded
