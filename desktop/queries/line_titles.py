"""What a line of an order is called: as it was written, else by its product, which files often name alone."""

LINE_TITLE = (
    "iif(order_line.title <> '', order_line.title, "
    "coalesce((SELECT name FROM product WHERE product.id = order_line.product_id), ''))"
)
"""SQL over `order_line`."""
