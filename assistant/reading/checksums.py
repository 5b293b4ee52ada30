"""``python -m assistant.reading.checksums``: write the checksums of the listed files.

Run it after a text was changed *and verified*: the checksum is the promise that somebody did.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
from pathlib import Path

from assistant.errors import AssistantError
from assistant.reading.corpus import read_sources
from assistant.settings import Settings


def write_checksums(corpus: Path) -> list[str]:
    """Bring every ``sha256`` in ``sources.toml`` up to date; the ids of the entries that changed."""
    path = corpus / "sources.toml"
    text = path.read_text(encoding="utf-8")
    changed = []
    for source in read_sources(corpus):
        sha256 = hashlib.sha256((corpus / source.file).read_bytes()).hexdigest()
        if sha256 != source.sha256:
            entry = re.compile(rf'(file = "{re.escape(source.file)}".*?sha256 = ")[^"]*"', re.DOTALL)
            text = entry.sub(lambda match, sha=sha256: f'{match[1]}{sha}"', text, count=1)  # type: ignore[misc]
            changed.append(source.id)
    path.write_text(text, encoding="utf-8")
    return changed


if __name__ == "__main__":
    try:
        for id in write_checksums(Settings.from_environment(os.environ).corpus):
            print(f"new checksum: {id}")
    except AssistantError as error:
        sys.exit(f"checksums: {error}")
