"""Teaching the default embedding model this law's questions (decision 13)."""
