"""The figures of a screen: filters, tiles, cards with charts, and the ways out of them."""
