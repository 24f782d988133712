"""The name server of the fault drill: in a process that finds this on its path, "localhost" may be no name any more.

Python imports it by its name when it starts. It is the world outside that is played here, nothing of ours.
"""

import os
import socket
from pathlib import Path

_system_lookup = socket.getaddrinfo


def getaddrinfo(host, *args, **kwargs):
    if host in {"localhost", b"localhost"} and Path(os.environ["DRILL_NAME_IS_GONE"]).exists():
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    return _system_lookup(host, *args, **kwargs)


if "DRILL_NAME_IS_GONE" in os.environ:
    socket.getaddrinfo = getaddrinfo
