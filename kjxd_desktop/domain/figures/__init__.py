"""Numbers, periods, units of measure, and what a typed text means."""
