"""The machinery of tables filled like a spreadsheet."""
