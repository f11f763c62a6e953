"""Pages that look across everything."""
