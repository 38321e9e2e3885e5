"""The city's whole: what units' figures come to together."""
