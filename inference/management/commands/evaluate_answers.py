"""`manage.py evaluate_answers`: answer a file of judged questions over the loaded library and say how well it went."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from inference.evaluation import questions, scores
from inference.evaluation.answers import evaluate

COLUMNS = ("n", "hit@1", "hit@5", "recall", "mrr", "route", "must_say")


class Command(BaseCommand):
    help = "Answer judged questions (JSON lines) as visitors' are answered, and print figures a kind. Keeps no record."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="JSON lines: question, id, kind, expect, also_ok, expect_route, …")
        parser.add_argument("--rows", metavar="OUT", help="write what was found for each question to this file")
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            text = Path(options["file"]).read_text(encoding="utf-8", errors="replace")
        except OSError as problem:
            raise CommandError(f"{options['file']} cannot be read: {problem.strerror}.") from problem
        rows, problems = questions.read(text.splitlines())
        for problem in problems:
            self.stderr.write(problem)
        if not rows:
            raise CommandError(f"{options['file']} holds no question that can be asked.")
        found = self._answered(rows, options["rows"])
        told = scores.figures(found) | ({"left_out": problems} if problems else {})
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        else:
            self._tell(told)

    def _answered(self, rows: list[questions.Judged], out: str | None) -> list[scores.Row]:
        with tqdm(total=len(rows), unit="", disable=not sys.stderr.isatty(), file=sys.stderr) as bar:
            answered = evaluate(rows, progress=lambda done: bar.update(done - bar.n))
            if out is None:
                return list(answered)
            found = []
            try:
                with Path(out).open("w", encoding="utf-8") as file:
                    for row in answered:
                        found.append(row)
                        file.write(json.dumps(_line(*row), ensure_ascii=False) + "\n")
            except OSError as problem:
                raise CommandError(f"{out} cannot be written: {problem.strerror}.") from problem
            return found

    def _tell(self, told: dict[str, Any]) -> None:
        wide = max([len(kind) for kind in told["kinds"]] + [12])
        self.stdout.write("".join([" " * wide, *(f"{column:>10}" for column in COLUMNS)]))
        for kind, figures in told["kinds"].items():
            self.stdout.write("".join([f"{kind:<{wide}}", *(f"{_said(figures[column]):>10}" for column in COLUMNS)]))
        none = told["no_answer"]
        self.stdout.write(f"No answer: precision {_said(none['precision'])}, recall {_said(none['recall'])}.")
        if told["failed"]:
            self.stdout.write(f"Questions that failed: {told['failed']}; --rows says why.")
        self.stdout.write(f"Sentences supported: {_said(told['supported'])}.")
        self.stdout.write(f"Median to the first word {told['first_token_ms']} ms, to the end {told['total_ms']} ms.")


def _said(value: float | None) -> str:
    return "–" if value is None else str(value) if isinstance(value, int) else f"{value:.3f}"


def _line(judged: questions.Judged, found: scores.Found) -> dict[str, Any]:
    """One line of `--rows`: the question as judged, what was found, and how that counts."""
    counted: dict[str, Any] = {}
    if judged.expect:
        counted |= {"rank": scores.rank(judged, found), "recall": scores.recall(judged, found)}
    if judged.expect_route:
        counted["route_ok"] = judged.expect_route == found.route
    if judged.must_say:
        counted["says_all"] = scores.says_all(judged, found)
    return {**asdict(judged), "found": asdict(found), **counted}
