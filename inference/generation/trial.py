"""Tries a model before anybody depends on it: a file in a process of its own, an endpoint with a question of one word.

A file that crashes llama.cpp, never ends or needs more memory than there is takes only its trial along.
"""

import json
import signal
import subprocess
import sys
from importlib.util import find_spec

import psutil
from django.conf import settings

from inference.backends import BackendError
from inference.generation.endpoints import BadEndpoint, locate
from inference.generation.gguf import ModelFile
from inference.generation.loading import gib
from inference.models import LanguageModel
from inference.types import Prompt, Route, RouteKind

LIMIT = 180  # seconds
QUESTION = Prompt("Answer in one word.", "Which colour is grass?", (), Route(RouteKind.SEMANTIC, ""), 8)


def problem_of(model: LanguageModel) -> str:
    """Why the model does not work here, in a sentence; nothing when it does."""
    return _of_endpoint(model) if model.kind == LanguageModel.Kind.ENDPOINT else _of_file(model)


def fits(described: LanguageModel | ModelFile) -> bool:
    """Whether the model's memory fits what this machine has free and reclaimable now."""
    return not described.memory_needed or described.memory_needed <= psutil.virtual_memory().available


def machine() -> str:
    """What this machine has for models, in a sentence, with a rule of thumb for 4-bit files."""
    memory = psutil.virtual_memory()
    billions = max(0, memory.available - 2**29) / (0.65 * 2**30)
    return (
        f"This machine has {psutil.cpu_count()} cores and {gib(memory.total)} of memory, {gib(memory.available)} free: "
        f"a 4-bit model of up to {billions:.0f} billion parameters fits. On few cores, smaller ones answer sooner."
    )


def _of_file(model: LanguageModel) -> str:
    if not fits(model):
        free = gib(psutil.virtual_memory().available)
        return f"It needs about {gib(model.memory_needed or 0)} of memory and this machine has {free} free."
    if find_spec("llama_cpp") is None:
        return "llama-cpp-python is not installed yet; run `make up` again when it is built, then probe the model."
    command = [sys.executable, "-m", "inference.backends.probe", model.location, str(model.context)]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=LIMIT, check=False, cwd=settings.BASE_DIR
        )
    except subprocess.TimeoutExpired:
        return f"It was still not ready after {LIMIT} seconds, which is too slow to answer anyone."
    if done.returncode < 0:
        return _of_crash(-done.returncode)
    try:
        report = json.loads(done.stdout.strip().splitlines()[-1])
    except (IndexError, ValueError):
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        return f"The trial ended with code {done.returncode}: {last[:300]}"
    return str(report.get("problem", ""))


def _of_crash(number: int) -> str:
    try:
        name = signal.Signals(number).name
    except ValueError:
        name = f"signal {number}"
    if number == signal.SIGILL:
        return (
            f"Loading it crashed the trial ({name}): llama-cpp-python was built for another processor. "
            'Build it again with CMAKE_ARGS="-DGGML_NATIVE=OFF", then probe the model.'
        )
    if number == signal.SIGKILL:
        return f"The system ended the trial ({name}), most likely because memory ran out. Take a smaller model."
    return f"Loading it crashed the trial ({name}): the file is damaged or not made for this machine."


def _of_endpoint(model: LanguageModel) -> str:
    from django.utils.module_loading import import_string

    from inference.generation.generators import ENDPOINT, endpoint_arguments

    try:
        place = locate(model.location)
        if place.private and not model.private:
            return "Its address now leads to this machine or its network, which it did not when it was registered."
        generator = import_string(ENDPOINT)(model.location, **endpoint_arguments(model))
        for _ in generator.stream(QUESTION):
            pass
    except (BackendError, BadEndpoint) as problem:
        return str(problem)
    return ""
