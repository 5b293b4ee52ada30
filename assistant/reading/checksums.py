"""``python -m assistant.reading.checksums``: write the checksums of the listed files.

Run it after a text was changed *and verified*: the checksum is the promise that somebody did.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
from pathlib import Path

from assistant.errors import AssistantError, CorpusError
from assistant.reading.corpus import read_sources
from assistant.settings import Settings


def write_checksums(corpus: Path) -> list[str]:
    """Bring every ``sha256`` in ``sources.toml`` up to date; the ids of the entries that changed."""
    path = corpus / "sources.toml"
    text = path.read_text(encoding="utf-8")
    changed = []
    head, *entries = re.split(r"(?m)^(?=\[\[source\]\])", text)
    for number, source in enumerate(read_sources(corpus)):
        try:
            sha256 = hashlib.sha256((corpus / source.file).read_bytes()).hexdigest()
        except OSError as error:
            raise CorpusError(
                f"{source.id}: {corpus / source.file} cannot be read ({error.strerror})"
            ) from None
        if sha256 != source.sha256:
            entries[number] = entries[number].replace(f'"{source.sha256}"', f'"{sha256}"', 1)
            changed.append(source.id)
    if changed:
        path.write_text(head + "".join(entries), encoding="utf-8")
    return changed


if __name__ == "__main__":
    try:
        for id in write_checksums(Settings.from_environment(os.environ).corpus):
            sys.stdout.write(f"new checksum: {id}\n")
    except AssistantError as error:
        sys.exit(f"checksums: {error}")
