"""`manage.py models`: add a GGUF file or an endpoint, see which there are, and say which ones write the answers."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from inference.generation import registry
from inference.generation.trial import machine
from inference.models import LanguageModel

ROLES = LanguageModel.Role.values


class Command(BaseCommand):
    help = "Add, list, probe, enable, disable language models, and choose the default one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        adding = actions.add_parser("add", help="register a GGUF file and try it out")
        adding.add_argument("path", type=Path)
        adding.add_argument("--name", default="", help="a short name; the file's name where left out")
        asking = actions.add_parser("add-endpoint", help="register a model behind an OpenAI-compatible server")
        asking.add_argument("name", help="a short name")
        asking.add_argument("url", help="the server's address, such as http://127.0.0.1:8080/v1")
        asking.add_argument("--model", required=True, dest="served_name", help="what the server calls the model")
        asking.add_argument("--context", type=int, default=registry.MOST_CONTEXT, help="tokens the server reads")
        asking.add_argument("--tier", type=int, choices=[1, 2], help="1: on your machine or network, 2: the commons'")
        asking.add_argument("--key-env", default="", help="the environment variable that holds the key")
        for one in (adding, asking):
            one.add_argument("--role", choices=ROLES, default=ROLES[0], help="small: every question, medium: hard ones")
            one.add_argument("--default", action="store_true", help="have it write from the next answer on")
            one.add_argument("--json", action="store_true")
        listing = actions.add_parser("list", help="what is registered and what each model is like")
        listing.add_argument("--json", action="store_true")
        for action, words in {
            "enable": "let a model be used, after a trial",
            "disable": "take a model out of use",
            "default": "have a model write from the next answer on",
            "probe": "try a model out again",
        }.items():
            one = actions.add_parser(action, help=words)
            one.add_argument("name")
            one.add_argument("--json", action="store_true")

    def handle(self, *_: Any, action: str, **options: Any) -> None:
        as_json = options["json"]
        if action == "list":
            self._say(list(LanguageModel.objects.order_by("name")), as_json=as_json)
            if not as_json:
                self.stdout.write(machine())
            return
        try:
            if action in {"add", "add-endpoint"}:
                model = self._add(action, options)
            else:
                model = self._act(action, options["name"])
        except registry.RegistryError as problem:
            raise CommandError(str(problem)) from problem
        self._say([model], as_json=as_json)
        if model.state == LanguageModel.State.FAILED:
            raise CommandError(f"{model.name} cannot be used: {model.problem}")

    def _add(self, action: str, options: dict[str, Any]) -> LanguageModel:
        if action == "add":
            model = _add_file(options["path"], name=options["name"], role=options["role"])
        else:
            wanted = ("served_name", "context", "tier", "role", "key_env")
            model = registry.add_endpoint(options["name"], options["url"], **{each: options[each] for each in wanted})
        is_first = not LanguageModel.objects.filter(default=True, role=model.role).exists()
        if model.state == LanguageModel.State.ENABLED and (options["default"] or is_first):
            registry.make_default(model)
        return model

    def _act(self, action: str, name: str) -> LanguageModel:
        model = LanguageModel.objects.filter(name=name).first()
        if model is None:
            known = ", ".join(LanguageModel.objects.order_by("name").values_list("name", flat=True)) or "none yet"
            raise CommandError(f"There is no model called {name}. Known: {known}.")
        act = {"enable": registry.enable, "disable": registry.disable, "default": registry.make_default}
        return act.get(action, registry.probe)(model)

    def _say(self, models: list[LanguageModel], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps([_described(model) for model in models], indent=2))
            return
        if not models:
            self.stdout.write("No model yet: answers are quoted from the library. Add one with: models add FILE.gguf")
        for model in models:
            writes = {"small": ", writes the answers", "medium": ", writes the answers to hard questions"}
            self.stdout.write(f"{model.name}: {model.state}{writes.get(model.role, '') if model.default else ''}")
            self.stdout.write(f"  {_in_words(model)}")
            if model.problem:
                self.stdout.write(f"  {model.problem}")


def _add_file(path: Path, *, name: str, role: str) -> LanguageModel:
    with tqdm(unit="B", unit_scale=True, desc="Fingerprint", disable=not sys.stderr.isatty()) as bar:

        def progress(done: int, size: int) -> None:
            bar.total = size
            bar.update(done - bar.n)

        return registry.add(path, name=name, role=role, progress=progress)


def _in_words(model: LanguageModel) -> str:
    if model.kind == LanguageModel.Kind.ENDPOINT:
        whose = "the commons" if model.tier == 2 else "this site"
        return f"{model.served_name} at {model.location}, {model.context} tokens of context, run by {whose}"
    size = f"{model.parameters / 1e9:.1f} billion parameters" if model.parameters else "size unknown"
    memory = f"{(model.memory_needed or 0) / 2**30:.1f} GiB of memory"
    fit = "fits this machine" if registry.fits(model) else "does not fit this machine"
    return f"{model.family}, {size}, {model.quantisation or 'unknown quantisation'}, {memory}, {fit}"


def _described(model: LanguageModel) -> dict[str, Any]:
    names = ("name", "kind", "role", "tier", "location", "served_name", "key_env", "sha256", "family", "parameters",
             "quantisation", "context", "license", "memory_needed", "state", "default", "problem")  # fmt: skip
    return {name: getattr(model, name) for name in names} | {"fits": registry.fits(model)}
