"""The language model by one setting, through LangChain's ``init_chat_model``.

LangChain and the provider's package are imported when a first draft is asked for, never before.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from assistant.answering.drafting.faults import ELSEWHERE, NO_KEY, NO_PACKAGE, NO_PROVIDER, Unused, reason
from assistant.answering.drafting.form import RESPONSE_FORMAT
from assistant.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

#: Tokens that a draft may take; an answer of ten sentences takes some eight hundred.
MOST_TOKENS = 2_000
#: Bytes that are read of one response, whatever it is.
MOST_BYTES = 4_000_000
#: Providers whose package is an extra of this one; any other that LangChain knows is installed by hand.
EXTRAS = ("openai", "anthropic", "ollama")
#: Where Ollama listens unless told otherwise.
_OLLAMA = "http://127.0.0.1:11434"


@dataclass(frozen=True, slots=True)
class Model:
    """A chat model, and the options with which it is held to the form of a draft.

    ``shaped`` is whether its server takes them; one that rejects a request gets the next without.
    """

    chat: BaseChatModel
    shape: dict[str, Any]
    shaped: bool


def unusable(settings: Settings) -> str:
    """Why the model named may not be asked at all, or nothing."""
    if not settings.private:
        return ""
    provider = settings.chat_model.partition(":")[0]
    url = settings.chat_url or (_OLLAMA if provider == "ollama" else "")
    # Of other providers we do not hold the connection, and cannot promise where it goes.
    return "" if provider in ("openai", "ollama") and on_loopback(url) else ELSEWHERE


def on_loopback(url: str) -> bool:
    """Whether the address is this machine's own, without asking a name server."""
    try:
        host = urlsplit(url).hostname or ""
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def open_model(settings: Settings) -> Model:
    """Import and join; `Unused` says in one line what is missing."""
    provider, _, name = settings.chat_model.partition(":")
    extra = provider if provider in EXTRAS else ""
    try:
        from langchain.chat_models import init_chat_model

        options = _options(provider, settings)
        chat = init_chat_model(name, model_provider=provider, **options)
        key = getattr(chat, "anthropic_api_key", None)
        if key is not None and not key.get_secret_value():  # it would be sent all the same
            raise Unused(NO_KEY)
        # For OpenAI past LangChain, which would read the stream by another, stricter reader.
        shape: dict[str, Any] = {"response_format": RESPONSE_FORMAT}
        return Model(chat, {"extra_body": shape} if provider == "openai" else shape, bool(extra))
    except ImportError as error:
        package = f"langchain-{provider.replace('_', '-')}"
        raise Unused(NO_PACKAGE.format(extra=extra) if extra else f"{package} is not installed") from error
    except Exception as error:  # a provider's constructor raises types of its own choice
        if isinstance(error, ValueError) and "provider" in str(error):
            raise Unused(NO_PROVIDER) from error
        raise Unused(reason(error)) from error


def _options(provider: str, settings: Settings) -> dict[str, Any]:
    """What every provider is given: an address, a key, no retries of its own, an end to its words."""
    local = on_loopback(settings.chat_url)
    options: dict[str, Any] = {"base_url": settings.chat_url} if settings.chat_url else {}
    if settings.chat_key:
        options["api_key"] = settings.chat_key
    if provider == "openai":
        options |= {"max_retries": 0, "max_tokens": MOST_TOKENS, "timeout": settings.chat_timeout}
        options |= {"stream_usage": True, "http_async_client": _client(local, settings.chat_timeout)}
        if local:  # a key in the environment is another server's
            options.setdefault("api_key", "none")
    elif provider == "anthropic":
        options |= {"max_retries": 0, "max_tokens": MOST_TOKENS, "timeout": settings.chat_timeout}
    elif provider == "ollama":
        options |= {"num_predict": MOST_TOKENS, "client_kwargs": {"timeout": settings.chat_timeout}}
        options.pop("api_key", None)
        if settings.private:
            options.setdefault("base_url", _OLLAMA)
        if on_loopback(options.get("base_url", "")):
            options["client_kwargs"] |= {"trust_env": False, "follow_redirects": False}
    return options


def _client(local: bool, seconds: float) -> Any:
    """A client that reads no more than it must, and on this machine follows nothing off it.

    A proxy named in the environment would carry a request for this machine to another one.
    """
    import openai

    class Client(openai.DefaultAsyncHttpxClient):
        async def send(self, request: Any, **options: Any) -> Any:
            response = await super().send(request, **options)
            unbounded = response.aiter_bytes

            async def bounded(chunk_size: int | None = None) -> Any:
                read = 0
                async for part in unbounded(chunk_size):
                    read += len(part)
                    if read > MOST_BYTES:
                        raise Unused("it sent far more than an answer needs")
                    yield part

            response.aiter_bytes = bounded  # type: ignore[method-assign]
            return response

    own: dict[str, Any] = {"trust_env": False, "follow_redirects": False} if local else {}
    return Client(timeout=seconds, **own)
