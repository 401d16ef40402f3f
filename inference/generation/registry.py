"""The models an operator gave this site: what each is, whether it fits this machine and works, and which one writes."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from django.db import transaction
from django.utils.text import slugify

from inference.generation.endpoints import KEY_PREFIX, BadEndpoint, key_name, key_of, locate
from inference.generation.gguf import BadModelFile, read
from inference.generation.trial import fits, problem_of
from inference.models import LanguageModel

__all__ = ["RegistryError", "add", "add_endpoint", "disable", "enable", "fits", "make_default", "probe"]
MOST_CONTEXT = 4096  # tokens; more costs memory and seconds that a cited answer does not need


class RegistryError(Exception):
    """The model cannot be added or used; the message is a sentence for the operator."""


def add(
    path: Path, *, name: str = "", role: str = "small", progress: Callable[[int, int], None] | None = None
) -> LanguageModel:
    """Register a GGUF file (again, when it changed) and probe it; enabled when it works, failed with a reason if not.

    `progress` is told (bytes read, bytes in all) while the file is fingerprinted. Raises `RegistryError` where the
    file is no readable model; a model that only fails its probe is kept, so that the reason can be read.
    """
    path = path.expanduser().resolve()
    try:
        described = read(path, context=MOST_CONTEXT)
    except BadModelFile as problem:
        raise RegistryError(str(problem)) from problem
    return _registered(
        slugify(name or path.stem)[:80] or "model",
        kind=LanguageModel.Kind.GGUF,
        fields={
            "role": role,
            "location": str(path),
            "sha256": _sha256(path, progress),
            "family": described.architecture[:80],
            "parameters": described.parameters,
            "quantisation": described.quantisation,
            "context": described.context,
            "license": described.license,
            "memory_needed": described.memory_needed,
        },
    )


def add_endpoint(
    name: str, url: str, *, served_name: str, context: int = MOST_CONTEXT, tier: int = 1, role: str = "small",
    key_env: str = "",
) -> LanguageModel:  # fmt: skip
    """Register a model behind an OpenAI-compatible server and try it. Raises `RegistryError` for a bad address.

    `key_env` names the environment variable that holds its key (by itself `CLM_ENDPOINT_KEY_` and the name); only
    such variables are read, so that no other secret of this site can be sent to a server. `tier` is by itself 1 for a
    server on this machine or network and 2 for others.
    """
    slug = slugify(name)[:80]
    if not slug:
        raise RegistryError("Give the endpoint a short name of letters and digits.")
    key_env = key_env or key_name(slug)
    if not key_env.startswith(KEY_PREFIX):
        raise RegistryError(f"The variable must begin with {KEY_PREFIX}; {key_name(slug)} would do.")
    try:
        place = locate(url, with_key=bool(key_of(key_env)))
    except BadEndpoint as problem:
        raise RegistryError(str(problem)) from problem
    tier = tier or (1 if place.private else 2)
    if tier == 1 and not place.private:
        raise RegistryError(
            "That address is on the internet, not on this machine or network: leave --tier out or make it 2, "
            "so that pages say who answered."
        )
    return _registered(
        slug,
        kind=LanguageModel.Kind.ENDPOINT,
        fields={
            "role": role,
            "tier": tier,
            "location": place.base,
            "served_name": served_name,
            "family": served_name[:80],
            "private": place.private,
            "key_env": key_env,
            "context": context,
        },
    )


def probe(model: LanguageModel) -> LanguageModel:
    """Load the model and let it write a few words in a process of its own; keeps what came of it on its row."""
    model.problem = problem_of(model)
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
    """Have this model answer the questions of its role from now on; raises `RegistryError` if it is not enabled."""
    if model.state != LanguageModel.State.ENABLED:
        raise RegistryError(f"{model.name} is {model.state}: enable it first (clm models enable {model.name}).")
    with transaction.atomic():
        others = LanguageModel.objects.select_for_update().filter(default=True, role=model.role)
        others.exclude(pk=model.pk).update(default=False)
        model.default = True
        model.save(update_fields=["default"])
    return model


def _registered(name: str, *, kind: str, fields: dict[str, object]) -> LanguageModel:
    """The model's row, new or renewed, after its trial."""
    before = LanguageModel.objects.filter(name=name).first()
    if before and before.kind != kind:
        raise RegistryError(f"{name} is already the name of another kind of model: choose another name.")
    if before and before.role != fields["role"]:
        fields["default"] = False  # it was the default of another role
    fields |= {"kind": kind, "state": LanguageModel.State.CANDIDATE, "problem": ""}
    model, _ = LanguageModel.objects.update_or_create(name=name, defaults=fields)
    return probe(model)


def _sha256(path: Path, progress: Callable[[int, int], None] | None) -> str:
    digest, size, done = hashlib.sha256(), path.stat().st_size, 0
    with path.open("rb") as file:
        while piece := file.read(4 * 1024 * 1024):
            digest.update(piece)
            done += len(piece)
            if progress:
                progress(done, size)
    return digest.hexdigest()
