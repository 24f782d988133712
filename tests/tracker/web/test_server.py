"""The real command serves: one process or several, on any address, and says in one line why it cannot."""

import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import pytest


@contextmanager
def serve(home, *options):
    command = [sys.executable, "-m", "tracker.cli", "serve", "--port", "0", *options]
    environment = os.environ | {"CLAUSEWATCH_HOME": str(home)}
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as server:
        try:
            yield server, re.search(r"http://\S+/", server.stderr.readline())[0]
        finally:
            server.terminate()


def below(pid):
    children = [Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    commands = {int(pid): Path(f"/proc/{pid}/cmdline").read_bytes() for pid in children[0]}
    return [pid for pid, command in commands.items() if b"spawn_main" in command]


@pytest.mark.parametrize("processes", [1, 2])
def test_the_command_serves_from_the_port_it_names_and_ends_when_told(tmp_path, processes):
    with serve(tmp_path, "--processes", str(processes)) as (server, address):
        answer = httpx.get(f"{address}healthz", timeout=30)
        server.send_signal(signal.SIGTERM)
        server.wait(30)

    assert answer.status_code == 200
    assert server.returncode in {0, -signal.SIGTERM}


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="only Linux lists a process's children")
def test_a_process_that_dies_is_started_again(tmp_path):
    with serve(tmp_path, "--processes", "2") as (server, address):
        httpx.get(f"{address}healthz", timeout=30)
        for pid in below(server.pid):
            os.kill(pid, signal.SIGKILL)

        answers = [httpx.get(f"{address}healthz", timeout=30) for _ in range(3)]

    assert {answer.status_code for answer in answers} == {200}


def test_a_port_that_is_taken_is_told_in_one_line(tmp_path):
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        port = str(other.getsockname()[1])
        command = [sys.executable, "-m", "tracker.cli", "serve", "--port", port]
        environment = os.environ | {"CLAUSEWATCH_HOME": str(tmp_path)}
        completion = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)

    assert completion.returncode == 2
    assert completion.stderr == f"clausewatch: cannot listen on 127.0.0.1, port {port}: Address already in use\n"
