"""Builds the warehouse beside the old one, checks it, and only then puts it in its place."""

from __future__ import annotations

import dataclasses
import json
import os
from dataclasses import dataclass
from pathlib import Path

import duckdb

from analysis.checks import CheckResult, read_checks, run_check
from analysis.models import Model, read_models
from analysis.project import AnalysisError, Project


@dataclass(frozen=True)
class Build:
    #: Rows of each model, in the order in which they were built.
    rows: dict[str, int]
    checks: list[CheckResult]

    @property
    def accepted(self) -> bool:
        return all(check.passed or check.severity == "warning" for check in self.checks)


def build(project: Project) -> Build:
    """Runs all models and checks.

    When a check of severity `error` finds something, or a model fails, warehouse and exported marts
    stay as they were. Raises AnalysisError for a model or check that cannot be run.
    """
    models = read_models(project.root / "models")
    checks = read_checks(project.root / "checks")
    project.data.mkdir(parents=True, exist_ok=True)
    draft = project.data / "warehouse.building.duckdb"
    draft.unlink(missing_ok=True)
    try:
        with connect(draft) as connection:
            _load_raw(connection, project.raw, models)
            rows = {model.name: _run_model(connection, model) for model in models}
            result = Build(rows, [run_check(connection, check) for check in checks])
            if result.accepted:
                drafts = _export_marts(connection, project.marts, models)
        _write_results(project, result)
        if result.accepted:
            draft.replace(project.warehouse)
            _put_in_place(project.marts, drafts)
    finally:
        draft.unlink(missing_ok=True)
    return result


def connect(path: Path, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """Opens a warehouse. ANALYSIS_MEMORY_LIMIT, such as 6GB, keeps DuckDB within the workspace."""
    if read_only and not path.exists():
        raise AnalysisError(f"{path} is not there yet: run `python -m analysis build` first")
    limit = os.environ.get("ANALYSIS_MEMORY_LIMIT")
    return duckdb.connect(
        str(path), read_only=read_only, config={"memory_limit": limit} if limit else {}
    )


def _load_raw(connection: duckdb.DuckDBPyConnection, folder: Path, models: list[Model]) -> None:
    """Makes a table of every file that a model reads: `raw.orders` of orders.csv or orders.parquet.

    CSV columns stay texts. The staging models say which type each has, so that a wrong value fails
    there by name, and is not guessed away here.
    """
    connection.execute("create schema raw")
    wanted = {table for model in models for table in model.reads if table.startswith("raw.")}
    for table in sorted(wanted):
        name = table.removeprefix("raw.")
        csv, parquet = folder / f"{name}.csv", folder / f"{name}.parquet"
        try:
            if parquet.exists():
                source = connection.read_parquet(str(parquet))
            elif csv.exists():
                source = connection.read_csv(str(csv), all_varchar=True, header=True)
            else:
                raise AnalysisError(
                    f"{table} needs the file {csv} or {parquet}. "
                    "`python -m analysis sample` makes sample data."
                )
            source.create(table)
        except duckdb.Error as error:
            raise AnalysisError(f"{folder / name}: {error}") from None


def _run_model(connection: duckdb.DuckDBPyConnection, model: Model) -> int:
    try:
        connection.execute(f"create schema if not exists {model.schema}")
        connection.execute(f"create table {model.name} as {model.sql}")
        (rows,) = connection.execute(f"select count(*) from {model.name}").fetchone()
    except duckdb.Error as error:
        raise AnalysisError(f"{model.path}: {error}") from None
    return rows


def _export_marts(
    connection: duckdb.DuckDBPyConnection, folder: Path, models: list[Model]
) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    drafts = []
    for model in models:
        if model.schema == "marts":
            path = folder / f"{model.path.stem}.parquet.new"
            connection.table(model.name).write_parquet(str(path))
            drafts.append(path)
    return drafts


def _put_in_place(folder: Path, drafts: list[Path]) -> None:
    fresh = {draft.with_suffix("") for draft in drafts}
    for draft in drafts:
        draft.replace(draft.with_suffix(""))
    for path in folder.glob("*.parquet"):
        if path not in fresh:
            path.unlink()


def _write_results(project: Project, result: Build) -> None:
    values = [dataclasses.asdict(check) for check in result.checks]
    project.check_results.write_text(json.dumps(values, indent=2) + "\n", encoding="utf-8")
