"""Put on a command's path by the judge: writes down every connection it makes and every file it opens."""

import os
import sys
from typing import Any

_log = os.environ.get("HOSTILE_WATCH_LOG")
_TOLD = {"socket.connect", "socket.getaddrinfo", "urllib.Request", "os.system", "os.exec", "os.startfile"}


def _watch(event: str, args: tuple[Any, ...]) -> None:
    if event in _TOLD or (event == "open" and isinstance(args[0], str)):
        line = f"{event}\t{args[0] if event == 'open' else args!r}\n".encode(errors="backslashreplace")
        os.write(_out, line)


if _log:
    _out = os.open(_log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    sys.addaudithook(_watch)
