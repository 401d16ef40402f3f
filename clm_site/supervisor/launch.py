"""The first breath of every child: tie its life to the supervisor's, lower its priority, become the real program.

`python launch.py PARENT_PID NICENESS PROGRAM [ARGUMENT…]`; a file of its own, so that it imports almost nothing.
"""

import os
import sys

from clm_site.processes import die_with_parent


def main() -> None:
    parent, niceness, *command = sys.argv[1:]
    die_with_parent(int(parent))
    if int(niceness):
        os.nice(int(niceness))
    os.execv(command[0], command)  # noqa: S606


if __name__ == "__main__":
    main()
