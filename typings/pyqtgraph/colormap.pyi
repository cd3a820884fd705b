"""Types of pyqtgraph.colormap: colours along a scale."""

from collections.abc import Sequence
from typing import Any

from numpy.typing import NDArray
from PySide6.QtGui import QColor

class ColorMap:
    def __init__(
        self, pos: Sequence[float] | None, color: Sequence[Any], mapping: Any = ..., name: str = ...
    ) -> None: ...
    def map(self, data: Any, mode: str = ...) -> NDArray[Any]: ...
    def mapToQColor(self, data: float) -> QColor: ...
    def getLookupTable(
        self,
        start: float = ...,
        stop: float = ...,
        nPts: int = ...,
        alpha: bool | None = ...,
        mode: str = ...,
    ) -> NDArray[Any]: ...

def get(name: str, source: str | None = ..., skipCache: bool = ...) -> ColorMap: ...
