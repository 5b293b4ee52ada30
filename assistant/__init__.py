"""A chat assistant over U.S. customs recordkeeping law whose every sentence carries its authority."""
