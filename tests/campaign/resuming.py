"""Streams cut at random bytes and resumed by the last event's id: the transcript must be that of an uncut one."""

import random
import secrets
import threading
from dataclasses import dataclass

from tests.campaign.house import House
from tests.campaign.people import Page, ask
from tests.campaign.rounds import signs

PAGES = 3  # that watch one answer together, each cut at places of its own
LONGEST = 700  # bytes until the next cut


@dataclass(frozen=True)
class Resumed:
    """`different`: pages whose transcript was not the uncut one's."""

    cuts: int
    pages: int
    different: int


def cut_and_resume(house: House, *, cuts: int) -> Resumed:
    """Watch answers while they are written until `cuts` connections have been cut."""
    done, pages, different = 0, 0, 0
    while done < cuts:
        public_id = ask(house, f"What is steward ownership? {signs(secrets.randbits(32), width=32)}")
        uncut = Page(house, public_id)
        torn = [Page(house, public_id) for _ in range(PAGES)]
        counts: list[int] = []
        threads = [threading.Thread(target=uncut.watch)]
        threads += [threading.Thread(target=_tear, args=(page, counts)) for page in torn]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert uncut.done == 1, "the answer did not come to its end"
        done += sum(counts)
        pages += len(torn)
        different += sum(_numbered(page) != _numbered(uncut) for page in torn)
    return Resumed(done, pages, different)


def _tear(page: Page, counts: list[int]) -> None:
    """Cut again and again until the page is done; how often is added to `counts`."""
    cuts = 0
    while not page.done and cuts < 500:
        cuts += page.connect(cut_after=random.randint(1, LONGEST))
        if cuts % 10 == 9:  # nobody's connection breaks that often for ever; the end is longer than most cuts
            page.connect(cut_after=20_000)
    counts.append(cuts)


def _numbered(page: Page) -> list[tuple[str, str, str]]:
    """What belongs to the stream; 'waiting' has no place in it."""
    return [entry for entry in page.transcript if entry[0]]
