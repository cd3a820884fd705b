"""How long work says how far it is and learns that it should stop, without knowing who listens."""

from desktop.core.errors import ShukeError


class Cancelled(ShukeError):
    """The user, or the end of the program, stopped this work; nothing was changed."""


class Progress:
    """A listener that hears nothing and never stops the work; the window's own one overrides both methods."""

    def report(self, done: int, total: int = 0, text: str = "") -> None:
        """Says how far the work is (`total` 0: not known). Raises Cancelled when somebody stopped it."""

    def check(self) -> None:
        """Raises Cancelled when somebody stopped the work."""


SILENT = Progress()
