"""HTTP: translates between requests and use cases, decides nothing."""
