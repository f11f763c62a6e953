"""Pages and files as printed."""
