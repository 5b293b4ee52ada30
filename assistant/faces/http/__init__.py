"""HTTP: the same replies as JSON, for another program. ``python -m assistant serve`` starts it."""
