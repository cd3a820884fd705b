"""What stands in for the window in tests of a single screen: it remembers what it was asked."""

from __future__ import annotations

from collections.abc import Callable


class Told:
    """What the screen asked of its window: the places to go to, the notices and their buttons."""

    def __init__(self) -> None:
        self.places: list[tuple[str, dict[str, object]]] = []
        self.notices: list[str] = []

    def navigate(self, place: str, /, **params: object) -> None:
        """Remember a place."""
        self.places.append((place, params))

    def notify(
        self, text: str, action_text: str = "", action: Callable[[], object] | None = None, tone: str = "done"
    ) -> None:
        """Remember a notice as "text [button]"."""
        self.notices.append(f"{text} [{action_text}]")
