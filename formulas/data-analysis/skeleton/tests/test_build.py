import csv
import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from conftest import ROOT

from analysis.checks import read_checks
from analysis.project import AnalysisError, Project
from analysis.warehouse import build, connect


def change(path: Path, row: int, column: str, value: str) -> None:
    """Changes one value of a CSV file."""
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    rows[row][column] = value
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


def failed(project: Project) -> dict[str, int]:
    return {check.name: check.count for check in build(project).checks if not check.passed}


def test_sample_data_goes_through_all_models_and_checks(project: Project):
    result = build(project)
    assert result.accepted
    assert result.rows["staging.customers"] == 60
    assert {path.stem for path in project.marts.glob("*.parquet")} == {
        "customers",
        "monthly_revenue",
        "orders",
        "products",
    }
    assert not list(project.data.glob("*building*"))


def test_customers_that_were_delivered_twice_count_once_in_one_spelling(project: Project):
    build(project)
    with connect(project.warehouse, read_only=True) as connection:
        staged = connection.sql("select email, country from staging.customers").fetchall()
    assert len({email for email, _ in staged}) == 60
    assert all(email == email.strip().lower() for email, _ in staged)
    assert {country for _, country in staged} <= {"DE", "FR", "NL", "PL", "SE"}


def test_cancelled_orders_bring_no_revenue(project: Project):
    build(project)
    before = pl.read_parquet(project.marts / "orders.parquet")
    first = before.sort("order_id").row(0, named=True)
    change(project.raw / "orders.csv", first["order_id"] - 1, "status", "Cancelled")
    build(project)
    after = pl.read_parquet(project.marts / "orders.parquet")
    assert before["revenue"].sum() - after["revenue"].sum() == first["revenue"] > Decimal(0)


@pytest.mark.parametrize(
    ("file", "column", "value", "check"),
    [
        ("orders", "order_id", "2", "order_ids_are_unique"),
        ("orders", "customer_id", "9999", "orders_have_a_customer"),
        ("orders", "status", "lost", "statuses_are_known"),
        ("order_lines", "product_id", "9999", "lines_have_order_and_product"),
        ("order_lines", "quantity", "0", "quantities_and_prices_are_positive"),
    ],
)
def test_each_flaw_is_found_and_the_last_good_marts_stay(
    project: Project, file: str, column: str, value: str, check: str
):
    build(project)
    good = {path: path.read_bytes() for path in project.marts.iterdir()}
    warehouse = project.warehouse.read_bytes()
    change(project.raw / f"{file}.csv", 0, column, value)
    assert check in failed(project)
    assert {path: path.read_bytes() for path in project.marts.iterdir()} == good
    assert project.warehouse.read_bytes() == warehouse


def test_a_warning_does_not_hold_up_the_build(project: Project):
    change(project.raw / "order_lines.csv", 0, "unit_price", "0.01")
    result = build(project)
    warning = next(check for check in result.checks if check.name == "prices_cover_costs")
    assert result.accepted
    assert warning.severity == "warning"
    assert warning.count >= 1
    assert warning.examples[0].keys() == {"order_id", "name", "unit_price", "unit_cost"}


def test_a_value_of_the_wrong_type_names_the_model(project: Project):
    change(project.raw / "orders.csv", 0, "ordered_at", "yesterday")
    with pytest.raises(AnalysisError, match=r"staging/orders\.sql: .*yesterday"):
        build(project)
    assert not project.warehouse.exists()


def test_a_missing_file_is_named_with_a_way_out(project: Project):
    (project.raw / "products.csv").unlink()
    with pytest.raises(AnalysisError, match=r"raw\.products needs the file .*analysis sample"):
        build(project)


def test_parquet_files_are_read_as_well(project: Project):
    pl.read_csv(project.raw / "products.csv").write_parquet(project.raw / "products.parquet")
    (project.raw / "products.csv").unlink()
    assert build(project).accepted


def test_the_mart_of_a_model_that_is_gone_goes_with_it(project: Project, tmp_path: Path):
    root = tmp_path / "repository"
    for name in ("models", "checks"):
        shutil.copytree(ROOT / name, root / name)
    copy = replace(project, root=root)
    build(copy)
    (root / "models/marts/products.sql").unlink()
    build(copy)
    assert not (project.marts / "products.parquet").exists()


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("select 1", "the first line must say what should hold"),
        ("-- All is well.\n-- severity: fatal\nselect 1", "severity must be one of error, warning"),
        ("-- All is well.\nselct 1", "syntax error"),
    ],
)
def test_a_check_that_cannot_be_run_is_named(tmp_path: Path, sql: str, message: str):
    (tmp_path / "mine.sql").write_text(sql)
    with pytest.raises(AnalysisError) as refused:
        read_checks(tmp_path)
    assert "mine.sql: " in str(refused.value)
    assert message in str(refused.value)
