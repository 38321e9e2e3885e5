"""Words of the search."""
