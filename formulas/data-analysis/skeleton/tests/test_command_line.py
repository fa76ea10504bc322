from pathlib import Path

import pytest
from conftest import ROOT

from analysis.__main__ import main


@pytest.fixture(autouse=True)
def in_the_repository(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("ANALYSIS_DATA", str(tmp_path))


def test_from_sample_data_to_an_answer(capsys: pytest.CaptureFixture):
    assert main(["sample", "--customers", "30"]) == 0
    assert main(["plan"]) == 0
    assert main(["build"]) == 0
    assert main(["check"]) == 0
    assert main(["query", "select count(*) as people from marts.customers"]) == 0
    shown = capsys.readouterr().out
    assert "marts.orders                 reads staging.customers" in shown
    assert "ok  revenue_adds_up" in shown
    assert "30" in shown.splitlines()[-3]


def test_a_query_cannot_change_anything(capsys: pytest.CaptureFixture):
    main(["sample", "--customers", "5"])
    main(["build"])
    assert main(["query", "drop table marts.orders"]) == 2
    assert "read-only" in capsys.readouterr().err


def test_a_failed_check_ends_with_1_and_says_what_it_means(tmp_path: Path, capsys):
    main(["sample", "--customers", "5"])
    orders = tmp_path / "raw" / "orders.csv"
    orders.write_text(orders.read_text().replace("Shipped", "vanished", 1))
    assert main(["build"]) == 1
    shown = capsys.readouterr()
    assert "statuses_are_known: 1 rows" in shown.out
    assert "'status': 'vanished'" in shown.out
    assert "warehouse and marts stay as they were" in shown.err


def test_what_is_missing_is_told_and_ends_with_2(tmp_path: Path, monkeypatch, capsys):
    assert main(["check"]) == 2
    assert "run `python -m analysis build` first" in capsys.readouterr().err
    monkeypatch.chdir(tmp_path)
    assert main(["plan"]) == 2
    assert "has no folder models" in capsys.readouterr().err
