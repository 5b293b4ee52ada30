"""Every error this package raises on purpose, in one tree.

    AssistantError                what went wrong, where, and what to do, in one line
    ├── UsageError                the caller's words or values cannot be used (exit status 2)
    │   └── CitationError         the text is not a citation we can read
    ├── CorpusError               a file under ``corpus/`` is not what it must be
    │   └── RuleError             a rule, an agreement or an amount does not load
    ├── IndexMissing              there is no index yet
    ├── IndexDamaged              there is one, but it cannot be read or was made for something else
    ├── ModelMissing              the embedding model cannot be loaded
    └── StoreError                conversations cannot be kept or read
        └── NotKept               the conversation or turn that was named is not there

The message is part of the interface: a face prints it as it is, and never a traceback.
"""


class AssistantError(Exception):
    """Base of all errors raised on purpose; ``str(error)`` is one line fit to show a person."""


class UsageError(AssistantError):
    """What was asked for cannot be done as asked."""


class CitationError(UsageError):
    """A text that should be a citation is not one."""


class CorpusError(AssistantError):
    """A corpus file breaks its schema, its checksum or its promise."""


class RuleError(CorpusError):
    """A rule is incomplete or contradicts itself, and so does not load."""


class IndexMissing(AssistantError):
    """No index has been built."""


class IndexDamaged(AssistantError):
    """The index is incomplete, altered, or was made with another model or corpus."""


class ModelMissing(AssistantError):
    """The embedding model is not installed or cannot be read."""


class StoreError(AssistantError):
    """The store of conversations cannot be opened, read or written; nothing in it was changed."""


class NotKept(StoreError):
    """There is no such conversation or turn, for this owner."""
