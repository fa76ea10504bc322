"""SQL models: one SELECT a file. The folder is the schema, the file's name the table."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

import duckdb

from analysis.project import AnalysisError


@dataclass(frozen=True)
class Model:
    #: Such as `marts.orders`.
    name: str
    path: Path
    sql: str
    #: Models and raw tables that it reads, such as `staging.orders` and `raw.orders`.
    reads: frozenset[str]

    @property
    def schema(self) -> str:
        return self.name.split(".")[0]


def read_models(folder: Path) -> list[Model]:
    """All models, each after those that it reads.

    Raises AnalysisError when one cannot be parsed, reads what is not there, or in a circle.
    """
    with duckdb.connect() as connection:
        models = {
            model.name: model
            for model in (_read(connection, path) for path in sorted(folder.glob("*/*.sql")))
        }
    for model in models.values():
        for table in sorted(model.reads):
            if not table.startswith("raw.") and table not in models:
                raise AnalysisError(f"{model.path} reads {table}, which no model makes")
    sorter = TopologicalSorter(
        {name: sorted(model.reads & models.keys()) for name, model in models.items()}
    )
    try:
        return [models[name] for name in sorter.static_order()]
    except CycleError as error:
        raise AnalysisError(f"models read each other: {' <- '.join(error.args[1])}") from None


def parse_select(connection: duckdb.DuckDBPyConnection, sql: str, path: Path) -> dict[str, Any]:
    """DuckDB's syntax tree of one SELECT. Raises AnalysisError for anything else."""
    (serialized,) = connection.execute("select json_serialize_sql(?)", [sql]).fetchone()
    tree = json.loads(serialized)
    if tree["error"]:
        raise AnalysisError(f"{path}: {tree['error_message']}")
    if len(tree["statements"]) != 1:
        raise AnalysisError(f"{path} must hold exactly one SELECT")
    return tree


def _read(connection: duckdb.DuckDBPyConnection, path: Path) -> Model:
    sql = path.read_text(encoding="utf-8").strip().removesuffix(";")
    tree = parse_select(connection, sql, path)
    reads = set()
    for schema, table in _tables(tree):
        if not schema:
            # A name without a schema is that of a WITH clause, which the tree lists as well.
            if table not in set(_with_names(tree)):
                raise AnalysisError(
                    f"{path} reads {table} without a schema: write raw.{table} or staging.{table}"
                )
            continue
        reads.add(f"{schema}.{table}")
    return Model(f"{path.parent.name}.{path.stem}", path, sql, frozenset(reads))


def _tables(node: Any) -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        if node.get("type") == "BASE_TABLE":
            yield node["schema_name"], node["table_name"]
        for value in node.values():
            yield from _tables(value)
    elif isinstance(node, list):
        for value in node:
            yield from _tables(value)


def _with_names(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for entry in node.get("cte_map", {}).get("map", []):
            yield entry["key"]
        for value in node.values():
            yield from _with_names(value)
    elif isinstance(node, list):
        for value in node:
            yield from _with_names(value)
