"""The system calls that a process which only computes may still make; every other one fails, whoever asks for it."""

import ctypes
import errno
import platform
import struct

SET_SECCOMP, FILTER = 22, 2  # prctl
ALLOW, FAIL = 0x7FFF0000, 0x00050000 | errno.EPERM
LOAD, IF_EQUAL, RETURN = 0x20, 0x15, 0x06  # instructions of the classic Berkeley packet filter
AT_NUMBER, AT_ARCHITECTURE, AT_FIRST_ARGUMENT = 0, 4, 16  # in the kernel's struct seccomp_data

ARCHITECTURES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
CALLS = {  # numbers on x86-64 and on 64-bit ARM
    "read": (0, 63), "write": (1, 64), "close": (3, 57), "fstat": (5, 80), "lseek": (8, 62), "mmap": (9, 222),
    "mprotect": (10, 226), "munmap": (11, 215), "brk": (12, 214), "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135), "rt_sigreturn": (15, 139), "pread64": (17, 67), "writev": (20, 66),
    "sched_yield": (24, 124), "mremap": (25, 216), "madvise": (28, 233), "getpid": (39, 172), "recvfrom": (45, 207),
    "recvmsg": (47, 212), "exit": (60, 93), "fcntl": (72, 25), "getrusage": (98, 165), "gettid": (186, 178),
    "futex": (202, 98), "sched_getaffinity": (204, 123), "clock_gettime": (228, 113), "exit_group": (231, 94),
    "newfstatat": (262, 79), "getrandom": (318, 278), "rseq": (334, 293),
}  # fmt: skip
LIMIT = (302, 261)  # prlimit64, of oneself only: its first argument is a process, 0 for the caller


class Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_char_p)]


def restrict(libc: ctypes.CDLL) -> None:
    """Install the filter; without effect on machines it does not know."""
    known = ARCHITECTURES.get(platform.machine())
    if known:
        instructions = program(*known)
        libc.prctl(SET_SECCOMP, FILTER, ctypes.byref(Program(len(instructions) // 8, instructions)), 0, 0)


def program(architecture: int, column: int) -> bytes:
    calls = [numbers[column] for numbers in CALLS.values()]
    steps = [
        step(LOAD, AT_ARCHITECTURE),
        step(IF_EQUAL, architecture, then=1),
        step(RETURN, FAIL),
        step(LOAD, AT_NUMBER),
        *(step(IF_EQUAL, call, then=len(calls) - at + 3) for at, call in enumerate(calls)),
        step(IF_EQUAL, LIMIT[column], otherwise=2),
        step(LOAD, AT_FIRST_ARGUMENT),
        step(IF_EQUAL, 0, then=1),
        step(RETURN, FAIL),
        step(RETURN, ALLOW),
    ]
    return b"".join(steps)


def step(code: int, value: int, *, then: int = 0, otherwise: int = 0) -> bytes:
    """One instruction; a condition says how many steps to skip."""
    return struct.pack("=HBBI", code, then, otherwise, value)
