"""Which process writes an answer, named so that another one on the same machine can tell at once that it is gone.

A heartbeat tells everybody after some silence; this tells neighbours in the moment, so that an answer whose process was
killed need not wait for it. A pid is only believed together with the start of its process, the boot of its machine and
its pid namespace (containers number theirs anew): https://man7.org/linux/man-pages/man7/pid_namespaces.7.html
"""

import hashlib
import os
import socket
from functools import cache
from pathlib import Path

from clm_site.processes import Identity

LONGEST_HOST = 60  # characters of the 120 a name may have


def this_process() -> str:
    """`host:pid:start:place`; start and place are empty where the system cannot say."""
    pid = os.getpid()
    me = Identity.of(pid)
    return ":".join([socket.gethostname()[:LONGEST_HOST], str(pid), me.started if me and _place() else "", _place()])


def is_gone(name: str) -> bool:
    """Whether the process `name` certainly lives no longer; False for one that cannot be seen from here."""
    _, _, rest = name.partition(":")
    pid, _, rest = rest.partition(":")
    started, _, place = rest.rpartition(":")
    if not (place and started and pid.isdigit()) or place != _place():
        return False
    return not Identity(int(pid), started).alive()


@cache
def _place() -> str:
    """This boot of this machine and this pid namespace, as a hash; empty where there is no such thing (not Linux)."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        return hashlib.sha256(f"{boot} {os.readlink('/proc/self/ns/pid')}".encode()).hexdigest()[:16]  # noqa: PTH115
    except OSError:
        return ""
