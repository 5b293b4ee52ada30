"""Readers: one a format, each from bytes to a Document."""
