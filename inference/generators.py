"""Which generator writes now: the one the settings name, the default model, or the extractive one that needs none.

Asked before every answer, so that a model enabled, disabled or replaced takes effect without a restart. One model is
loaded at a time in a worker.
"""

import logging
import threading
from dataclasses import dataclass
from importlib.util import find_spec

from django.conf import settings
from django.utils.module_loading import import_string

from inference.backends import BackendError, Generator
from inference.models import LanguageModel

log = logging.getLogger(__name__)

EXTRACTIVE = "inference.backends.extractive.Generator"
LLAMA_CPP = "inference.backends.llama_cpp.Generator"


@dataclass(frozen=True)
class Chosen:
    """A ready generator, and the registered model behind it where there is one."""

    generator: Generator
    model: LanguageModel | None = None


_lock = threading.Lock()
_loaded: dict[tuple[str, ...], Generator] = {}


def current() -> Chosen:
    """The generator to write the next answer with; loads it when it is not the one loaded. One query.

    A default model that cannot be loaded is marked failed with the reason, and the extractive generator takes over.
    """
    if settings.GENERATOR:
        return Chosen(_ready((settings.GENERATOR,)))
    model = LanguageModel.objects.filter(
        default=True, state=LanguageModel.State.ENABLED, kind=LanguageModel.Kind.GGUF
    ).first()
    if model is not None and find_spec("llama_cpp") is None:
        log.warning("model %s waits: llama-cpp-python is not installed in this environment", model.name)
        model = None
    if model is not None:
        try:
            return Chosen(_ready((LLAMA_CPP, model.location, model.name, str(model.context), model.sha256)), model)
        except BackendError as problem:
            log.exception("model %s cannot be loaded", model.name)
            LanguageModel.objects.filter(pk=model.pk).update(state=LanguageModel.State.FAILED, problem=str(problem))
    return Chosen(_ready((EXTRACTIVE,)))


def let_go() -> None:
    """Give back the memory of what is loaded."""
    with _lock:
        for one in _loaded.values():
            getattr(one, "close", lambda: None)()
        _loaded.clear()


def _ready(wanted: tuple[str, ...]) -> Generator:
    """The loaded generator for `wanted` (dotted path and what it is made with), after letting go of any other."""
    if wanted not in _loaded:
        let_go()
    with _lock:
        if wanted not in _loaded:
            path, *made_with = wanted
            if path == LLAMA_CPP:
                location, name, context, _ = made_with
                _loaded[wanted] = import_string(path)(location, name=name, context=int(context))
            else:
                _loaded[wanted] = import_string(path)()
        return _loaded[wanted]
