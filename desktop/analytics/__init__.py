"""Mathematics of customers on plain arrays; it knows neither tables nor windows."""
