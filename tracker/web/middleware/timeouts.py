"""Timeouts of the HTTP protocol: nobody holds a connection by being slow, or by a head without end."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol


class TimeoutProtocol(HttpToolsProtocol):
    """uvicorn's protocol, which takes a head of any length, and waits for the end of one for ever."""

    longest_head = 64 * 1024  # bytes, as of most servers
    asks_within = 10.0  # seconds from connecting, or from the last answer, until a whole head has to be here
    reads_within = 120.0  # seconds until a reader has to take more of an answer that waits for it

    _head = 0  # bytes of a head that is still arriving
    _to_ask: asyncio.TimerHandle | None = None
    _to_read: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a first question."""
        super().connection_made(transport)
        self._wait_for_a_question()

    def data_received(self, data: bytes) -> None:
        """Take what arrived, unless a head of it has no end."""
        self._head += len(data)
        super().data_received(data)
        if self._head > self.longest_head and not self._is_asked and not self.transport.is_closing():
            self.send_400_response("The head of this request is too long.")

    def on_headers_complete(self) -> None:
        """Begin to answer."""
        self._head = 0
        super().on_headers_complete()

    def on_response_complete(self) -> None:
        """Begin to wait for another question, which may be here already."""
        self._head = 0
        self._wait_for_a_question()
        super().on_response_complete()

    def pause_writing(self) -> None:
        """Begin to wait for a reader who takes nothing."""
        super().pause_writing()
        self._to_read = self.loop.call_later(self.reads_within, self.transport.abort)

    def resume_writing(self) -> None:
        """See that the reader takes the answer."""
        super().resume_writing()
        _forget(self._to_read)

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        super().connection_lost(exc)
        _forget(self._to_ask)
        _forget(self._to_read)

    @property
    def _is_asked(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _wait_for_a_question(self) -> None:
        _forget(self._to_ask)
        self._to_ask = self.loop.call_later(self.asks_within, self._end_unless_asked)

    def _end_unless_asked(self) -> None:
        if not self._is_asked:
            self.transport.close()


def _forget(timer: asyncio.TimerHandle | None) -> None:
    if timer is not None:
        timer.cancel()
