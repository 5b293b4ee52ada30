"""Renew the golden files: ``python -m tests.faces.golden``, and with ``--ask`` the Replies as well."""

import os
import sys

from tests.faces.golden.made import ask, write

if sys.argv[1:] not in ([], ["--ask"]):
    sys.exit("usage: python -m tests.faces.golden [--ask]")
if sys.argv[1:]:
    from assistant.settings import Settings
    from assistant.wiring import open_assistant

    ask(open_assistant(Settings.from_environment(os.environ)))
write()
