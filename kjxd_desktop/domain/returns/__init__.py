"""What a unit reports in a period: entries, progress, signatures, second keyings, the check code."""
