"""What every card of the shop's hours shares: keeping a change, and saying which complaints moved with it."""

from __future__ import annotations

from collections.abc import Callable

from desktop.core.errors import UserError
from desktop.core.translation import ntr, tr
from desktop.operations.shop_hours import Recounted
from desktop.views.kit.context import Context


def keep(ctx: Context, operation: Callable[[], Recounted]) -> str:
    """Change the shop's hours; the notice says how many complaints are due at another time, and undoes it.

    Gives what was wrong, in the user's language; "" when it is kept.
    """
    try:
        done = operation()
    except UserError as error:
        return str(error)
    tell(ctx, done)
    return ""


def tell(ctx: Context, done: Recounted) -> None:
    """Tell everybody what was changed, and the user what moved with it."""
    changes = done.changes
    if changes.step is None:
        return
    ctx.changed(changes, quiet=True)
    said = tr(changes.label, **changes.args)
    if done.moved:
        moved = ntr(
            "{n} open complaint is due at another time now",
            "{n} open complaints are due at another time now",
            done.moved,
        )
        said = tr("{done} · {more}", done=said, more=moved)
    ctx.notify(said, tr("Undo"), ctx.undo)
