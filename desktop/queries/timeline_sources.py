"""Every source of the timeline, and which kind of entry stands above the other at one moment."""

from __future__ import annotations

from desktop.queries.timeline_care import (
    CASE,
    CASE_STEP,
    COMPLAINT,
    CONSENT,
    INTERACTION,
    PRIVACY,
    RATING,
    STEP,
    TASK,
    TICK,
)
from desktop.queries.timeline_source import Source
from desktop.queries.timeline_trade import ARRIVAL, IMPORT, LEAD, MERGE, ORDER, POINTS, SHIPMENT, VISIT

SOURCES: tuple[Source, ...] = (
    VISIT, LEAD, INTERACTION, ORDER, POINTS, SHIPMENT, ARRIVAL, CASE, CASE_STEP, COMPLAINT, STEP, RATING,
    TICK, TASK, CONSENT, PRIVACY, MERGE, IMPORT,
)  # fmt: skip
KINDS: tuple[str, ...] = tuple(source.kind for source in SOURCES)
"""Every kind of entry; at one and the same second the later kinds stand above the earlier ones."""
RANK: dict[str, int] = {kind: rank for rank, kind in enumerate(KINDS)}
BY_KIND: dict[str, Source] = {source.kind: source for source in SOURCES}
