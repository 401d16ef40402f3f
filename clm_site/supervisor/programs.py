"""The process table of the site: what runs, on which queues, and how politely. The systemd units say the same."""

import sys
from dataclasses import dataclass
from pathlib import Path

# Root is told at the start of every worker that it is root; whoever runs the site as root knows.
CELERY = (sys.executable, "-W", "ignore:You're running the worker", "-m", "celery", "-A", "clm_site.celery", "--quiet")
ALONE = ("--without-gossip", "--without-mingle", "--loglevel", "INFO")


@dataclass(frozen=True)
class Program:
    """One child. `niceness` 0 to 19; `worker` names the Celery node, empty for none; `once`: it may end by itself."""

    name: str
    command: tuple[str, ...]
    niceness: int = 0
    worker: str = ""
    once: bool = False
    log: Path | None = None  # where its lines go instead of the common log


def web(fd: int) -> Program:
    return Program("web", (sys.executable, "-m", "clm_site.supervisor.web", "--fd", str(fd)))


def workers(home: Path) -> tuple[Program, ...]:
    """The Celery workers, each with its queue; `retraining` is started by hand, where there is a GPU."""
    beat = ("--beat", "--schedule", str(home / "run" / "beat-schedule"))
    return (
        _worker("interactive", "threads", 4),
        # One generation at a time, in a child: a question that kills its process does not take the worker with it.
        _worker("answers", "prefork", 1),
        _worker("bulk", "threads", 2, *beat, niceness=10),
    )


def llama_build(home: Path, install: Path) -> Program:
    """Compiles the local GGUF runtime beside the running site."""
    log = home / "log" / "llama-build.log"
    return Program("llama", (sys.executable, str(install), "--llama"), niceness=19, once=True, log=log)


def _worker(queue: str, pool: str, size: int, *more: str, niceness: int = 0) -> Program:
    node = f"{queue}@clm"
    command = (*CELERY, "worker", "-Q", queue, "-P", pool, "-c", str(size), "-n", node, *ALONE, *more)
    return Program(queue, command, niceness=niceness, worker=node)
