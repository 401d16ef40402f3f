"""Twenty reviewers on one queue at once over real HTTP: nothing is decided twice, nothing is lost, refusals say why."""

import pytest

from tests.e2e.reviewers import check, told, work_through

REVIEWERS, ITEMS = 20, 20


@pytest.mark.timeout(900)
def test_twenty_reviewers_decide_everything_once(site):
    seeded = told(site, "seed", ITEMS, REVIEWERS, False)
    met = work_through(site, seeded["sessions"], seconds=600)
    check(site, met, seeded)
