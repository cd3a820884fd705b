"""Asks what of a list goes out: which rows, which columns, as what kind of file, and where to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from desktop.core.errors import UserError
from desktop.core.translation import ntr, tr
from desktop.views.exchange.listing import FORMATS, Chosen, Listing
from desktop.views.kit.context import Context
from desktop.views.kit.file_asking import export_folder, file_stem, free_stem, keep_folder
from desktop.views.kit.forms import ChoiceField, FormDialog, TextField
from desktop.views.kit.widgets import ElidedLabel, LinkButton

_WIDTH = 600
_MOST_NAMED = 40


class ExportDialog(FormDialog):
    """The choices of a list; the last ones are kept. `chosen` is the answer once it was accepted."""

    def __init__(self, ctx: Context, listing: Listing, parent: QWidget) -> None:
        title = tr("Export {list}", list=listing.title)
        super().__init__(title, tr("Export"), self._store, width=_WIDTH, parent=parent)
        self._ctx, self._listing = ctx, listing
        self.chosen: Chosen | None = None
        self._folder = export_folder(ctx.settings)
        self._replacing: Path | None = None
        kept = ctx.settings.get(f"ui.export.{listing.key}")
        if listing.selected:
            self.add_row(rows=self._rows_field())
        if listing.every is not None:
            self.add_row(columns=self._columns_field(str(kept.get("columns", ""))))
        self.add_row(format=self._format_field(str(kept.get("format", ""))))
        self.name = TextField(tr("File name"), required=True)
        self.add_row(name=self.name)
        self.add_widget(self._folder_line())
        for field in self.fields.values():
            field.changed.connect(self._changed)
        self._proposed = ""
        self._changed()

    # -- building

    def _rows_field(self) -> ChoiceField:
        listing = self._listing
        chosen = ntr("Only the {n} selected row", "Only the {n} selected rows", len(listing.selected))
        every = tr("Everything the list shows")
        if listing.count:
            every = ntr("The {n} row of the list", "All {n} rows of the list", listing.count)
        return ChoiceField(tr("Which rows"), [("selected", chosen), ("all", every)], "selected")

    def _columns_field(self, kept: str) -> ChoiceField:
        listing = self._listing
        assert listing.every is not None
        choices = [
            ("shown", ntr("The {n} column shown", "The {n} columns shown", len(listing.shown.columns))),
            ("every", ntr("All {n} column", "All {n} columns", len(listing.every.columns))),
        ]
        # The hint says what leaves; the longest of both keeps the form from jumping.
        return ChoiceField(tr("Columns"), choices, kept if kept == "every" else "shown", hint="\u00a0")

    def _format_field(self, kept: str) -> ChoiceField:
        suffixes = [".xlsx", ".csv", *([self._listing.own.suffix] if self._listing.own else [])]
        choices = [(suffix, tr(FORMATS[suffix][0])) for suffix in suffixes]
        first = kept if kept in suffixes else self._listing.first
        return ChoiceField(tr("As"), choices, first, hint="\u00a0")

    def _folder_line(self) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        self.folder_label = ElidedLabel(str(self._folder))
        self.folder_label.setProperty("role", "muted")
        self.folder_button = LinkButton(tr("Another folder…"), on_click=self._ask_folder)
        row.addWidget(self.folder_label, 1)
        row.addWidget(self.folder_button)
        return line

    # -- choosing

    @property
    def suffix(self) -> str:
        """The kind of file chosen, ".xlsx"."""
        return str(self.fields["format"].value())

    @property
    def everything(self) -> bool:
        """Whether all columns are wanted."""
        return "columns" in self.fields and self.fields["columns"].value() == "every"

    def _changed(self) -> None:
        self.fields["format"].set_hint(self._told_of_format())
        if "columns" in self.fields:
            self.fields["columns"].set_hint(self._told_of_columns())
        if self.name.value() in ("", self._proposed):
            self._proposed = free_stem(self._folder, file_stem(self._listing.title), self.suffix)
            if self.name.value() != self._proposed:
                self.name.set_value(self._proposed)
        self._replacing = None
        self.save_button.setText(tr("Export"))
        if self.isVisible():
            # Once the words that changed have found their lines.
            QTimer.singleShot(0, self, self.fit)

    def _told_of_format(self) -> str:
        return tr(FORMATS[self.suffix][1])

    def _told_of_columns(self) -> str:
        listing = self._listing
        if listing.own is not None and self.suffix == listing.own.suffix:
            return listing.own.told[self.everything]
        source = listing.every if self.everything and listing.every else listing.shown
        titles = [column.title for column in source.columns]
        named = tr(", ").join(titles[:_MOST_NAMED])
        more = len(titles) - _MOST_NAMED
        if more > 0:
            return ntr("{names} and {n} more", "{names} and {n} more", more, names=named)
        return named

    def _ask_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Where to"), str(self._folder))
        if chosen:
            self._folder = Path(chosen)
            self.folder_label.set_whole(str(self._folder))
            self._changed()

    # -- answering

    def _store(self, values: dict[str, Any]) -> None:
        suffix = self.suffix
        stem = values["name"]
        if Path(stem).suffix.lower() == suffix:
            stem = stem[: -len(suffix)]
        path = self._folder / f"{file_stem(stem, None)}{suffix}"
        if not self._folder.is_dir():
            raise UserError(
                tr("There is no folder “{folder}”.", folder=str(self._folder)), tr("Choose another folder.")
            )
        if path.exists() and path != self._replacing:
            self._replacing = path
            self.save_button.setText(tr("Replace"))
            raise UserError(
                tr("“{name}” is already there.", name=path.name),
                tr("Press “Replace” to write over it, or choose another name."),
            )
        kept: dict[str, str] = {"format": suffix}
        if "columns" in self.fields:
            kept["columns"] = "every" if self.everything else "shown"
        self._ctx.settings.set(f"ui.export.{self._listing.key}", kept)
        keep_folder(self._ctx.settings, self._folder)
        only_selected = values.get("rows") == "selected"
        self.chosen = Chosen(path, self._listing.selected if only_selected else None, self.everything)
