"""The walls around a stranger's code: limits everywhere, namespaces where Linux allows them.

`raise_walls` is called in a forked process, after all that is trusted was loaded and before the
submission runs. It returns the names of the walls that stand.
"""

import contextlib
import ctypes
import math
import os
import platform
import signal
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from . import syscalls

if sys.platform != "win32":
    import resource

MEGABYTE = 2**20
MEMORY = 3072 * MEGABYTE  # more than what is loaded already
FILE = 16 * MEGABYTE
OPEN_FILES = 128
PROCESSES = 64  # threads count as well, and torch has some

LIMITS = "limits on memory, processes, files and time"
ALONE = "a session of its own, no environment, no input"
NETWORK = "no network"
FILES = "no files in sight but Python's own, which are read-only, and a small empty home"
UNSEEN = "other processes out of sight"
CHILDLESS = "no new processes, connections or signals"
WALLS = (LIMITS, ALONE, NETWORK, FILES, UNSEEN, CHILDLESS)
FOR_STRANGERS = (NETWORK, FILES, UNSEEN, CHILDLESS)  # who may do more than their code says

NONE: Mapping[str, bytes] = {}

_NEWNS, _NEWUTS, _NEWIPC = 0x20000, 0x4000000, 0x8000000
_NEWUSER, _NEWPID, _NEWNET = 0x10000000, 0x20000000, 0x40000000
_PRIVATE, _RECURSIVE, _BIND, _DETACH = 1 << 18, 1 << 14, 1 << 12, 2
_MOUNT_SETATTR, _AT_RECURSIVE, _ATTR_READ_ONLY = 442, 0x8000, 1
_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
_SYSTEM = (
    "/usr",
    "/bin",
    "/lib",
    "/lib64",
    "/sys",
    "/etc/fonts",
    "/etc/ld.so.cache",
    "/etc/localtime",
)
_DEVICES = ("null", "zero", "random", "urandom", "nvidia*")
_KEPT = ("PATH", "LANG", "TZ", "OMP_NUM_THREADS", "CUDA_VISIBLE_DEVICES", "SYSTEMROOT")
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38


def raise_walls(
    home: Path,
    kept: Mapping[str, bytes] = NONE,
    seconds: float = 600.0,
    bounded: bool = True,
) -> list[str]:
    """Raises all the walls that this system allows.

    `home` is the one folder that can be written to; it is empty but for the files in `kept`.
    `seconds` is what may be computed; memory has a limit if it is `bounded`. The process goes on as
    another one, with an ancestor that waits for it and ends with it.
    """
    standing = [ALONE]
    _be_alone(home)
    apart = sys.platform == "linux" and _in_namespaces()
    _end_with_parent()
    if apart:
        standing += [NETWORK]
        if _in_a_process_namespace(seconds):
            standing += [UNSEEN]
        if _alone_with_python(home, kept):
            standing += [FILES]
    if _limited(seconds, bounded):
        standing += [LIMITS]
    if syscalls.refuse():
        standing += [CHILDLESS]
    return [wall for wall in WALLS if wall in standing]


def close_all_but(*kept: int) -> None:
    """Closes every descriptor that this process has inherited, but for these."""
    highest = os.sysconf("SC_OPEN_MAX")
    begin = 0
    for descriptor in (*sorted(kept), max(highest, 1 << 16)):
        if begin < descriptor:  # none at all would be all of them
            os.closerange(begin, descriptor)
        begin = descriptor + 1


def _be_alone(home: Path) -> None:
    """No terminal, no parent's group, no environment, and nowhere to read from or write to."""
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            os.setsid()
    for name in list(os.environ):
        if name not in _KEPT:
            del os.environ[name]
    os.environ["HOME"] = os.environ["TMPDIR"] = tempfile.tempdir = str(home)
    os.chdir(home)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)


def _limited(seconds: float, bounded: bool) -> bool:
    if sys.platform == "win32":
        return False
    used = _memory_in_use() if bounded else 0
    wanted = {
        resource.RLIMIT_AS: used + MEMORY if used else resource.RLIM_INFINITY,
        resource.RLIMIT_FSIZE: FILE,
        resource.RLIMIT_NOFILE: OPEN_FILES,
        resource.RLIMIT_NPROC: PROCESSES,
        resource.RLIMIT_CPU: math.ceil(seconds),
        resource.RLIMIT_CORE: 0,
    }
    done = True
    for kind, limit in wanted.items():
        try:
            _, hard = resource.getrlimit(kind)
            if hard != resource.RLIM_INFINITY:
                limit = min(limit, hard) if limit != resource.RLIM_INFINITY else hard
            spare = kind == resource.RLIMIT_CPU and hard == resource.RLIM_INFINITY
            resource.setrlimit(kind, (limit, limit + spare))  # a signal, and then the end
        except (ValueError, OSError):
            done = False
    with contextlib.suppress(ValueError, OSError):
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    return done and bool(used)


def _memory_in_use() -> int:
    """The address space of this process in bytes; 0 where it can't be known."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _in_namespaces() -> bool:
    """Leaves the network, the mounts and the users of the machine behind."""
    libc = _libc()
    user, group = os.getuid(), os.getgid()
    spaces = _NEWUSER | _NEWNS | _NEWNET | _NEWIPC | _NEWUTS | _NEWPID
    if libc.unshare(spaces) != 0:
        return False
    with contextlib.suppress(OSError):
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
    try:
        Path("/proc/self/uid_map").write_text(f"0 {user} 1", encoding="ascii")
        Path("/proc/self/gid_map").write_text(f"0 {group} 1", encoding="ascii")
    except OSError:
        return False
    return libc.mount(b"none", b"/", None, _PRIVATE | _RECURSIVE, None) == 0


def _end_with_parent() -> None:
    """From now on this process does not outlive the one that forked it, however that ends."""
    if sys.platform == "linux":
        _libc().prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def _in_a_process_namespace(seconds: float) -> bool:
    """Goes on as the first process of a namespace, so that its end is the end of all in it."""
    child = os.fork()
    if child:
        _wait_for(child, seconds)
    _end_with_parent()
    return _libc().mount(b"proc", b"/proc", b"proc", 0, None) == 0


def _wait_for(child: int, seconds: float) -> None:
    """The rest of an ancestor's life: it ends as its child ends, which has so long to compute."""
    try:
        _, status, used = os.wait4(child, 0)
        code = os.waitstatus_to_exitcode(status)
        if code < 0:
            late = used.ru_utime + used.ru_stime >= seconds
            os.kill(os.getpid(), signal.SIGXCPU if late else signal.SIGKILL)
        os._exit(code)
    finally:
        os._exit(1)


def _alone_with_python(home: Path, kept: Mapping[str, bytes]) -> bool:
    """Another root: of all files only Python's are left, read-only, and a small empty home."""
    libc, flags = _libc(), ctypes.c_long(_AT_RECURSIVE)
    pivot = _PIVOT_ROOT.get(platform.machine())
    if pivot is None or libc.mount(b"none", bytes(home), b"tmpfs", 0, b"size=1m,mode=755") != 0:
        return False
    for place in _needed():
        _show(libc, place, home)
    inner = home / str(home).lstrip("/")
    inner.mkdir(parents=True, exist_ok=True)
    (home / "proc").mkdir()
    if libc.mount(b"/proc", bytes(home / "proc"), None, _BIND | _RECURSIVE, None) != 0:
        return False
    attributes = (ctypes.c_uint64 * 4)(_ATTR_READ_ONLY, 0, 0, 0)
    number, size = ctypes.c_long(_MOUNT_SETATTR), ctypes.c_size_t(32)
    if libc.syscall(number, -100, bytes(home), flags, ctypes.byref(attributes), size) != 0:
        return False
    if libc.mount(b"none", bytes(inner), b"tmpfs", 0, b"size=16m,mode=700") != 0:
        return False
    os.chdir(home)
    if libc.syscall(ctypes.c_long(pivot), b".", b".") != 0 or libc.umount2(b".", _DETACH) != 0:
        return False
    os.chdir("/")
    for name, content in kept.items():
        (home / name).write_bytes(content)
    os.chdir(home)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    return True


def _needed() -> list[Path]:
    """What Python and its packages lie in, and the devices that they may ask for."""
    installed = [sys.prefix, sys.base_prefix, sys.exec_prefix]
    installed += [path for path in sys.path if path.endswith(("site-packages", "dist-packages"))]
    places = [Path(place) for place in (*_SYSTEM, *installed)]
    places += [path for pattern in _DEVICES for path in Path("/dev").glob(pattern)]
    kept: list[Path] = []
    for place in sorted({place for place in places if place.exists()}, key=lambda p: len(p.parts)):
        if not any(place.is_relative_to(upper) for upper in kept):
            kept.append(place)
    return kept


def _show(libc: ctypes.CDLL, place: Path, root: Path) -> None:
    """Lets a file or folder be seen below another root, where it was."""
    there = root / str(place).lstrip("/")
    there.parent.mkdir(parents=True, exist_ok=True)
    if place.is_symlink():
        there.symlink_to(os.readlink(place))
        return
    there.mkdir() if place.is_dir() else there.touch()
    libc.mount(bytes(place), bytes(there), None, _BIND | _RECURSIVE, None)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
