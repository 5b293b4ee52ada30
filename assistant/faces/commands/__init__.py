"""One module a command, imported only when it is called: ``HELP``, ``EXAMPLES``, ``add_arguments``, ``run``."""
