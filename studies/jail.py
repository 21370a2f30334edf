"""What a process gives up for good before it opens a file nobody vouches for. On Linux; elsewhere, what there is of it.

Afterwards it can compute, read the files it is handed, and write to the pipe it has. Where a kernel or a container does
not know one of the walls, the others still stand.
"""

import ctypes
import os
import resource
import signal
import struct
import sys
from contextlib import suppress

from studies import seccomp
from studies.limits import Limits

SET_PARENT_DEATH, SET_DUMPABLE, SET_NO_NEW_PRIVILEGES = 1, 4, 38  # prctl
NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000  # unshare
CREATE_RULESET, RESTRICT_SELF, VERSION = 444, 446, 1  # Landlock; the numbers are those of every architecture
FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15}  # how many a version of Landlock knows; 16 from 5 on
NETWORK_SINCE, SCOPE_SINCE = 4, 6
OPEN_FILES = 32
IS_LINUX = sys.platform == "linux"


def shut(limits: Limits) -> None:
    """No new rights, no network, no file system, no writing, no core dump, and so much memory. Forks inherit it."""
    if IS_LINUX:
        leave_network()
        libc().prctl(SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        leave_files()
        libc().prctl(SET_DUMPABLE, 0, 0, 0, 0)  # nobody of the same user looks into it
        die_with_parent()
    bound(resource.RLIMIT_CORE, 0)
    bound(resource.RLIMIT_FSIZE, 0)  # pipes are no files
    bound(resource.RLIMIT_NOFILE, OPEN_FILES)
    bound(resource.RLIMIT_AS, limits.child_memory_bytes)


def close_last() -> None:
    """No further process, and no system call that computing does not need."""
    bound(resource.RLIMIT_NPROC, 0)
    if IS_LINUX:
        die_with_parent()
        seccomp.restrict(libc())


def give_seconds(seconds: int) -> None:
    """So much computing from now on; then the kernel ends the process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + 1 + seconds, most))


def bound(kind: int, most: int) -> None:
    _, hard = resource.getrlimit(kind)
    least = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with suppress(OSError, ValueError):  # not every system bounds everything
        resource.setrlimit(kind, (least, least))


def die_with_parent() -> None:
    libc().prctl(SET_PARENT_DEATH, signal.SIGKILL, 0, 0, 0)


def leave_network() -> None:
    """Into a network of its own, in which nothing is up."""
    libc().unshare(NEW_USER | NEW_NETWORK)


def leave_files() -> None:
    """With Landlock, which needs no rights: no path can be opened and no other process reached. Open files stay."""
    version = libc().syscall(CREATE_RULESET, None, ctypes.c_size_t(0), VERSION)
    if version < 1:
        return
    rules = forbidden(version)
    ruleset = libc().syscall(CREATE_RULESET, rules, ctypes.c_size_t(len(rules)), 0)
    if ruleset >= 0:
        libc().syscall(RESTRICT_SELF, ruleset, 0)
        os.close(ruleset)


def forbidden(version: int) -> bytes:
    """Every right on files, on TCP ports, and to reach out of the jail, as far as this Landlock knows them."""
    files = (1 << FILE_RIGHTS.get(version, 16)) - 1
    rights = [files] + [3] * (version >= NETWORK_SINCE) + [3] * (version >= SCOPE_SINCE)
    return struct.pack(f"={len(rights)}Q", *rights)


def libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
