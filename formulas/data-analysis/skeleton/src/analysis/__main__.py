"""Command line: sample, plan, build, check, query and publish."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable

import duckdb

from analysis.checks import CheckResult, read_checks, run_check
from analysis.models import read_models
from analysis.project import AnalysisError, Project
from analysis.publish import publish
from analysis.sample import write_sample
from analysis.warehouse import build, connect


def main(arguments: list[str] | None = None) -> int:
    """Returns the exit code: 0 for done, 1 for a check that failed, 2 for what must be mended."""
    parser = argparse.ArgumentParser(prog="analysis", description=__doc__)
    commands = parser.add_subparsers(required=True)

    sample = commands.add_parser("sample", help="write sample data of a small shop")
    sample.add_argument("--customers", type=int, default=400)
    sample.add_argument("--seed", type=int, default=7)
    sample.add_argument("--force", action="store_true", help="write over data that is there")
    sample.set_defaults(command=_sample)

    commands.add_parser("plan", help="order of the models, and what each reads").set_defaults(
        command=_plan
    )
    commands.add_parser("build", help="run models and checks, then replace the marts").set_defaults(
        command=_build
    )
    commands.add_parser("check", help="run the checks on the warehouse as it is").set_defaults(
        command=_check
    )
    query = commands.add_parser("query", help="ask the warehouse; nothing can be changed")
    query.add_argument("sql")
    query.set_defaults(command=_query)
    commands.add_parser("publish", help="put the marts into PostgreSQL").set_defaults(
        command=_publish
    )

    options = parser.parse_args(arguments)
    try:
        return options.command(Project.from_environment(), options)
    except AnalysisError as error:
        print(error, file=sys.stderr)
        return 2


def _sample(project: Project, options: argparse.Namespace) -> int:
    write_sample(project.raw, options.customers, options.seed, options.force)
    print(f"Sample data is in {project.raw}")
    return 0


def _plan(project: Project, _options: argparse.Namespace) -> int:
    for model in read_models(project.root / "models"):
        print(f"{model.name:28} reads {', '.join(sorted(model.reads))}")
    checks = read_checks(project.root / "checks")
    print(f"and {len(checks)} checks")
    return 0


def _build(project: Project, _options: argparse.Namespace) -> int:
    result = build(project)
    for model, rows in result.rows.items():
        print(f"{model:28} {rows:>9} rows")
    _print_checks(result.checks)
    if not result.accepted:
        print("Not accepted: warehouse and marts stay as they were.", file=sys.stderr)
        return 1
    print(f"The marts are in {project.marts}")
    return 0


def _check(project: Project, _options: argparse.Namespace) -> int:
    with connect(project.warehouse, read_only=True) as connection:
        results = [run_check(connection, check) for check in read_checks(project.root / "checks")]
    _print_checks(results)
    return 1 if any(not check.passed and check.severity == "error" for check in results) else 0


def _query(project: Project, options: argparse.Namespace) -> int:
    with connect(project.warehouse, read_only=True) as connection:
        try:
            print(connection.sql(options.sql))
        except duckdb.Error as error:
            raise AnalysisError(str(error)) from None
    return 0


def _publish(project: Project, _options: argparse.Namespace) -> int:
    for table, rows in publish(project).items():
        print(f"{table:28} {rows:>9} rows")
    return 0


def _print_checks(results: Iterable[CheckResult]) -> None:
    for check in results:
        mark = "ok" if check.passed else check.severity
        print(f"{mark:>8}  {check.name}" + ("" if check.passed else f": {check.count} rows"))
        for example in check.examples:
            print(f"          {example}")


if __name__ == "__main__":
    sys.exit(main())
