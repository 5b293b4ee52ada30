"""From ``corpus/sources.toml`` to Documents, every file checked against its checksum."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from assistant.errors import CitationError, CorpusError
from assistant.law import Citation, Document
from assistant.law.document import Tier
from assistant.law.quoting import find_quote
from assistant.reading.files import InForce, Strict, read_toml
from assistant.reading.markdown import read_markdown
from assistant.reading.uslm import read_uslm


class Source(Strict, frozen=True, kw_only=True):
    """One entry of ``sources.toml``; ``received`` is the text as it came, kept beside the file."""

    id: str
    file: str
    title: str
    tier: Tier
    edition: str
    verified_on: date
    sha256: str
    address: str
    citation: str | None = None
    received: str | None = None
    in_force: InForce = InForce()
    caveat: str = ""


class _Sources(Strict, frozen=True):
    source: tuple[Source, ...] = ()


def read_sources(corpus: Path) -> tuple[Source, ...]:
    """The entries of ``sources.toml``, in its order."""
    path = corpus / "sources.toml"
    sources = read_toml(path, _Sources).source
    ids = [source.id for source in sources]
    twice = {id for id in ids if ids.count(id) > 1}
    if twice:
        raise CorpusError(f"{path}: listed twice: {', '.join(sorted(twice))}")
    return sources


def read_corpus(corpus: Path) -> tuple[Document, ...]:
    """Every document that is listed, read by the reader of its format.

    A file that is missing, altered without its checksum, or unreadable is a `CorpusError`.
    """
    documents = tuple(replace(_read(corpus, source), caveat=source.caveat) for source in read_sources(corpus))
    check_statements(documents)
    asked = read_asked(corpus)
    known = {p.statement.id for d in documents for p in d.provisions if p.statement}
    unknown = sorted(asked.keys() - known)
    if unknown:
        raise CorpusError(f"{corpus / 'language' / 'asked'}: no statement {', '.join(unknown[:5])}")
    return tuple(_with_asked(document, asked) for document in documents)


def read_asked(corpus: Path) -> dict[str, tuple[str, ...]]:
    """By statement, the questions people put that it answers, from ``language/asked/``."""
    asked: dict[str, tuple[str, ...]] = {}
    for path in sorted((corpus / "language" / "asked").glob("*.toml")):
        found = read_toml(path, dict[str, tuple[str, ...]])
        twice = sorted(asked.keys() & found.keys())
        if twice:
            raise CorpusError(f"{path}: asked in two files: {', '.join(twice[:5])}")
        asked |= found
    return asked


def _with_asked(document: Document, asked: dict[str, tuple[str, ...]]) -> Document:
    provisions = tuple(
        replace(p, statement=replace(p.statement, asked=asked[p.statement.id]))
        if p.statement and p.statement.id in asked
        else p
        for p in document.provisions
    )
    return replace(document, provisions=provisions)


def _read(corpus: Path, source: Source) -> Document:
    path = corpus / source.file
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CorpusError(f"{source.id}: {path} cannot be read ({error.strerror})") from None
    sha256 = hashlib.sha256(data).hexdigest()
    if sha256 != source.sha256:
        raise CorpusError(
            f"{source.id}: {source.file} is not the file that was verified (its checksum differs);"
            " verify the text and run 'make checksums', or restore the file"
        )
    try:
        citation = Citation.parse(source.citation) if source.citation else Citation.of_title(source.title)
    except CitationError as error:
        raise CorpusError(f"{source.id}: {corpus / 'sources.toml'}: {error}") from None
    if path.suffix == ".xml":
        return read_uslm(
            data,
            id=source.id,
            title=source.title,
            tier=source.tier,
            edition=source.edition,
            in_force=source.in_force.span,
            sha256=sha256,
            address=source.address,
            citation=citation,
        )
    if path.suffix == ".md":
        return read_markdown(
            data,
            id=source.id,
            title=source.title,
            tier=source.tier,
            edition=source.edition,
            in_force=source.in_force.span,
            sha256=sha256,
            address=source.address,
            citation=citation,
            verified_on=source.verified_on,
        )
    raise CorpusError(f"{source.id}: there is no reader for {path.suffix!r} files")


def check_statements(documents: Iterable[Document]) -> None:
    """Ids are unique, companions exist, and every quoted word stands in a text we hold."""
    documents = tuple(documents)
    statements = {}
    for document in documents:
        for provision in document.provisions:
            if provision.statement:
                if provision.statement.id in statements:
                    raise CorpusError(f"{document.id}: the statement id {provision.statement.id} is taken")
                statements[provision.statement.id] = (document, provision.statement)
    for document, statement in statements.values():
        unknown = set(statement.companions) - set(statements)
        if unknown:
            raise CorpusError(f"{document.id}: {statement.id}: no statement {', '.join(sorted(unknown))}")
        if statement.quote and find_quote(documents, statement.quote, statement.quote_of) is None:
            raise CorpusError(
                f"{document.id}: {statement.id}: the words it quotes do not stand in {statement.quote_of}"
            )
