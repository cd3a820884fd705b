"""What was being written when somebody else came to the counter: kept until that customer is shown again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop.views.counter.panel import Panel

NEW = 0
"""Stands for a customer who is only being entered."""


class Drafts:
    """By customer and act; in memory only, and forgotten once taken up again."""

    def __init__(self) -> None:
        self._kept: dict[tuple[int, str], dict[str, Any]] = {}

    def keep(self, customer: int, act: str, panel: Panel) -> bool:
        """Keep what a panel holds; whether there was anything."""
        written = panel.draft()
        if written:
            self._kept[customer, act] = written
        return bool(written)

    def act_of(self, customer: int) -> str:
        """The act last begun for a customer, or ""."""
        return next((act for known, act in reversed(self._kept) if known == customer), "")

    def take(self, customer: int, act: str) -> Mapping[str, Any] | None:
        """What was written, to be put back; it is not kept any longer."""
        return self._kept.pop((customer, act), None)
