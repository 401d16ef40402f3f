"""A house of its own for the campaign, its counts, and the record of its figures at the end."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.campaign.house import House
from tests.campaign.recording import keep
from tests.campaign.resuming import Resumed
from tests.campaign.rounds import Outcome

HERE = Path(__file__).resolve().parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.campaign)
            item.add_marker(pytest.mark.timeout(3600))


@pytest.fixture(scope="session")
def answers() -> int:
    """Answers for each fault."""
    return int(os.environ.get("CLM_FAULT_ANSWERS", "20"))


@pytest.fixture(scope="session")
def cuts() -> int:
    """Connections to cut."""
    return int(os.environ.get("CLM_FAULT_CUTS", "200"))


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with House(tmp_path_factory.mktemp("campaign") / "home") as started:
        yield started


@pytest.fixture(scope="session")
def figures() -> Iterator[list[Outcome | Resumed]]:
    """What the tests found; kept in docs/benchmarks.md when the last one is over."""
    found: list[Outcome | Resumed] = []
    yield found
    outcomes = [one for one in found if isinstance(one, Outcome)]
    resumed = next((one for one in found if isinstance(one, Resumed)), None)
    if found:
        keep(outcomes, resumed)
