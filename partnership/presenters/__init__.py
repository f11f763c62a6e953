"""Answers of this app in words and shapes, one module a page."""
