"""The models an operator gave this site: what each is, whether it fits this machine and works, and which one writes."""

import hashlib
import json
import signal
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import psutil
from django.conf import settings
from django.db import transaction
from django.utils.text import slugify

from inference.gguf import BadModelFile, ModelFile, read
from inference.models import LanguageModel

PROBE_LIMIT = 180  # seconds
MOST_CONTEXT = 4096  # tokens; more costs memory and seconds that a cited answer does not need


class RegistryError(Exception):
    """The model cannot be added or used; the message is a sentence for the operator."""


def add(path: Path, *, name: str = "", progress: Callable[[int, int], None] | None = None) -> LanguageModel:
    """Register a GGUF file (again, when it changed) and probe it; enabled when it works, failed with a reason if not.

    `progress` is told (bytes read, bytes in all) while the file is fingerprinted. Raises `RegistryError` where the
    file is no readable model; a model that only fails its probe is kept, so that the reason can be read.
    """
    path = path.expanduser().resolve()
    try:
        described = read(path, context=MOST_CONTEXT)
    except BadModelFile as problem:
        raise RegistryError(str(problem)) from problem
    slug = slugify(name or path.stem)[:80] or "model"
    model, _ = LanguageModel.objects.update_or_create(
        name=slug,
        defaults={
            "kind": LanguageModel.Kind.GGUF,
            "location": str(path),
            "sha256": _sha256(path, progress),
            "family": described.architecture[:80],
            "parameters": described.parameters,
            "quantisation": described.quantisation,
            "context": described.context,
            "license": described.license,
            "memory_needed": described.memory_needed,
            "state": LanguageModel.State.CANDIDATE,
            "problem": "",
        },
    )
    return probe(model)


def probe(model: LanguageModel) -> LanguageModel:
    """Load the model and let it write a few words in a process of its own; keeps what came of it on its row."""
    model.problem = _problem(model)
    model.state = LanguageModel.State.FAILED if model.problem else LanguageModel.State.ENABLED
    if model.problem:
        model.default = False
    model.save(update_fields=["state", "problem", "default"])
    return model


def enable(model: LanguageModel) -> LanguageModel:
    """Let the model be used, once it passes its probe."""
    return probe(model)


def disable(model: LanguageModel) -> LanguageModel:
    """Take the model out of use from the next answer on."""
    model.state, model.default = LanguageModel.State.DISABLED, False
    model.save(update_fields=["state", "default"])
    return model


def make_default(model: LanguageModel) -> LanguageModel:
    """Have this model write from the next answer on; raises `RegistryError` for one that is not enabled."""
    if model.state != LanguageModel.State.ENABLED:
        raise RegistryError(f"{model.name} is {model.state}: enable it first (clm models enable {model.name}).")
    with transaction.atomic():
        LanguageModel.objects.select_for_update().filter(default=True).exclude(pk=model.pk).update(default=False)
        model.default = True
        model.save(update_fields=["default"])
    return model


def fits(described: LanguageModel | ModelFile) -> bool:
    """Whether the model's memory fits what this machine has free and reclaimable now."""
    return not described.memory_needed or described.memory_needed <= psutil.virtual_memory().available


def _problem(model: LanguageModel) -> str:
    """Why the model does not work here, in a sentence; nothing when it does."""
    if not fits(model):
        free = psutil.virtual_memory().available
        return f"It needs about {_gib(model.memory_needed)} of memory and this machine has {_gib(free)} free."
    if find_spec("llama_cpp") is None:
        return "llama-cpp-python is not installed yet; run `make up` again when it is built, then probe the model."
    command = [sys.executable, "-m", "inference.backends.probe", model.location, str(model.context)]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=PROBE_LIMIT, check=False, cwd=settings.BASE_DIR
        )
    except subprocess.TimeoutExpired:
        return f"It was still not ready after {PROBE_LIMIT} seconds, which is too slow to answer anyone."
    if done.returncode < 0:
        crash = signal.Signals(-done.returncode).name
        return f"Loading it crashed the trial ({crash}): the file is damaged or not made for this machine."
    try:
        report = json.loads(done.stdout.strip().splitlines()[-1])
    except (IndexError, ValueError):
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        return f"The trial ended with code {done.returncode}: {last[:300]}"
    return str(report.get("problem", ""))


def _sha256(path: Path, progress: Callable[[int, int], None] | None) -> str:
    digest, size, done = hashlib.sha256(), path.stat().st_size, 0
    with path.open("rb") as file:
        while piece := file.read(4 * 1024 * 1024):
            digest.update(piece)
            done += len(piece)
            if progress:
                progress(done, size)
    return digest.hexdigest()


def _gib(size: int) -> str:
    return f"{size / 2**30:.1f} GiB"
