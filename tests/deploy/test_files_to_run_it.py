"""What `deploy/` holds is true: commands, options, settings, paths and ports are those of the program."""

import configparser
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import typer
import yaml

from tracker.cli.main import COMMANDS, app
from tracker.config import Settings

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted(path.name for path in DEPLOY.glob("*.service"))
SETTINGS = {f"CLAUSEWATCH_{name.upper()}" for name in Settings.model_fields}
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))


def read(name):
    return (DEPLOY / name).read_text(encoding="utf-8")


def unit(name):
    parser = configparser.RawConfigParser(strict=False, interpolation=None)
    parser.optionxform = str
    parser.read_string(read(name))
    return parser


def assert_is_a_command(words):
    command = typer.main.get_command(app).get_command(None, words[0])
    options = {option for parameter in command.params for option in parameter.opts}
    assert words[0] in COMMANDS
    assert {word for word in words if word.startswith("--")} <= options


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_starts_a_command_that_there_is(name):
    words = shlex.split(unit(name)["Service"]["ExecStart"])
    inner = shlex.split(words[2].removeprefix("exec ")) if words[0] == "/bin/sh" else words

    assert inner[0] == "/opt/clausewatch/bin/clausewatch"
    assert_is_a_command(inner[1:])


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_may_write_to_its_home_and_nowhere_else(name):
    service = unit(name)["Service"]
    home = service["Environment"].removeprefix("CLAUSEWATCH_HOME=")

    assert (service["ProtectSystem"], service["NoNewPrivileges"], service["User"]) == ("strict", "yes", "clausewatch")
    assert Path(home).is_relative_to(service["ReadWritePaths"])
    assert Path(service["WorkingDirectory"]).is_relative_to(service["ReadWritePaths"])


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
@pytest.mark.parametrize("name", UNITS)
def test_systemd_knows_every_word_of_a_unit_and_finds_it_safe(name):
    def analyze(*words):
        command = ["systemd-analyze", *words, DEPLOY / name]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    words, safety = analyze("verify", "--man=no"), analyze("security", "--offline=true")

    assert "Unknown" not in words.stderr
    assert float(re.search(r"exposure level .*?: ([\d.]+)", safety.stdout)[1]) < 2


def test_the_environment_holds_settings_and_nothing_misspelt():
    names = re.findall(r"^#?(\w+)=", read("clausewatch.env.example"), re.MULTILINE)

    assert {name for name in names if name.startswith("CLAUSEWATCH_")} <= SETTINGS
    assert [name for name in names if not name.startswith("CLAUSEWATCH_")] == ["SITE"]


@pytest.mark.parametrize("service", ["watch", "web"])
def test_compose_starts_a_command_without_any_power(service):
    shape = COMPOSE["services"][service]

    assert_is_a_command(shape["command"])
    assert (shape["read_only"], shape["cap_drop"]) == (True, ["ALL"])
    assert set(shape.get("environment", {})) <= SETTINGS


def test_compose_trusts_the_network_its_proxy_is_in():
    (network,) = COMPOSE["networks"]["inside"]["ipam"]["config"]
    assert COMPOSE["services"]["web"]["environment"]["CLAUSEWATCH_TRUSTED_PROXIES"] == network["subnet"]
    assert set(COMPOSE["services"]["proxy"]["networks"]) >= {"inside"}


def test_the_image_copies_what_is_there_and_what_the_ignore_file_lets_through():
    copies = re.findall(r"^COPY (?!--from)(.+) \S+$", read("Containerfile"), re.MULTILINE)
    names = [name for line in copies for name in line.split()]
    let_through = re.findall(r"^!(\S+)$", (ROOT / ".dockerignore").read_text(encoding="utf-8"), re.MULTILINE)

    assert all((ROOT / name).exists() for name in names)
    assert sorted(names) == sorted(let_through)


def test_the_image_keeps_its_home_on_the_volume():
    text = read("Containerfile")
    home = re.search(r"CLAUSEWATCH_HOME=(\S+)", text)[1]

    assert home.startswith(re.search(r"^VOLUME (\S+)", text, re.MULTILINE)[1])
    assert COMPOSE["x-clausewatch"]["volumes"][0].endswith(re.search(r"^VOLUME (\S+)", text, re.MULTILINE)[1])
    assert set(re.findall(r"^CMD \[\"(\w+)\"", text, re.MULTILINE)) <= set(COMMANDS)


@pytest.mark.parametrize("name", ["Caddyfile", "nginx.conf"])
def test_a_proxy_passes_on_to_the_port_that_is_served(name):
    port = unit("clausewatch-web.service")["Service"]["ExecStart"].rsplit(" ", 1)[1]

    assert f":{port}" in read(name)
    assert "X-Operator" in read(name)


def test_nginx_says_who_asks_and_believes_nobody():
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in read("nginx.conf")


@pytest.mark.parametrize("page", ["deploy.md", "upgrading.md"])
def test_the_guides_name_commands_and_files_that_are_there(page):
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    commands = re.findall(r"`clausewatch ([a-z]+)\b", text)
    files = re.findall(r"(deploy/[\w.-]*\w)(?![\w.*-])", text)

    assert set(commands) <= set(COMMANDS) | {"run"}
    assert [name for name in files if not (ROOT / name).exists() and not name.endswith(".env")] == []
