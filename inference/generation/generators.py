"""Which generator writes now: the one the settings name, the default model for such questions, or the extractive one.

Asked before every answer, so that a model enabled, disabled or replaced takes effect without a restart: while a new
default is loaded and warmed in the background, the old one still answers, if it may.
"""

import logging
import threading
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connections
from django.utils.module_loading import import_string

from inference.backends import BackendError, Generator
from inference.generation import loading
from inference.generation.loading import OutOfMemory, Recipe
from inference.models import LanguageModel

log = logging.getLogger(__name__)

EXTRACTIVE = "inference.backends.extractive.Generator"
ENDPOINT = "inference.backends.openai_endpoint.Generator"
REST = 30.0  # seconds in which a model server that failed is not asked, so that not every asker waits for it
LOOK_EVERY = 2.0  # seconds between looks whether the operator chose other models

_resting: dict[int, float] = {}  # until when, by the model's id


@dataclass(frozen=True)
class Chosen:
    """A ready generator and the registered model behind it where there is one.

    `is_last`: nothing comes after it. `instead`: it writes because a model server that would have rests.
    """

    generator: Generator
    model: LanguageModel | None = None
    is_last: bool = False
    instead: bool = False

    @property
    def tier(self) -> int:
        """1 for this machine and its network, 2 for the commons."""
        return self.model.tier if self.model else 1


def current(*, complexity: str = "small", tried: Collection[str] = ()) -> Chosen:
    """The generator to write the next answer with. One query; loads a model only where nothing else may answer.

    Those `tried` for this answer are left out, and what stays in reserve is on this machine.

    A question of `complexity` medium goes to the medium model where there is a default one, else to the small one.
    A default model that cannot be loaded is marked failed with the reason, and the next takes over.
    """
    if settings.GENERATOR:
        return Chosen(_made(settings.GENERATOR), is_last=True)
    enabled, instead = _enabled(), False
    for model in _in_order(enabled, complexity):
        if model.name in tried or (tried and model.kind == LanguageModel.Kind.ENDPOINT):
            continue
        if _resting.get(model.pk, 0.0) > time.monotonic():
            instead = True
            continue
        if (found := _ready(model, enabled)) and found.generator.name not in tried:
            return replace(found, instead=instead)
    return Chosen(_made(EXTRACTIVE), is_last=True, instead=instead)


def let_rest(chosen: Chosen) -> None:
    """Leave a model server alone for a while after it failed; a local model needs no rest."""
    if chosen.model is not None and chosen.model.kind == LanguageModel.Kind.ENDPOINT:
        _resting[chosen.model.pk] = time.monotonic() + REST


def refresh() -> None:
    """Begin to load what the operator chose since the last look, and let go of what may not be used any more."""
    if settings.GENERATOR:
        return
    enabled = _enabled()
    wanted = _wanted(enabled)
    for model in enabled:
        if model.default and model.kind == LanguageModel.Kind.GGUF:
            recipe = _recipe(model)
            if _note_problem(model, recipe) is None and _runtime_is_there():
                loading.begin(recipe, wanted=wanted)
    if all(loading.held(recipe) or loading.problem(recipe) for recipe in wanted):
        loading.keep_only(wanted)
    else:
        loading.keep_only({_recipe(model) for model in enabled if model.kind == LanguageModel.Kind.GGUF})


def keep_current() -> None:
    """Look for changes from a thread of its own for as long as this process lives; for workers that write answers."""

    def look() -> None:
        while True:
            time.sleep(LOOK_EVERY)
            try:
                refresh()
            except DatabaseError as problem:
                log.warning("no look at the models: %s", type(problem).__name__)
            except Exception:
                log.exception("the models could not be looked after")
            finally:
                connections.close_all()

    threading.Thread(target=look, name="models", daemon=True).start()


def let_go() -> None:
    """Give back the memory of what is loaded, and forget who rests."""
    _resting.clear()
    loading.let_go()


def _ready(model: LanguageModel, enabled: Sequence[LanguageModel]) -> Chosen | None:
    """`model` ready to write, or one that may stand in while it is loaded; None where it cannot be used."""
    if model.kind == LanguageModel.Kind.ENDPOINT:
        return Chosen(_endpoint(model), model)
    return _ready_here(model, enabled)


def _ready_here(model: LanguageModel, enabled: Sequence[LanguageModel]) -> Chosen | None:
    if not _runtime_is_there():
        log.warning("model %s waits: llama-cpp-python is not installed in this environment", model.name)
        return None
    recipe = _recipe(model)
    if (generator := loading.held(recipe)) is not None:
        return Chosen(generator, model)
    if _note_problem(model, recipe):
        return None
    stand_in = next((one for one in enabled if one.pk != model.pk and _held(one)), None)
    if stand_in is not None and (generator := loading.held(_recipe(stand_in))) is not None:
        loading.begin(recipe, wanted=_wanted(enabled))
        return Chosen(generator, stand_in)
    try:
        return Chosen(loading.load(recipe, wanted=_wanted(enabled)), model)
    except BackendError:
        _note_problem(model, recipe)
        return None


def _in_order(enabled: Sequence[LanguageModel], complexity: str) -> list[LanguageModel]:
    """The default models, the one for this kind of question first."""
    return sorted((one for one in enabled if one.default), key=lambda one: one.role != complexity)


def _enabled() -> list[LanguageModel]:
    return list(LanguageModel.objects.filter(state=LanguageModel.State.ENABLED).order_by("pk"))


def _wanted(enabled: Sequence[LanguageModel]) -> set[Recipe]:
    return {_recipe(one) for one in enabled if one.default and one.kind == LanguageModel.Kind.GGUF}


def _held(model: LanguageModel) -> bool:
    return model.kind == LanguageModel.Kind.GGUF and loading.held(_recipe(model)) is not None


def _note_problem(model: LanguageModel, recipe: Recipe) -> BackendError | None:
    """Keep on the model's row why it cannot be loaded, unless it is only the memory of this moment."""
    problem = loading.problem(recipe)
    if problem and not isinstance(problem, OutOfMemory):
        LanguageModel.objects.filter(pk=model.pk).update(state=LanguageModel.State.FAILED, problem=str(problem))
    return problem


def _recipe(model: LanguageModel) -> Recipe:
    return Recipe(model.location, model.name, model.context, model.sha256, model.memory_needed or 0)


def _endpoint(model: LanguageModel) -> Generator:
    return import_string(ENDPOINT)(model.location, **endpoint_arguments(model))


def endpoint_arguments(model: LanguageModel) -> dict[str, Any]:
    """What the generator of a registered endpoint is made with, beside its address."""
    return {
        "model": model.served_name,
        "name": model.name,
        "context": model.context,
        "private": model.private,
        "key_env": model.key_env,
    }


@cache
def _made(path: str) -> Generator:
    """A generator that is made from nothing but its path."""
    return import_string(path)()


def _runtime_is_there() -> bool:
    return find_spec("llama_cpp") is not None
