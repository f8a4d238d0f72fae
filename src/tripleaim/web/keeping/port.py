"""The address a workspace answers at, taken before anything is written."""

from __future__ import annotations

import errno
import socket

from tripleaim.web.keeping.refused import NotKept

NEXT = 50
"""So many ports above the one asked for are tried for a free one to propose."""
THIS_MACHINE = ("127.0.0.1", "localhost", "::1")


def taken(host: str, port: int) -> socket.socket:
    """A socket that listens at an address and a port; whoever connects before the server runs waits a moment.

    port   : 0 for any that is free
    raises : NotKept where the port is taken or out of range, or the address is not this machine's
    """
    if not 0 <= port <= 65535:
        raise NotKept(f"--port {port}: a port is a number from 1 to 65535, such as 8000; 0 takes any that is free.")
    try:
        return _listening(host, port)
    except socket.gaierror:
        raise NotKept(
            f"--host {host}: no such address is known here. Leave it out to be reached from this machine."
        ) from None
    except OSError as problem:
        raise NotKept(_why_not(host, port, problem)) from None


def _listening(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    made = socket.socket(family, kind, protocol)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
        made.listen(128)
    except BaseException:
        made.close()
        raise
    return made


def _why_not(host: str, port: int, problem: OSError) -> str:
    if problem.errno == errno.EADDRINUSE:
        free = next((each for each in range(port + 1, min(port + NEXT, 65536)) if _is_free(host, each)), 0)
        return (
            f"Port {port} is taken by another program, or by a workspace that is open already. "
            f"Start this one at another: tripleaim serve --port {free}"
        )
    if problem.errno == errno.EACCES:
        return f"Port {port} is kept for the system; ports from 1024 on are for everybody: tripleaim serve --port 8000"
    return f"The workspace cannot answer at {host}, port {port}: {problem.strerror}."


def _is_free(host: str, port: int) -> bool:
    try:
        _listening(host, port).close()
    except OSError:
        return False
    return True
