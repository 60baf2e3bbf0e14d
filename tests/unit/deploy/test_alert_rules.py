"""The alerts as they are written: their rules as promtool sees them, a case on either side of each, their runbooks."""

import subprocess
from pathlib import Path

import pytest
import yaml

from tests.support.prometheus import ALERTS, RULES, binary

ROOT = Path(__file__).parents[3]
CASE_FILES = sorted((ROOT / "deploy" / "prometheus").glob("*_test.yml"))
CASES = [case for file in CASE_FILES for case in yaml.safe_load(file.read_text("utf-8"))["tests"]]


@pytest.mark.apt
def test_rules_pass_their_cases() -> None:
    for command in (["check", "rules", "rules.yml"], ["test", "rules", *(file.name for file in CASE_FILES)]):
        done = subprocess.run([binary("promtool"), *command], cwd=RULES.parent, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("alert", sorted(ALERTS))
def test_every_alert_has_a_case_in_which_it_fires_and_one_in_which_it_is_silent(alert: str) -> None:
    checks = [check for case in CASES for check in case["alert_rule_test"] if check["alertname"] == alert]
    fires = {bool(check["exp_alerts"]) for check in checks}
    assert fires == {True, False}


@pytest.mark.parametrize("alert", sorted(ALERTS))
def test_every_alert_names_a_runbook_that_names_it(alert: str) -> None:
    runbook = ROOT / ALERTS[alert]["annotations"]["runbook"]
    assert alert in runbook.read_text("utf-8")
