"""What the kernel keeps a process that parses from: files, the network, other programs (Landlock and seccomp).

rlimits bound what a parser uses; these bound what it can reach when a document has taken it over. Nothing here can be
undone by the process itself.
"""

from __future__ import annotations

import ctypes
import errno
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path

_CODE = Path(__file__).resolve().parents[2]
# Of our own tree the packages alone: beside them lie the secret key and the stored documents of a checkout.
_PACKAGES = ("common", "invoices", "processing")
# Libraries, fonts, time zones; what the runtimes of numpy and onnxruntime ask of the machine.
_SYSTEM = (
    "/lib", "/lib32", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/share", "/opt/homebrew/lib",
    "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/fonts", "/etc/localtime", "/etc/mime.types",
    "/proc/self", "/proc/meminfo", "/proc/cpuinfo", "/proc/stat", "/proc/filesystems", "/proc/sys/vm",
    "/sys/devices/system", "/sys/fs/cgroup", "/dev/urandom", "/dev/random", "/dev/zero",
)  # fmt: skip
# Sockets, other programs and processes, other name spaces, the kernel's own tools; io_uring does all of them by itself.
_REFUSED = (
    "socket", "connect", "bind", "listen", "accept", "accept4",
    "execve", "execveat", "fork", "vfork", "ptrace", "process_vm_readv", "process_vm_writev", "kill", "tkill",
    "pidfd_open", "pidfd_getfd", "pidfd_send_signal",
    "io_uring_setup", "io_uring_enter", "io_uring_register", "userfaultfd", "perf_event_open", "bpf",
    "mount", "umount2", "pivot_root", "chroot", "unshare", "setns", "open_by_handle_at", "fsopen", "move_mount",
    "keyctl", "add_key", "request_key", "init_module", "finit_module", "delete_module", "kexec_load",
    "swapon", "swapoff", "reboot", "acct", "quotactl", "personality",
)  # fmt: skip
_CLONE_THREAD = 0x00010000


def build_walls() -> list[str]:
    """Raise what this kernel offers around the calling process, for good; gives the names of what stands: ``landlock``,
    ``seccomp``. To be called before the first thread is started and before anything from outside is looked at."""
    for library in (
        "py_landlock",
        "pyseccomp",
    ):  # both look for the C library by another program: behind a wall is none
        with suppress(ImportError, RuntimeError):
            import_module(library)
    return [name for name, build in (("landlock", _landlock), ("seccomp", _seccomp)) if build()]


def walls_offered() -> list[str]:
    """What ``build_walls`` would raise here, without raising it."""
    offered = []
    with suppress(Exception):
        from py_landlock import get_abi_version

        if get_abi_version():
            offered.append("landlock")
    with suppress(Exception):
        import pyseccomp

        pyseccomp.SyscallFilter(pyseccomp.ALLOW)
        offered.append("seccomp")
    return offered


def _landlock() -> bool:
    """Reading code, libraries and fonts is allowed; every other file, all writing and all TCP are not."""
    try:
        from py_landlock import AccessFs, Landlock, LandlockError
    except ImportError:
        return False
    try:
        wall = Landlock(strict=False)
        for path in _readable():
            kind = AccessFs.READ_FILE | AccessFs.READ_DIR if path.is_dir() else AccessFs.READ_FILE
            wall.add_path_rule(path, access=kind)
        wall.add_path_rule("/dev/null", access=AccessFs.READ_FILE | AccessFs.WRITE_FILE)
        wall.apply()
    except (OSError, LandlockError):  # another system, or a kernel without it
        return False
    return True


def _readable() -> list[Path]:
    interpreter = [sys.prefix, sys.base_prefix, sys.exec_prefix, *sys.path]
    paths = [Path(path).resolve() for path in [*interpreter, *_SYSTEM] if path]
    code = [_CODE / name for name in _PACKAGES]
    # The tree itself is on sys.path; what contains it, or is the root, would allow everything.
    wanted = [path for path in paths if path.exists() and path != _CODE and path not in _CODE.parents]
    return list(dict.fromkeys([*code, *wanted]))


def _seccomp() -> bool:
    """No sockets but the one that it has, no other programs, no new processes; threads are allowed."""
    try:
        import pyseccomp as seccomp

        refusal = seccomp.ERRNO(errno.EPERM)
        wall = seccomp.SyscallFilter(seccomp.ALLOW)
        for name in _REFUSED:
            with suppress(OSError):  # a call that this architecture does not have
                wall.add_rule(refusal, name)
        # A thread is a clone with this flag. What clone3 is asked for stands in memory, where no filter looks: the C
        # library takes clone where it is told that there is no clone3.
        wall.add_rule(refusal, "clone", seccomp.Arg(0, seccomp.MASKED_EQ, _CLONE_THREAD, 0))
        with suppress(OSError):
            wall.add_rule(seccomp.ERRNO(errno.ENOSYS), "clone3")
        with suppress(OSError):
            wall.set_attr(seccomp.Attr.CTL_TSYNC, 1)
        wall.load()
    except (ImportError, RuntimeError, OSError, AttributeError, ctypes.ArgumentError):
        return False
    return True
