"""The shop's own fields are added, changed and deleted in the settings, and the list follows at once."""

from __future__ import annotations

import json

import pytest
from pytestqt.qtbot import QtBot

from desktop.models.book import Book
from desktop.models.customers import Customer
from desktop.queries.own_fields import own_fields
from desktop.views.customers.view import CustomersView
from desktop.views.kit.context import Context
from desktop.views.kit.forms import FormDialog
from desktop.views.settings.own_fields import OwnFieldForm, OwnFieldsCard
from tests.gui.told import Told


@pytest.fixture
def card(ctx: Context, book: Book, qtbot: QtBot) -> OwnFieldsCard:
    with book.step("Fill") as step:
        for number, custom in enumerate(({"Size": "42"}, {"Size": "large"}, {}), 1):
            kept = json.dumps(custom)
            step.insert(Customer, id=number, name=f"c{number}", created_at="2024-01-01 09:00:00", custom=kept)
    made = OwnFieldsCard(ctx)
    qtbot.addWidget(made)
    made.resize(700, 400)
    made.show()
    return made


def settle(card: OwnFieldsCard, qtbot: QtBot) -> None:
    qtbot.wait(20)
    qtbot.waitUntil(lambda: card._ctx.tasks.idle)
    qtbot.wait(1)


def listed(card: OwnFieldsCard) -> list[str]:
    return [card.list.item(row).text() for row in range(card.list.count())]


def fill(form: FormDialog | None, **values: object) -> FormDialog:
    assert form is not None
    for name, value in values.items():
        form.fields[name].set_value(value)
    form.save_button.click()
    return form


def test_fields_come_and_go(card: OwnFieldsCard, told: Told, qtbot: QtBot) -> None:
    assert card.none.isVisible()
    fill(card.add(), name="Size")
    fill(card.add(), name="Cut", kind="choice", options="slim\n\nwide")
    settle(card, qtbot)
    assert listed(card) == ["1. Size", "2. Cut"]
    assert own_fields(card._ctx.book)[1].options == ("slim", "wide")
    assert card._note(card.fields()[0]) == "Any text · 2 customers"
    refused = fill(card.add(), name="size")
    assert refused.isVisible()
    refused.reject()
    card.list.setCurrentRow(0)
    card.list.move_current(1)
    settle(card, qtbot)
    assert listed(card) == ["1. Cut", "2. Size"]
    at = [field.name for field in card.fields()].index("Size")
    card.delete(at)
    settle(card, qtbot)
    assert told.notices[-1].startswith("The field “Size” is deleted; 2 customers had something in it.")
    assert card._ctx.book.value("SELECT custom FROM customer WHERE id = 1") == "{}"
    card._ctx.undo()
    assert json.loads(card._ctx.book.value("SELECT custom FROM customer WHERE id = 1")) == {"Size": "42"}


def test_another_type_says_what_will_be_lost(card: OwnFieldsCard, qtbot: QtBot) -> None:
    fill(card.add(), name="Size")
    form = card.change(0)
    assert isinstance(form, OwnFieldForm)
    form.fields["kind"].set_value("number")
    form.look()
    settle(card, qtbot)
    assert form.lost.text().startswith("1 customer has something there that does not fit")
    assert "large" in form.lost.text()
    form.fields["name"].set_value("EU size")
    form.save_button.click()
    settle(card, qtbot)
    kept = [json.loads(text) for (text,) in card._ctx.book.rows("SELECT custom FROM customer ORDER BY id")]
    assert kept == [{"EU size": 42}, {}, {}]
    card._ctx.undo()
    assert card.fields()[0].name == "Size"


def test_the_list_shows_a_new_field_as_a_column_and_follows_its_name(
    card: OwnFieldsCard, ctx: Context, qtbot: QtBot
) -> None:
    view = CustomersView(ctx)
    qtbot.addWidget(view)
    view.show()
    settle(card, qtbot)
    fill(card.add(), name="Size")
    assert view.model.columns[-1].name == "Size"
    view.table.show_column("custom:Size", True)
    assert view.table.shown_keys()[-1] == "custom:Size"
    number = [column.key for column in view.model.columns].index("custom:Size")
    said = {view.model.index(line, number).data() for line in range(3)}
    assert said == {"42", "large", "—"}
    view._keep_layout(view.table.layout_state())
    fill(card.change(0), name="EU size")
    settle(card, qtbot)
    assert view.model.columns[-1].name == "EU size"
    again = CustomersView(ctx)
    qtbot.addWidget(again)
    assert again.table.shown_keys()[-1] == "custom:EU size"
