"""One round: questions are asked, a fault strikes, and the database says how it ended for every accepted one."""

import logging
import random
import secrets
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import NamedTuple

from tests.campaign.faults import Fault
from tests.campaign.house import House
from tests.campaign.people import Page, ask
from tests.factories.generators import Slow

log = logging.getLogger(__name__)
SILENCE = 60.0  # seconds without any movement after which what is unfinished counts as stuck
NOTICED = 30.0  # seconds in which a fault has to be noticed
OVER = 60.0  # seconds in which every answer of a round has to be final
FINAL = {"done", "failed", "stopped"}
ASKERS = 4
ROWS = """
    SELECT a.public_id, a.state, a.attempt, a.heartbeat_at::text, a.text, q.text,
           (SELECT count(*) FROM inference_usagerecord u WHERE u.answer_id = a.id)
    FROM inference_answer a JOIN inference_question q ON q.id = a.question_id WHERE q.text LIKE %s
"""


class Row(NamedTuple):
    public_id: str
    state: str
    attempt: int
    heartbeat: str
    text: str
    question: str
    usages: int


@dataclass(frozen=True)
class Outcome:
    """What one or more rounds of a fault came to. Times in seconds, the longest of all."""

    fault: str
    rounds: int = 0
    answers: int = 0
    lost: int = 0  # accepted, and without a final row
    twice: int = 0  # questions, final texts or usage records beyond the one
    stuck: int = 0
    failed: int = 0  # ended in words that ask to try again
    unseen: int = 0  # open pages that were not brought to the end once
    noticed: float = 0.0
    over: float = 0.0

    def __add__(self, other: "Outcome") -> "Outcome":
        counts = {
            name: getattr(self, name) + getattr(other, name)
            for name in ("rounds", "answers", "lost", "twice", "stuck", "failed", "unseen")
        }
        return Outcome(self.fault, **counts, noticed=max(self.noticed, other.noticed), over=max(self.over, other.over))


def suffer(house: House, fault: Fault, *, answers: int) -> Outcome:
    """Ask `answers` questions, strike once, wait for the end of all."""
    mark = signs(secrets.randbits(32), width=32)
    texts = [f"{fault.question} {mark}{signs(number, width=10)}" for number in range(answers)]
    accepted: list[str] = []
    if not fault.asked_within:
        accepted = _asked(house, texts)
        _wait_for_middle(house, mark)
    before = _look(house, mark) or {}
    pages = [Page(house, public_id) for public_id in accepted[:2]]
    threads = [threading.Thread(target=page.watch, daemon=True) for page in pages]
    for thread in threads:
        thread.start()
    time.sleep(random.uniform(0.2, 0.8))
    struck = time.monotonic()
    with fault.strike(house):
        if fault.asked_within:
            accepted = _asked(house, texts)
    rows, noticed = _wait_for_end(house, mark, before, struck)
    over = time.monotonic() - struck
    for thread in threads:
        thread.join(timeout=30)
    return _judged(fault, accepted, rows, pages, noticed=noticed, over=over)


def signs(number: int, *, width: int) -> str:
    """`number` in signs that are no words: what tells two questions apart must not be something they ask about."""
    return f"{number:0{width}b}".translate({ord("0"): "·", ord("1"): "–"})


def _asked(house: House, texts: list[str]) -> list[str]:
    with ThreadPoolExecutor(ASKERS) as crowd:
        return list(crowd.map(lambda text: ask(house, text), texts))


def _look(house: House, mark: str) -> dict[str, Row] | None:
    found = house.rows(ROWS, f"%{mark}%")
    return None if found is None else {row[0]: Row(*row) for row in found}


def _wait_for_middle(house: House, mark: str) -> None:
    """Until one of ours is being written."""
    end = time.monotonic() + 60
    while not any(row.state == "running" for row in (_look(house, mark) or {}).values()):
        assert time.monotonic() < end, "no worker took a question within a minute"
        time.sleep(0.05)


def _wait_for_end(house: House, mark: str, before: dict[str, Row], struck: float) -> tuple[dict[str, Row], float]:
    """Every row once all are final or nothing moved for `SILENCE`; and when the last trace of the fault was noticed.

    Noticed is when a worker first took an answer after the strike, and for each that was being written and did not
    come to its end by itself, when it was taken back or given up.
    """
    rows, moved, noticed = before, time.monotonic(), 0.0
    first, hit = 0.0, {name: row for name, row in before.items() if row.state == "running"}
    while True:
        now = _look(house, mark)
        if now is not None and now != rows:
            changed = {name for name, row in now.items() if rows.get(name) != row}
            rows, moved = now, time.monotonic()
            if not first and any(now[name].attempt > _attempt(before, name) for name in changed):
                first = moved - struck
            for name in changed & hit.keys():
                if (now[name].state, now[name].attempt) != (hit[name].state, hit[name].attempt):
                    same = now[name].state in FINAL and now[name].attempt == hit[name].attempt
                    noticed = noticed if same else max(noticed, moved - struck)
                    del hit[name]
        ended = rows and all(row.state in FINAL for row in rows.values())
        if ended or time.monotonic() - moved > SILENCE:
            return rows, max(noticed, first)
        time.sleep(0.1)


def _attempt(rows: dict[str, Row], name: str) -> int:
    return rows[name].attempt if name in rows else 0


def _judged(
    fault: Fault, accepted: list[str], rows: dict[str, Row], pages: list[Page], *, noticed: float, over: float
) -> Outcome:
    final = {name for name, row in rows.items() if row.state in FINAL}
    mixed = [row.text[:200] for row in rows.values() if row.state == "done" and row.text != Slow.WRITTEN]
    if mixed:
        log.error("final texts that nobody wrote: %s", mixed)
    return Outcome(
        fault.name,
        rounds=1,
        answers=len(accepted),
        lost=len(set(accepted) - final),
        twice=len(rows) - len(set(accepted)) + len(mixed) + sum(max(0, row.usages - 1) for row in rows.values()),
        stuck=len(rows.keys() - final),
        failed=sum(row.state == "failed" for row in rows.values()),
        unseen=sum(page.done != 1 for page in pages),
        noticed=noticed,
        over=over,
    )
