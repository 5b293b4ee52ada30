"""One module a command, imported only when it is called: ``EXAMPLES``, ``add_arguments``, ``run``."""
