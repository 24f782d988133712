"""What `deploy/` holds for a fleet is true: services, lock, and every metric that rules and pictures ask for."""

import json
import re
import shutil
import subprocess
import tomllib
from contextlib import closing
from pathlib import Path

import pytest
import typer
import yaml
from prometheus_client import CollectorRegistry, generate_latest

from tests.tracker.pipeline.builders import FedHome, a_source
from tracker.cli.main import COMMANDS, app
from tracker.config import Settings
from tracker.logs import LISTENERS
from tracker.operations.metrics.process_metrics import ProcessMetrics
from tracker.operations.metrics.store_metrics import StoreMetrics
from tracker.worker.queue_app import make_queue

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.fleet.yaml").read_text(encoding="utf-8"))
RULES = yaml.safe_load((DEPLOY / "alerts.yaml").read_text(encoding="utf-8"))
DASHBOARD = json.loads((DEPLOY / "dashboard.json").read_text(encoding="utf-8"))
SETTINGS = {f"CLAUSEWATCH_{name.upper()}" for name in Settings.model_fields}
ALL_RULES = [rule for group in RULES["groups"] for rule in group["rules"]]
METRIC = re.compile(r"\bclausewatch_\w+")
_OF_A_HISTOGRAM = re.compile(r"_(bucket|sum|count)$")


@pytest.fixture
def metrics(tmp_path, postgresql_url):
    """The names of what a fleet's process answers to a scrape."""
    home = FedHome(tmp_path, a_source("cn_one", "http://127.0.0.1:9/a"), database_url=postgresql_url)
    registry = CollectorRegistry()
    ProcessMetrics(registry)
    with closing(home.db):
        make_queue(home.db)
        registry.register(StoreMetrics(lambda: FedHome(tmp_path, database_url=postgresql_url).service))
        text = generate_latest(registry).decode()
    LISTENERS.clear()
    return {_OF_A_HISTOGRAM.sub("", line.split()[2]) for line in text.splitlines() if line.startswith("# TYPE")}


@pytest.mark.parametrize("service", ["scheduler", "worker", "web"])
def test_a_service_starts_a_command_without_any_power(service):
    shape = COMPOSE["services"][service]
    command = typer.main.get_command(app).get_command(None, shape["command"][0])
    options = {option for parameter in command.params for option in parameter.opts}

    assert shape["command"][0] in COMMANDS
    assert {word for word in shape["command"] if word.startswith("--")} <= options
    assert (shape["read_only"], shape["cap_drop"]) == (True, ["ALL"])
    assert set(shape.get("environment", {})) <= SETTINGS
    assert shape["depends_on"] == {"store": {"condition": "service_healthy"}}


def test_two_schedulers_share_the_store_and_nobody_outside_reaches_it():
    assert COMPOSE["services"]["scheduler"]["deploy"]["replicas"] == 2
    assert list(COMPOSE["services"]["store"]["networks"]) == ["inside"]
    assert "ports" not in COMPOSE["services"]["store"]


def test_the_web_trusts_the_network_its_proxy_is_in():
    (network,) = COMPOSE["networks"]["inside"]["ipam"]["config"]
    assert COMPOSE["services"]["web"]["environment"]["CLAUSEWATCH_TRUSTED_PROXIES"] == network["subnet"]


def test_the_lock_of_a_fleet_is_that_of_one_machine_and_a_few_packages_more():
    def pins(name):
        return set(re.findall(r"^([a-z0-9-]+==[^ ;]+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))

    lock = (ROOT / COMPOSE["x-clausewatch"]["build"]["args"]["LOCK"]).read_text(encoding="utf-8")
    more = {pin.split("==")[0] for pin in pins("requirements-fleet.lock") - pins("requirements.lock")}

    assert pins("requirements-fleet.lock") <= pins("requirements-dev.lock")
    assert {"procrastinate", "psycopg", "psycopg-pool", "prometheus-client"} <= more
    assert len(more) < 10
    assert "http://" not in lock
    assert "https://" not in lock


def test_one_machine_installs_none_of_it():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    base = " ".join(project["dependencies"])

    assert not re.search("procrastinate|psycopg|prometheus", base)
    assert {"fleet", "postgres", "metrics"} <= set(project["optional-dependencies"])


def test_every_metric_of_a_rule_is_answered(metrics):
    for rule in ALL_RULES:
        names = {re.sub(r"_total$", "", name) for name in METRIC.findall(rule["expr"])}
        assert names
        assert names <= {re.sub(r"_total$", "", name) for name in metrics}, rule["alert"]


def test_every_metric_of_the_dashboard_is_answered(metrics):
    for panel in DASHBOARD["panels"]:
        names = {_OF_A_HISTOGRAM.sub("", name) for name in METRIC.findall(panel["targets"][0]["expr"])}
        assert names <= metrics, panel["title"]
    assert len({panel["id"] for panel in DASHBOARD["panels"]}) == len(DASHBOARD["panels"])


def test_every_rule_says_what_to_do_and_how_soon():
    for rule in ALL_RULES:
        assert rule["labels"]["severity"] in {"page", "ticket"}
        assert rule["annotations"]["summary"].endswith(".")
        assert len(rule["annotations"]["todo"]) > 20
        assert re.fullmatch(r"\d+[mh]", rule["for"])
    assert len({rule["alert"] for rule in ALL_RULES}) == len(ALL_RULES)


def test_prometheus_reads_the_rules_that_there_are():
    prometheus = yaml.safe_load((DEPLOY / "prometheus.yaml").read_text(encoding="utf-8"))

    assert all((DEPLOY / name).exists() for name in prometheus["rule_files"])
    port = COMPOSE["services"]["worker"]["environment"]["CLAUSEWATCH_METRICS_LISTEN"].rsplit(":")[-1]
    assert prometheus["scrape_configs"][0]["dns_sd_configs"][0]["port"] == int(port)


@pytest.mark.skipif(not shutil.which("promtool"), reason="no promtool here")
@pytest.mark.parametrize("words", [["check", "rules", "alerts.yaml"], ["check", "config", "prometheus.yaml"]])
def test_promtool_finds_nothing_wrong(words):
    run = subprocess.run(["promtool", *words], cwd=DEPLOY, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
