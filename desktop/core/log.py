"""The log on disk: small, rotating, and without anybody's personal data."""

from __future__ import annotations

import logging
import logging.handlers
import sys

from desktop.core.paths import log_folder

FILE_NAME = "shuke.log"
_BYTES = 1_000_000
_KEPT = 3
_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"

# Nothing at INFO and above names a customer: callers log ids and counts. DEBUG may, and is
# only on when a person asks for it.


def setup(level: int = logging.INFO) -> None:
    """Send every log record of `level` and above to the file in `log_folder()`.

    May be called again to change the level. Where the folder cannot be written, the program
    goes on and says so on the error stream.
    """
    root = logging.getLogger()
    root.setLevel(level)
    close()
    handler: logging.Handler
    try:
        handler = logging.handlers.RotatingFileHandler(
            log_folder() / FILE_NAME, maxBytes=_BYTES, backupCount=_KEPT, encoding="utf-8", delay=True
        )
    except OSError as error:
        handler = logging.StreamHandler(sys.stderr)
        root.addHandler(handler)
        root.warning("no log file: %s", error.strerror)
    else:
        root.addHandler(handler)
    handler.set_name(__name__)
    handler.setFormatter(logging.Formatter(_FORMAT))


def close() -> None:
    """Take our handler away again, and close its file."""
    root = logging.getLogger()
    for handler in list(root.handlers):
        if handler.get_name() == __name__:
            root.removeHandler(handler)
            handler.close()
