"""A process that is gone is known to be gone at once, and one that cannot be seen from here is never taken for dead."""

import subprocess
import sys

from inference.answering.liveness import is_gone, this_process


def named_by_another_process() -> tuple[subprocess.Popen, str]:
    say = "from inference.answering.liveness import this_process; print(this_process(), flush=True); input()"
    other = subprocess.Popen([sys.executable, "-c", say], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    return other, other.stdout.readline().strip()


def test_a_process_lives_until_it_is_killed():
    other, name = named_by_another_process()
    assert not is_gone(name)
    other.kill()
    other.wait()
    assert is_gone(name)


def test_a_dead_process_is_gone_before_its_parent_has_collected_it():
    other, name = named_by_another_process()
    other.kill()
    other.stdout.read()
    while not is_gone(name):
        pass
    other.wait()


def test_a_pid_given_out_again_is_another_process():
    host, pid, started, place = this_process().rsplit(":", 3)
    assert is_gone(":".join([host, pid, str(int(started) - 1), place]))


def test_who_lives_elsewhere_or_cannot_say_is_left_to_its_heartbeat():
    host, _, started, _ = this_process().rsplit(":", 3)
    for name in ("", "host:1", "host:1::", f"{host}:999999:{started}:another-machine", "host:one:2:3", "::::"):
        assert not is_gone(name), name


def test_a_name_fits_its_field():
    assert len(this_process()) <= 120
