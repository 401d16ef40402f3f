"""Run by test_web_process in a fresh interpreter: boot the web, touch every address, ask, tell what is loaded."""

import json
import sys


def main() -> None:
    from clm_site.asgi import application

    assert application
    from django.db import connection, transaction
    from django.urls import get_resolver

    from tests.architecture.reading import ROOT

    connection.settings_dict["NAME"] = sys.argv[1]
    views = [view.callback for view in _patterns(get_resolver().url_patterns)]
    for path in ROOT.glob("*/views/*.py"):
        __import__(".".join(path.relative_to(ROOT).with_suffix("").parts))
    with transaction.atomic():
        from inference.asking import ask

        answer = ask("What is steward ownership?", visitor="somebody")
        transaction.set_rollback(True)
    print(json.dumps({"modules": sorted(sys.modules), "views": len(views), "answer": answer.state}))  # noqa: T201


def _patterns(found):
    for each in found:
        if hasattr(each, "url_patterns"):
            yield from _patterns(each.url_patterns)
        else:
            yield each


if __name__ == "__main__":
    main()
