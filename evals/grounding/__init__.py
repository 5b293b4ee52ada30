"""How well drafted sentences are told apart: right ones let through, subtly wrong ones held back."""
