"""The forms the tables have had, oldest first; run by `assistant.conversations.opening`."""
