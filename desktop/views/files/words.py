"""What people call a file's kind, size and where it belongs."""

from __future__ import annotations

from desktop.core.dates import format_day
from desktop.core.media_types import ending_of, kind_of
from desktop.core.translation import mark, tr
from desktop.queries.attachments import AttachmentRow

_ABOUT = {
    "orders": mark("Order {number}"),
    "service_case": mark("Case {number}"),
    "complaint": mark("Complaint {number}"),
    "interaction": mark("Note: {number}"),
}


def size_words(size: int) -> str:
    """Bytes as people read them: 812 B, 34 KB, 1.8 MB."""
    if size < 1000:
        return f"{size} B"
    if size < 1_000_000:
        return f"{size / 1024:,.0f} KB"
    return f"{size / 1024 / 1024:,.1f} MB"


def kind_words(row: AttachmentRow) -> str:
    """The kind with its ending: "Picture (PNG)"."""
    kind = kind_of(row.media_type)
    ending = (ending_of(row.name) or next(iter(kind.endings), "")).removeprefix(".").upper()
    name = tr(kind.name)
    return tr("{kind} ({ending})", kind=name, ending=ending) if ending and ending != name else name


def about_words(row: AttachmentRow) -> str:
    """The record the file belongs to, where it is not the customer; else ""."""
    if row.subject not in _ABOUT or not row.about:
        return ""
    return tr(_ABOUT[row.subject], number=" ".join(row.about.split()))


def told(row: AttachmentRow) -> str:
    """All there is to say of a file, for tips and those who listen."""
    parts = (row.name, kind_words(row), size_words(row.size), format_day(row.added_at), about_words(row))
    return " · ".join(part for part in parts if part)
