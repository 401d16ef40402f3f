"""Twenty reviewers on a queue of a hundred and more, half of it accepted and published while others decide."""

import os

from tests.campaign.house import House
from tests.e2e.reviewers import check, told, work_through

REVIEWERS = 20


def test_twenty_reviewers_empty_a_queue_and_decide_everything_once(house: House) -> None:
    seeded = told(house.site, "seed", int(os.environ.get("CLM_REVIEW_ITEMS", "100")), REVIEWERS, True)
    met = work_through(house.site, seeded["sessions"], accepting=True, seconds=1800)
    check(house.site, met, seeded)
    assert len({by for each in met.decided.values() for by in each}) > 1, "One reviewer did all of it."
