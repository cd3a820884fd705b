"""What figures look at: a period and filters, each declared once with its words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, ClassVar, Self

from desktop.core.translation import tr
from desktop.views.figures.period import Period

ALL = "all"

Offered = Sequence[tuple[Any, str]]
"""Values with their names, in the order of the menu."""


@dataclass(frozen=True)
class FilterField:
    """A filter: what it is called, and what it says while it leaves nothing out; marked texts.

    `kind` is the type of its values. Where not every value fits into a menu, `another` is the entry that asks
    for one, and `ask` the question.
    """

    title: str
    everything: str
    kind: type = str
    another: str = ""
    ask: str = ""
    name_of: Callable[[Any], str] | None = None
    """Names a value that is not offered."""


@dataclass(frozen=True)
class Choices:
    """What the filters offer, by their names; of those in `more` there are more than offered."""

    offered: Mapping[str, Offered] = field(default_factory=dict)
    more: frozenset[str] = frozenset()


NONE = Choices()


@dataclass(frozen=True)
class Wanted:
    """A period and filters: a subclass has an attribute for each, whose default leaves nothing out."""

    FIELDS: ClassVar[Mapping[str, FilterField]] = {}
    period: Period = field(default_factory=Period)

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """What a screen's route kept; what makes no sense is left out."""
        found: dict[str, Any] = {"period": Period.of(kept.get("period"))}
        for name, one in cls.FIELDS.items():
            if isinstance(kept.get(name), one.kind):
                found[name] = kept[name]
        return cls(**found)

    def kept(self) -> dict[str, Any]:
        """What a screen's route keeps."""
        return {"period": self.period.kept(), **{name: getattr(self, name) for name in self.on}}

    @classmethod
    def off(cls, name: str) -> Any:
        """The value of a filter that leaves nothing out."""
        return next(one.default for one in fields(cls) if one.name == name)

    @property
    def on(self) -> list[str]:
        """The names of the filters that leave something out."""
        return [name for name in self.FIELDS if getattr(self, name) != self.off(name)]

    def without(self, name: str) -> Self:
        """The same with a filter off; all of them for "all"."""
        names = list(self.FIELDS) if name == ALL else [name]
        return replace(self, **{one: self.off(one) for one in names})

    def value_name(self, name: str, choices: Choices) -> str:
        """What the value of a filter is called."""
        value = getattr(self, name)
        known = dict(choices.offered.get(name, ()))
        name_of = self.FIELDS[name].name_of
        return known.get(value) or (name_of(value) if name_of else "") or tr("Unnamed")

    def named(self, choices: Choices) -> list[str]:
        """The filters that are on, as "Subject: Delivery"."""
        return [
            tr("{field}: {value}", field=tr(self.FIELDS[name].title), value=self.value_name(name, choices))
            for name in self.on
        ]
