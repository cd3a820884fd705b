"""The service timeline: one stream of all that happened with a customer, or in the whole shop."""
