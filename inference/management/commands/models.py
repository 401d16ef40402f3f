"""`manage.py models`: add a GGUF file, see which models there are, and say which one writes the answers."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from inference import registry
from inference.models import LanguageModel


class Command(BaseCommand):
    help = "Add, list, probe, enable, disable language models, and choose the default one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        adding = actions.add_parser("add", help="register a GGUF file and try it out")
        adding.add_argument("path", type=Path)
        adding.add_argument("--name", default="", help="a short name; the file's name where left out")
        adding.add_argument("--default", action="store_true", help="have it write from the next answer on")
        adding.add_argument("--json", action="store_true")
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
        if action == "list":
            self._say(list(LanguageModel.objects.order_by("name")), as_json=options["json"])
            return
        try:
            if action == "add":
                model = self._add(options["path"], options["name"], make_default=options["default"])
            else:
                model = self._act(action, options["name"])
        except registry.RegistryError as problem:
            raise CommandError(str(problem)) from problem
        self._say([model], as_json=options["json"])
        if model.state == LanguageModel.State.FAILED:
            raise CommandError(f"{model.name} cannot be used: {model.problem}")

    def _add(self, path: Path, name: str, *, make_default: bool) -> LanguageModel:
        with tqdm(unit="B", unit_scale=True, desc="Fingerprint", disable=not sys.stderr.isatty()) as bar:

            def progress(done: int, size: int) -> None:
                bar.total = size
                bar.update(done - bar.n)

            model = registry.add(path, name=name, progress=progress)
        if model.state == LanguageModel.State.ENABLED and (
            make_default or not LanguageModel.objects.filter(default=True).exists()
        ):
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
            size = f"{model.parameters / 1e9:.1f} billion parameters" if model.parameters else "size unknown"
            default = ", writes the answers" if model.default else ""
            memory = f"{(model.memory_needed or 0) / 2**30:.1f} GiB of memory"
            fit = "fits this machine" if registry.fits(model) else "does not fit this machine"
            self.stdout.write(f"{model.name}: {model.state}{default}")
            self.stdout.write(
                f"  {model.family}, {size}, {model.quantisation or 'unknown quantisation'}, {memory}, {fit}"
            )
            if model.problem:
                self.stdout.write(f"  {model.problem}")


def _described(model: LanguageModel) -> dict[str, Any]:
    names = ("name", "kind", "location", "sha256", "family", "parameters", "quantisation", "context", "license",
             "memory_needed", "state", "default", "problem")  # fmt: skip
    return {name: getattr(model, name) for name in names} | {"fits": registry.fits(model)}
