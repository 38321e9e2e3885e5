"""Where values stand against their targets."""
