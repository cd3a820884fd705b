"""Things to do: the list, the form, and what reminds of them."""
