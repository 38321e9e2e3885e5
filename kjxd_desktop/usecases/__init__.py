"""What people do with the application: one file per use case; no Qt, no SQL, no Excel."""
