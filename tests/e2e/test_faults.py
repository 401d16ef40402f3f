"""What `make campaign` does at full counts, with three answers a fault and on one site: nothing lost, nothing twice."""

from collections.abc import Iterator

import pytest

from tests.campaign.faults import FAULTS
from tests.campaign.house import House
from tests.campaign.resuming import cut_and_resume
from tests.campaign.rounds import NOTICED, OVER, suffer

ANSWERS, CUTS = 3, 12
# Short: the campaign waits as long as a real site does, and loads a real embedder.
QUICK = {"CLM_ANSWER_LOST_AFTER": "10", "CLM_EMBEDDER": "tests.factories.embedders.SharedWords"}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with House(tmp_path_factory.mktemp("faults") / "home", settings=QUICK) as started:
        yield started


def test_a_cut_stream_resumes_exactly(house):
    assert cut_and_resume(house, cuts=CUTS).different == 0


@pytest.mark.parametrize("name", FAULTS)
def test_no_answer_is_lost(house, name):
    outcome = suffer(house, FAULTS[name], answers=ANSWERS)
    assert (outcome.lost, outcome.twice, outcome.stuck, outcome.unseen) == (0, 0, 0, 0), outcome
    assert outcome.failed == (ANSWERS if FAULTS[name].fails else 0), outcome
    assert outcome.noticed <= NOTICED, outcome
    assert outcome.over <= OVER, outcome
