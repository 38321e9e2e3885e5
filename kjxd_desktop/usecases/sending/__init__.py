"""Status, signing off, submitting, templates, the official form."""
