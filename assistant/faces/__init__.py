"""The faces: command line and what renders a Reply for all of them. Nothing is decided here."""
