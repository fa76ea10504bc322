import importlib.util
from pathlib import Path

import pytest
from conftest import ROOT

from analysis.project import Project
from analysis.warehouse import build


def load_report():
    pytest.importorskip("marimo", reason='the extra "report" is not installed')
    spec = importlib.util.spec_from_file_location("report", ROOT / "report/report.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.app


def test_the_report_runs_on_built_marts(project: Project, monkeypatch: pytest.MonkeyPatch):
    report = load_report()
    build(project)
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("ANALYSIS_DATA", str(project.data))
    _, values = report.run()
    assert values["monthly"]["revenue"].sum() > 0
    assert set(values["cohorts"].columns) == {"cohort", "age", "customers", "share"}


def test_the_report_stops_quietly_without_marts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    report = load_report()
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("ANALYSIS_DATA", str(tmp_path))
    _, values = report.run()
    assert "monthly" not in values
