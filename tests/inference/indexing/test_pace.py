"""The time left is told by the last minutes, and in words."""

import pytest

from inference.indexing.pace import WINDOW, Pace, said


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def test_nothing_is_said_before_there_is_anything_to_go_by(clock):
    pace = Pace(clock=clock)
    pace.note(10)
    assert pace.seconds_left(100) is None


def test_a_steady_pace_tells_the_time_left(clock):
    pace = Pace(clock=clock)
    for second in range(1, 11):
        clock.now = second
        pace.note(20)
    assert (pace.rate(), pace.seconds_left(1000)) == (20, 50)


def test_an_old_pace_is_forgotten(clock):
    pace = Pace(clock=clock)
    for _ in range(100):
        clock.now += 1
        pace.note(100)
    for _ in range(int(WINDOW) + 1):
        clock.now += 1
        pace.note(10)
    assert pace.rate() == pytest.approx(10, rel=0.02)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "1 second"), (40, "40 seconds"), (720, "12 minutes"), (7500, "2 hours 5 minutes"), (7200, "2 hours")],
)
def test_it_is_said_as_a_person_would(seconds, words):
    assert said(seconds) == words
