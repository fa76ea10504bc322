"""Data quality checks: a SELECT that returns the rows that are wrong. No rows, no trouble."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from analysis.models import parse_select
from analysis.project import AnalysisError

SEVERITIES = ("error", "warning")


@dataclass(frozen=True)
class Check:
    name: str
    path: Path
    #: What should hold, from the file's first line.
    description: str
    severity: str
    sql: str


@dataclass(frozen=True)
class CheckResult:
    name: str
    description: str
    severity: str
    #: How many rows are wrong.
    count: int
    #: The first few of them, by column.
    examples: list[dict[str, Any]]

    @property
    def passed(self) -> bool:
        return self.count == 0


def read_checks(folder: Path) -> list[Check]:
    """All checks by name. Raises AnalysisError for one that does not say what should hold."""
    with duckdb.connect() as connection:
        return [_read(connection, path) for path in sorted(folder.glob("*.sql"))]


def run_check(
    connection: duckdb.DuckDBPyConnection, check: Check, examples: int = 5
) -> CheckResult:
    """Runs one check. Raises AnalysisError when the query itself fails."""
    try:
        (count,) = connection.execute(f"select count(*) from ({check.sql})").fetchone()
        rows = connection.execute(f"select * from ({check.sql}) limit {examples}")
        columns = [column[0] for column in rows.description]
        found = [
            {name: _plain(value) for name, value in zip(columns, row, strict=True)}
            for row in rows.fetchall()
        ]
    except duckdb.Error as error:
        raise AnalysisError(f"{check.path}: {error}") from None
    return CheckResult(check.name, check.description, check.severity, count, found)


def _read(connection: duckdb.DuckDBPyConnection, path: Path) -> Check:
    sql = path.read_text(encoding="utf-8").strip().removesuffix(";")
    header = []
    for line in sql.splitlines():
        if not line.startswith("--"):
            break
        header.append(line.removeprefix("--").strip())
    severities = [
        line.removeprefix("severity:").strip() for line in header if line.startswith("severity:")
    ]
    description = " ".join(line for line in header if not line.startswith("severity:"))
    if not description:
        raise AnalysisError(f"{path}: the first line must say what should hold, as `-- ...`")
    severity = severities[0] if severities else "error"
    if severity not in SEVERITIES:
        raise AnalysisError(f"{path}: severity must be one of {', '.join(SEVERITIES)}")
    parse_select(connection, sql, path)
    return Check(path.stem, path, description, severity, sql)


def _plain(value: Any) -> Any:
    """As JSON has it: numbers and texts stay, dates and decimals become texts."""
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)
