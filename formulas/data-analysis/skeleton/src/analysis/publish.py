"""Puts the marts into PostgreSQL, for tools that do not read Parquet files."""

from __future__ import annotations

import os
from pathlib import Path

import polars as pl

from analysis.project import AnalysisError, Project

SCHEMA = "analysis"

_TYPES: dict[type[pl.DataType], str] = {
    pl.Boolean: "boolean",
    pl.Int8: "smallint",
    pl.Int16: "smallint",
    pl.Int32: "integer",
    pl.Int64: "bigint",
    pl.Int128: "numeric",
    pl.Float32: "real",
    pl.Float64: "double precision",
    pl.String: "text",
    pl.Date: "date",
    pl.Datetime: "timestamp",
}


def publish(project: Project, url: str | None = None) -> dict[str, int]:
    """Replaces the tables of the schema `analysis` in one transaction; returns their rows by name.

    Without `url`, DATABASE_URL says where. Readers see the old tables until all new ones are there.
    """
    url = url or os.environ.get("DATABASE_URL")
    if not url:
        raise AnalysisError(
            "There is no PostgreSQL: switch it on in the workspace's settings, or set DATABASE_URL."
        )
    paths = sorted(project.marts.glob("*.parquet"))
    if not paths:
        raise AnalysisError(
            f"{project.marts} has no marts yet: run `python -m analysis build` first"
        )
    try:
        import psycopg
    except ModuleNotFoundError:
        raise AnalysisError("psycopg is not installed: `uv pip install -e '.[postgres]'`") from None

    rows = {}
    try:
        with psycopg.connect(url) as connection, connection.cursor() as cursor:
            cursor.execute(f"create schema if not exists {SCHEMA}")
            for path in paths:
                frame = pl.read_parquet(path)
                cursor.execute(f'drop table if exists {SCHEMA}."{path.stem}"')
                cursor.execute(create_table(path.stem, frame))
                with cursor.copy(f'copy {SCHEMA}."{path.stem}" from stdin') as copy:
                    for row in frame.iter_rows():
                        copy.write_row(row)
                rows[path.stem] = frame.height
    except psycopg.Error as error:
        raise AnalysisError(f"PostgreSQL refused: {error}") from None
    return rows


def create_table(name: str, frame: pl.DataFrame) -> str:
    """The statement that makes a table for a frame."""
    columns = [f'"{column}" {_type(name, column, dtype)}' for column, dtype in frame.schema.items()]
    return f'create table {SCHEMA}."{name}" ({", ".join(columns)})'


def _type(table: str, column: str, dtype: pl.DataType) -> str:
    if isinstance(dtype, pl.Decimal):
        return f"numeric({dtype.precision}, {dtype.scale})"
    for known, name in _TYPES.items():
        if isinstance(dtype, known):
            return name
    raise AnalysisError(
        f"{table}.{column} is of the type {dtype}, which has no match in PostgreSQL here. "
        f"Cast it in {Path('models/marts') / table}.sql."
    )
