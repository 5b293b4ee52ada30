"""The tables, as the newest migration leaves them; a test compares the two.

A Reply is kept as the text of its JSON, in ASCII: no database reorders it, and half a character of
a file name in a question survives.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)


class Instant(TypeDecorator[datetime]):
    """An instant in UTC, whatever zone it came in; SQLite keeps no zone of its own."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData()

conversation = Table(
    "conversation",
    metadata,
    Column("id", Text, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("key", Text),
    Column("title", Text, nullable=False),
    UniqueConstraint("owner", "key", name="conversation_owner_key"),
)

turn = Table(
    "turn",
    metadata,
    Column("place", Integer, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("conversation", Text, ForeignKey("conversation.id", ondelete="CASCADE"), nullable=False),
    Column("reply", Text, nullable=False),
    Column("corpus", Text, nullable=False),
    Column("asked", Instant, nullable=False),
    # All that a list of conversations needs of a turn, so that no reply is read for it.
    Index("ix_turn_conversation", "conversation", "asked"),
)

feedback = Table(
    "feedback",
    metadata,
    Column("turn", Text, ForeignKey("turn.id", ondelete="CASCADE"), primary_key=True),
    Column("good", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    Column("face", Text, nullable=False),
    Column("given", Instant, nullable=False),
)

event = Table(
    "event",
    metadata,
    Column("id", Text, primary_key=True),
    Column("seen", Instant, nullable=False, index=True),
)
