"""The customer list: filters, search, preview, and the forms that enter and edit a customer."""
