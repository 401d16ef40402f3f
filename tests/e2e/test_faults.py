"""What `make campaign` does at full counts, with three answers a fault and on one site: nothing lost, nothing twice."""

import pytest

from tests.campaign.faults import FAULTS
from tests.campaign.rounds import NOTICED, OVER
from tests.e2e.hurting import ANSWERS, RESUMING


@pytest.mark.parametrize("name", [RESUMING])
def test_a_cut_stream_resumes_exactly(hurting, name):
    assert hurting.found(name).different == 0


@pytest.mark.parametrize("name", FAULTS)
def test_no_answer_is_lost(hurting, name):
    outcome = hurting.found(name)
    assert (outcome.lost, outcome.twice, outcome.stuck, outcome.unseen) == (0, 0, 0, 0), outcome
    assert outcome.failed == (ANSWERS if FAULTS[name].fails else 0), outcome
    assert outcome.noticed <= NOTICED, outcome
    assert outcome.over <= OVER, outcome
