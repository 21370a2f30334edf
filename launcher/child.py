"""The last steps of a child before it becomes its program. Run as a script: `child.py PARENT SIGNAL USER PROGRAM ...`.

A child ends with SIGNAL when the launcher dies, however that happens. A USER of "ordinary" is for PostgreSQL, which
refuses root. A fresh interpreter does this, because a process with threads cannot enter a user namespace.
"""

import ctypes
import os
import pwd
import sys
from pathlib import Path

CLONE_NEWUSER = 0x10000000
PR_SET_PDEATHSIG, PR_SET_SECUREBITS, PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE = 1, 28, 47, 2
SECBIT_NO_SETUID_FIXUP = 4
CAP_DAC_OVERRIDE = 1
CAPABILITY_VERSION_3 = 0x20080522
ORDINARY_ID = 1000

libc = ctypes.CDLL(None, use_errno=True)


def main(parent: str, signal: str, user: str, *command: str) -> None:
    if user == "ordinary" and os.geteuid() == 0:
        become_ordinary(command)
    if sys.platform == "linux":
        libc.prctl(PR_SET_PDEATHSIG, int(signal))  # after the change of user, which clears it
        if os.getppid() != int(parent):
            sys.exit("The launcher is gone.")
    os.execvp(command[0], command)


def become_ordinary(command: tuple[str, ...]) -> None:
    """Stop being root, with no new user and no folder opened to others."""
    if sys.platform != "linux":
        sys.exit("PostgreSQL refuses root: run ./dens as an ordinary user, or set DATABASE_URL.")
    if namespace_works(command[0]):
        own(command, 0, 0)
        enter_namespace()
    else:
        nobody = pwd.getpwnam("nobody")
        own(command, nobody.pw_uid, nobody.pw_gid)
        become_nobody(nobody.pw_uid, nobody.pw_gid)


def namespace_works(program: str) -> bool:
    """Tried in a process of its own, for there is no way back: containers and old kernels refuse, closed homes too."""
    pid = os.fork()
    if pid == 0:
        try:
            enter_namespace()
            os._exit(0 if os.access(program, os.X_OK) else 1)
        except OSError:
            os._exit(1)
    return os.waitpid(pid, 0)[1] == 0


def enter_namespace() -> None:
    """Root is seen as an ordinary id in here, and is the owner of root's files as before."""
    owner, group = os.geteuid(), os.getegid()
    checked(libc.unshare(CLONE_NEWUSER))
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{ORDINARY_ID} {owner} 1")
    Path("/proc/self/gid_map").write_text(f"{ORDINARY_ID} {group} 1")


def become_nobody(uid: int, gid: int) -> None:
    """Keeps one right of root's: to pass closed folders, for the checkout may lie in /root."""
    checked(libc.prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP, 0, 0, 0))  # else access(2) forgets that right
    os.setgroups([])
    os.setresgid(gid, gid, gid)
    os.setresuid(uid, uid, uid)
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    mask = 1 << CAP_DAC_OVERRIDE
    checked(libc.capset(header, (ctypes.c_uint32 * 6)(mask, mask, mask, 0, 0, 0)))  # effective, permitted, inheritable
    checked(libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_DAC_OVERRIDE, 0, 0))


def own(command: tuple[str, ...], uid: int, gid: int) -> None:
    """The data folder (after -D) is the new user's, also when the last run took the other way out of root."""
    folder = Path(command[command.index("-D") + 1])
    if not folder.exists() or folder.stat().st_uid == uid:
        return
    for path in [folder, *folder.rglob("*")]:
        os.chown(path, uid, gid, follow_symlinks=False)


def checked(result: int) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


if __name__ == "__main__":
    main(*sys.argv[1:])
