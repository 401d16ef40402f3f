"""Every fault at full counts: no accepted question without exactly one final answer, and the fault noticed in time."""

import pytest

from tests.campaign.faults import FAULTS
from tests.campaign.resuming import cut_and_resume
from tests.campaign.rounds import NOTICED, OVER, Outcome, suffer

EACH = 4  # questions that wait or are written when a fault strikes


@pytest.mark.parametrize("name", FAULTS)
def test_no_answer_is_lost(house, figures, answers, name):
    fault = FAULTS[name]
    total = Outcome(fault.name)
    while total.answers < answers and not total.stuck:
        total += suffer(house, fault, answers=min(EACH, answers - total.answers))
    figures.append(total)
    assert (total.lost, total.twice, total.stuck, total.unseen) == (0, 0, 0, 0), total
    assert total.noticed <= NOTICED, total
    assert total.over <= OVER, total
    assert total.failed == (total.answers if fault.fails else 0), total


def test_a_cut_stream_resumes_exactly(house, figures, cuts):
    resumed = cut_and_resume(house, cuts=cuts)
    figures.append(resumed)
    assert resumed.different == 0, resumed
