"""Pages of the lowest app: signing in and out."""
