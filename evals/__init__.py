"""The promise: questions with gold answers, put to the real assistant and scored."""
