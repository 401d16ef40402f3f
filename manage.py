#!/usr/bin/env python
"""Every command of the site. Where DATABASE_URL or REDIS_URL is unset, the embedded server runs meanwhile."""

import contextlib
import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
# These read or write no record: they start nothing. `doctor` looks at what runs without changing it.
WITHOUT_STORES = {"", "help", "version", "check", "collectstatic", "compilemessages", "diffsettings", "doctor",
                  "findstatic", "makemessages"}  # fmt: skip


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clm_site.settings")
    try:
        from django.core.management import execute_from_command_line
    except ModuleNotFoundError:
        _use_the_checkouts_python()
    from clm_site import embedded, env

    wanted = _wanted_stores(sys.argv)
    home = env.path("CLM_HOME", ROOT / "var")
    try:
        with contextlib.ExitStack() as stack:
            if wanted:
                signal.signal(signal.SIGTERM, _leave)  # so that the last user of the servers stops them
                stack.enter_context(embedded.services(home, names=wanted))
            execute_from_command_line(sys.argv)
    except (embedded.EmbeddedError, env.BadSetting) as problem:
        sys.exit(str(problem))
    except KeyboardInterrupt:
        sys.exit(130)


def _wanted_stores(arguments: list[str]) -> list[str]:
    command = arguments[1] if len(arguments) > 1 else ""
    if command.lstrip("-") in WITHOUT_STORES or {"-h", "--help", "--version"} & set(arguments):
        return []
    variables = {"postgres": "DATABASE_URL", "redis": "REDIS_URL"}
    return [name for name, variable in variables.items() if not os.environ.get(variable)]


def _use_the_checkouts_python() -> NoReturn:
    python = ROOT / ".venv" / "bin" / "python"
    if python.exists() and Path(sys.prefix).resolve() != python.parent.parent.resolve():
        os.execv(python, [str(python), *sys.argv])  # noqa: S606
    sys.exit("What the site needs is not installed yet. Run: make up (or python3 requirements/install.py)")


def _leave(_number: int, _frame: FrameType | None) -> NoReturn:
    sys.exit(143)


if __name__ == "__main__":
    main()
