"""The command line, as `manage.py` in a checkout and as `clm` anywhere in its environment.

Where DATABASE_URL or REDIS_URL is unset, the embedded server runs for as long as the command needs it.
"""

import contextlib
import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VARIABLES = {"postgres": "DATABASE_URL", "redis": "REDIS_URL"}
# These read or write no record: they start nothing. `doctor` looks at what runs without changing it.
WITHOUT_STORES = frozenset(
    [
        "help",
        "version",
        "check",
        "collectstatic",
        "compilemessages",
        "diffsettings",
        "doctor",
        "findstatic",
        "makemessages",
    ]
)


def main() -> None:
    """Run the command in `sys.argv`, with the servers it needs."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clm_site.settings")
    try:
        from django.core.management import execute_from_command_line
    except ModuleNotFoundError:
        _use_the_checkouts_python()
    from clm_site import embedded, env

    try:
        home = env.path("CLM_HOME", ROOT / "var")
        with contextlib.ExitStack() as stack:
            if wanted := stores_wanted(sys.argv[1:]):
                signal.signal(signal.SIGTERM, _leave)  # so that the last user of the servers stops them
                stack.enter_context(embedded.services(home, names=wanted))
            execute_from_command_line(sys.argv)
    except (embedded.EmbeddedError, env.BadSetting) as problem:
        sys.exit(str(problem))
    except KeyboardInterrupt:
        sys.exit(130)


def stores_wanted(arguments: list[str]) -> list[str]:
    """Names of the embedded servers the command `arguments` needs."""
    command = arguments[0] if arguments else "help"
    if command in WITHOUT_STORES or {"-h", "--help", "--version"} & set(arguments):
        return []
    return embedded_stores()


def embedded_stores() -> list[str]:
    """Names of the servers for which the operator gave no address."""
    return [name for name, variable in VARIABLES.items() if not os.environ.get(variable, "").strip()]


def _use_the_checkouts_python() -> NoReturn:
    python = ROOT / ".venv" / "bin" / "python"
    if python.exists() and Path(sys.prefix).resolve() != python.parent.parent.resolve():
        os.execv(python, [str(python), *sys.argv])  # noqa: S606
    sys.exit("What the site needs is not installed yet. Run: make up (or python3 requirements/install.py)")


def _leave(_number: int, _frame: FrameType | None) -> NoReturn:
    sys.exit(143)


if __name__ == "__main__":
    main()
