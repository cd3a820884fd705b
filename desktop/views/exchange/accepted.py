"""Which of the differences between a file and the book the owner takes from the file."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop.exchange.comparing.modes import Key


@dataclass
class Accepted:
    """The differences for which the file is believed: those `turned`, or with `all` every other."""

    all: bool = False
    turned: set[Key] = field(default_factory=set)

    def __contains__(self, key: object) -> bool:
        return self.all != (key in self.turned)

    def turn(self, key: Key) -> None:
        """Take a difference instead of leaving it, or the other way round."""
        self.turned ^= {key}

    def choose_all(self, take: bool) -> None:
        """Take every difference, or none."""
        self.all = take
        self.turned.clear()
