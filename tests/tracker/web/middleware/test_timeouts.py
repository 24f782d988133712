"""What our timeouts rest on inside uvicorn: a release that moves it is seen here, before it is served."""

import inspect

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from tracker.web.middleware.timeouts import TimeoutProtocol

# the calls we take part in, with the arguments that the server gives
CALLS = {
    "connection_made": ["self", "transport"],
    "connection_lost": ["self", "exc"],
    "data_received": ["self", "data"],
    "on_headers_complete": ["self"],
    "on_response_complete": ["self"],
    "pause_writing": ["self"],
    "resume_writing": ["self"],
    "send_400_response": ["self", "msg"],
}


def test_uvicorn_makes_the_calls_that_we_take_part_in():
    parameters = {name: list(inspect.signature(getattr(HttpToolsProtocol, name)).parameters) for name in CALLS}
    assert parameters == CALLS


def test_uvicorn_keeps_what_we_read_where_we_read_it():
    source = inspect.getsource(HttpToolsProtocol)
    for name in ("self.cycle", "self.transport", "self.loop"):
        assert name in source
    assert "self.response_complete" in inspect.getsource(RequestResponseCycle)


def test_ours_overrides_nothing_else_of_uvicorn_s():
    own = {name for name, value in vars(TimeoutProtocol).items() if inspect.isfunction(value)}
    overrides = {name for name in own if hasattr(HttpToolsProtocol, name)}
    assert overrides <= CALLS.keys()
