"""Start one child the way a supervisor wants it: unprivileged, and gone when the supervisor is gone.

Run as a script (`python -I -S launch.py SIGNAL PARENT UID:GID|- -- program args...`), it becomes the program.
A script instead of `preexec_fn`, because that runs Python between fork and exec of a process that may have
threads.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main() -> None:
    """Drop privileges, ask for a signal at the parent's death, then become the program."""
    death, parent, account, _, *command = sys.argv[1:]
    if account != "-":
        uid, gid = (int(part) for part in account.split(":"))
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    if sys.platform == "linux":
        # After setuid, which would clear it. The kernel sends it when the thread that forked us ends.
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.Signals[death].value, 0, 0, 0)
    if os.getppid() != int(parent):  # died before we asked
        sys.exit(1)
    os.execvp(command[0], command)


if __name__ == "__main__":
    main()
