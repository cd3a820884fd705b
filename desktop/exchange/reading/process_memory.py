"""How much memory another process really uses, on each of the three systems, without a further package."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path


def resident_bytes(process: int) -> int:
    """Bytes of memory the process with this id holds now; 0 when that cannot be known."""
    try:
        if sys.platform == "win32":
            return _windows(process)
        if sys.platform == "darwin":
            return _mac(process)
        pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError, AttributeError):
        return 0


def _mac(process: int) -> int:
    """proc_pid_rusage, flavour 0: a 16-byte id, then counters; the seventh is the resident size, the eighth
    the footprint, which counts what was compressed or put out to the disk, too."""
    counters = (ctypes.c_uint64 * 32)()
    library = ctypes.CDLL("/usr/lib/libproc.dylib")
    failed = library.proc_pid_rusage(ctypes.c_int(process), 0, ctypes.byref(counters))
    return 0 if failed else max(int(counters[8]), int(counters[9]))


def _windows(process: int) -> int:
    if sys.platform != "win32":
        return 0
    from ctypes import wintypes

    class Counters(ctypes.Structure):
        _fields_ = (
            ("cb", wintypes.DWORD),
            ("PageFaultCount", wintypes.DWORD),
            ("PeakWorkingSetSize", ctypes.c_size_t),
            ("WorkingSetSize", ctypes.c_size_t),
            ("Pools", ctypes.c_size_t * 4),
            ("PagefileUsage", ctypes.c_size_t),
            ("PeakPagefileUsage", ctypes.c_size_t),
        )

    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.OpenProcess.restype = wintypes.HANDLE
    kernel.CloseHandle.argtypes = [wintypes.HANDLE]
    kernel.K32GetProcessMemoryInfo.argtypes = [wintypes.HANDLE, ctypes.POINTER(Counters), wintypes.DWORD]
    handle = kernel.OpenProcess(0x1000 | 0x0010, False, process)
    if not handle:
        return 0
    try:
        counters = Counters(cb=ctypes.sizeof(Counters))
        known = kernel.K32GetProcessMemoryInfo(handle, ctypes.byref(counters), counters.cb)
        # What was put out to the disk counts: a machine that swaps is what this is about.
        return max(int(counters.WorkingSetSize), int(counters.PagefileUsage)) if known else 0
    finally:
        kernel.CloseHandle(handle)
