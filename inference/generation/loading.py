"""Which local models are in this process's memory: loaded and warmed in the background, let go when nobody needs them.

A model is freed when its last user has finished with it, so that a swap never pulls it from under a running answer.
"""

import gc
import logging
import threading
import time
import weakref
from collections.abc import Collection
from dataclasses import dataclass

import psutil
from django.utils.module_loading import import_string

from inference.backends import BackendError, Generator
from inference.prompting.prompt import build
from inference.types import Route, RouteKind

log = logging.getLogger(__name__)

LLAMA_CPP = "inference.backends.llama_cpp.Generator"
RETRY_AFTER = 120  # seconds until a load that failed is tried again
FREED_WITHIN = 330  # seconds: an answer that is being written may take as long as it may take


@dataclass(frozen=True)
class Recipe:
    """What a local generator is made from. Another file, or another content of the same, is another generator."""

    location: str
    name: str
    context: int
    sha256: str
    memory: int = 0


class OutOfMemory(BackendError):
    """There is no room for the model now; that says nothing against the model."""


_held: dict[Recipe, Generator] = {}
_loading: dict[Recipe, threading.Thread] = {}
_problems: dict[Recipe, tuple[float, BackendError]] = {}
_lock = threading.RLock()


def held(recipe: Recipe) -> Generator | None:
    """The generator, if it is in memory."""
    return _held.get(recipe)


def problem(recipe: Recipe) -> BackendError | None:
    """Why it could not be loaded, for as long as it is not tried again."""
    since, why = _problems.get(recipe, (0.0, None))
    return why if time.monotonic() - since < RETRY_AFTER else None


def load(recipe: Recipe, *, wanted: Collection[Recipe]) -> Generator:
    """The generator, loaded and warmed first if need be; raises `BackendError`. Waits for a load that is going on."""
    begin(recipe, wanted=wanted)
    with _lock:
        thread = _loading.get(recipe)
    if thread:
        thread.join()
    found = _held.get(recipe)
    if found is None:
        raise problem(recipe) or BackendError(f"The model {recipe.name} was just taken out of use.")
    return found


def begin(recipe: Recipe, *, wanted: Collection[Recipe]) -> None:
    """Load `recipe` in the background beside what is held; then let go of all that is not `wanted`."""
    with _lock:
        if recipe in _held or recipe in _loading or problem(recipe):
            return
        arguments = (recipe, frozenset(wanted))
        thread = threading.Thread(target=_load, args=arguments, name=f"load {recipe.name}", daemon=True)
        _loading[recipe] = thread
        thread.start()


def keep_only(wanted: Collection[Recipe]) -> list[weakref.ref]:
    """Let go of every generator but those `wanted`; each is freed when the answer it may be writing has ended."""
    with _lock:
        gone = [recipe for recipe in _held if recipe not in wanted]
        for recipe in gone:
            log.info("model %s is let go", recipe.name)
        return [weakref.ref(_held.pop(recipe)) for recipe in gone]


def let_go() -> None:
    """Free everything now; for processes that end and tests."""
    with _lock:
        threads = list(_loading.values())
    for thread in threads:
        thread.join()
    with _lock:
        for one in _held.values():
            getattr(one, "close", lambda: None)()
        _held.clear()
        _problems.clear()


def _load(recipe: Recipe, wanted: frozenset[Recipe]) -> None:
    started = time.monotonic()
    try:
        _make_room(recipe, wanted)
        generator = import_string(LLAMA_CPP)(recipe.location, name=recipe.name, context=recipe.context)
        generator.warm(build("", (), Route(RouteKind.SEMANTIC, "")))
    except OutOfMemory as full:
        log.warning("%s", full)
        _give_up(recipe, full)
        return
    except Exception as broken:
        log.exception("model %s cannot be loaded", recipe.name)
        _give_up(recipe, broken if isinstance(broken, BackendError) else BackendError("The model cannot be loaded."))
        return
    with _lock:
        _held[recipe] = generator
        _loading.pop(recipe, None)
    log.info("model %s is loaded and warm after %.1f s", recipe.name, time.monotonic() - started)
    keep_only(wanted | {recipe})


def _make_room(recipe: Recipe, wanted: frozenset[Recipe]) -> None:
    """Check the memory; where the new model does not fit beside an old one, let that go first and say so."""
    if recipe.memory <= psutil.virtual_memory().available:
        return
    free = psutil.virtual_memory().available
    leaving = [one for one in _held if one not in wanted]
    if leaving:
        names = ", ".join(one.name for one in leaving)
        log.warning("%s needs %s and %s is free: %s is unloaded first, and answers wait until it is there",
                    recipe.name, gib(recipe.memory), gib(free), names)  # fmt: skip
        _wait_until_freed(keep_only(wanted))
        free = psutil.virtual_memory().available
    if recipe.memory > free:
        raise OutOfMemory(f"{recipe.name} needs about {gib(recipe.memory)} of memory and {gib(free)} is free.")


def _give_up(recipe: Recipe, why: BackendError) -> None:
    with _lock:
        _problems[recipe] = (time.monotonic(), why.with_traceback(None))
        _loading.pop(recipe, None)


def _wait_until_freed(leaving: list[weakref.ref]) -> None:
    until = time.monotonic() + FREED_WITHIN
    while any(one() is not None for one in leaving) and time.monotonic() < until:
        gc.collect()
        time.sleep(0.1)


def gib(size: int) -> str:
    """A size for people."""
    return f"{size / 2**30:.1f} GiB"
