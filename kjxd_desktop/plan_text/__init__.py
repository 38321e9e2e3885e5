"""A codec below the use cases: plan ↔ document ↔ typed fields, and whether a plan agrees with itself."""
