"""A chart drawn by pyqtgraph: a plot between two axes, its note beside what is pointed at, and its pictures.

The library draws, scales and thins out; mouse, keys and menu are the kit's own, so that the wheel scrolls the
page and a click on a card with a chart is a click on the card. Pictures are painted from the same scene.
"""

from __future__ import annotations

import weakref
from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from desktop.views.kit import theme
from desktop.views.kit.chart_base import ChartWidget, Format
from desktop.views.kit.plot_axes import StepAxis, ValueAxis
from desktop.views.kit.theme import Tokens

pg.setConfigOptions(antialias=True)

_NOTE = 100.0
"""How far in front the note lies."""


class _Note(QGraphicsItem):
    """The small box about what is pointed at, in front of everything."""

    def __init__(self, chart: PlotChart) -> None:
        super().__init__()
        # No circle of references: a chart that nobody holds goes at once, not at the next collection.
        self._chart = weakref.ref(chart)
        self._area = QRectF()
        self.setZValue(_NOTE)
        self.hide()

    def cover(self, area: QRectF) -> None:
        """Take this area to be painted in."""
        self.prepareGeometryChange()
        self._area = area

    def boundingRect(self) -> QRectF:
        return self._area

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if chart := self._chart():
            chart.paint_note(painter)


class PlotChart(ChartWidget):
    """Base of the charts with axes: a kind of chart fills the plot in `fill` and places it in `arrange`."""

    def __init__(
        self, name: str, *, empty_text: str = "", from_last: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(name, empty_text=empty_text, parent=parent)
        self.tokens = theme.current()
        self.view = pg.GraphicsView(self, background=None)
        self.view.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setCacheMode(pg.GraphicsView.CacheModeFlag.CacheNone)
        self.view.setAntialiasing(True)
        # The sheet below shows through.
        self.view.viewport().setAutoFillBackground(False)
        # Things come and go with the data, and some of the library's change their size unannounced: an index
        # of where they were would remember what is gone. A few dozen are found as fast without.
        self.view.scene().setItemIndexMethod(pg.GraphicsScene.ItemIndexMethod.NoIndex)
        self.view.hide()
        self.box = pg.ViewBox(enableMouse=False, enableMenu=False, defaultPadding=0)
        self.box.disableAutoRange()
        self.value_axis, self.step_axis = ValueAxis(), StepAxis(from_last=from_last)
        for axis in (self.value_axis, self.step_axis):
            self.view.scene().addItem(axis)
            axis.linkToView(self.box)
            # Hairlines lie behind the curves.
            axis.setZValue(-200)
        self.view.scene().addItem(self.box)
        self._note = _Note(self)
        self.view.scene().addItem(self._note)
        self._filled: list[QGraphicsItem] = []
        # A mark on the first or last step is whole; only what is zoomed is cut off at the edges.
        self.clip(False)

    # -- what a kind of chart does

    def fill(self, tokens: Tokens) -> None:
        """Put the drawn things into the plot with `add`, in the colours of a look."""
        raise NotImplementedError

    def forget(self) -> None:
        """Let go of what `fill` has made: it has been taken out of the plot."""

    def arrange(self, area: QRectF) -> None:
        """Place the plot in an area with `place`, and whatever is measured in pixels."""
        raise NotImplementedError

    def show_pointed(self) -> None:
        """Mark what is pointed at in the plot."""

    def note_place(self, index: int) -> QPointF:
        """Beside which point the note stands."""
        raise NotImplementedError

    # -- for the kinds

    def add(self, item: QGraphicsItem, *, in_plot: bool = True) -> None:
        """Show a thing until the next `fill`: in the plot's own units, or in pixels over everything."""
        self._filled.append(item)
        if in_plot:
            self.box.addItem(item)
        else:
            self.view.scene().addItem(item)

    def place(self, area: QRectF, plot: QRectF, ticks: Sequence[float], form: Format | None) -> None:
        """Lay the plot out, its scale from the first tick to the last; without a form it has no figures."""
        self.box.setGeometry(plot)
        self.box.setYRange(ticks[0], ticks[-1], padding=0)
        left, foot = plot.left() - area.left(), area.bottom() - plot.bottom()
        self.value_axis.setWidth(left)
        self.value_axis.setGeometry(QRectF(area.left(), plot.top(), left, plot.height()))
        self.value_axis.show_ticks(ticks, form)
        self.step_axis.setHeight(foot)
        self.step_axis.setGeometry(QRectF(plot.left(), plot.bottom(), plot.width(), foot))

    def plot_rect(self) -> QRectF:
        """Where the plot is, in pixels of this widget."""
        return QRectF(self.box.geometry())

    def x_at(self, at: QPointF) -> float:
        """The place of a pixel on the axis of steps."""
        return self.box.mapSceneToView(at).x()

    def pixel_of(self, x: float, y: float) -> QPointF:
        """The pixel of a point of the plot."""
        return self.box.mapViewToScene(QPointF(x, y))

    def clip(self, cut: bool) -> None:
        """Whether the plot cuts off what stands over its edges."""
        self.box.setFlag(QGraphicsItem.GraphicsItemFlag.ItemClipsChildrenToShape, cut)

    def data_changed(self) -> None:
        """Draw the new data; to be called by `set_data`."""
        self.pointed = None
        self.describe()
        self._dress(theme.current())
        self.view.setVisible(not self.is_empty())
        self.update()

    # -- the machinery

    def _dress(self, tokens: Tokens) -> None:
        self.tokens = tokens
        pg.setConfigOptions(background=tokens.surface, foreground=tokens.text)
        for item in self._filled:
            if item.parentItem() is None:
                self.view.scene().removeItem(item)
            else:
                self.box.removeItem(item)
        self._filled.clear()
        self.forget()
        self.value_axis.dress(tokens)
        self.step_axis.dress(tokens)
        if not self.is_empty():
            self._arrange()
            self.fill(tokens)
            self._arrange()
        self._show_pointed()

    def _arrange(self) -> None:
        if not self.is_empty() and self.width() > 60 and self.height() > 40:
            self.arrange(QRectF(self.rect()))
            self.view.viewport().update()

    def _point(self, index: int | None) -> None:
        changed = index != self.pointed
        super()._point(index)
        if changed:
            self._show_pointed()

    def _show_pointed(self) -> None:
        self._note.setVisible(self.pointed is not None and not self.is_empty())
        self._note.update()
        if not self.is_empty():
            self.show_pointed()

    def paint_note(self, painter: QPainter) -> None:
        """Paint the box about what is pointed at."""
        if self.pointed is not None and (lines := self.told(self.pointed)):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            near = self.note_place(self.pointed)
            self.draw_note(painter, QRectF(self.rect()), near, lines, self.tokens)

    def paint_here(self, painter: QPainter) -> None:
        if self.is_empty():
            super().paint_here(painter)

    def draw(self, painter: QPainter, area: QRectF, tokens: Tokens) -> None:
        # For pictures: the scene is painted at its own size, on which the library's pixels depend.
        worn = self.tokens
        if tokens != worn:
            self._dress(tokens)
        self._arrange()
        self._note.cover(area)
        scene = self.view.sceneObj
        scene.prepareForPaint()
        scene.render(painter, area, QRectF(self.rect()))
        if tokens != worn:
            self._dress(worn)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.view.setGeometry(self.rect())
        self._note.cover(QRectF(self.rect()))
        self._arrange()
        self._show_pointed()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.tokens != theme.current():
            # Qt is on its way through all widgets and scenes; nothing is taken out of one under its feet.
            QTimer.singleShot(0, self, self._follow_look)

    def _follow_look(self) -> None:
        if self.tokens != theme.current():
            self._dress(theme.current())
