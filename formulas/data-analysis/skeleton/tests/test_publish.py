import os
from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from analysis.project import AnalysisError, Project
from analysis.publish import create_table, publish
from analysis.warehouse import build


def test_types_become_those_of_postgresql():
    frame = pl.DataFrame(
        {"n": [1], "day": [date(2025, 1, 1)], "amount": [Decimal("1.50")], "yes": [True]},
        schema_overrides={"amount": pl.Decimal(12, 2)},
    )
    assert create_table("sums", frame) == (
        'create table analysis."sums" '
        '("n" bigint, "day" date, "amount" numeric(12, 2), "yes" boolean)'
    )


def test_a_type_without_a_match_names_column_and_file():
    with pytest.raises(AnalysisError, match=r"sums\.list is of the type .*models/marts/sums\.sql"):
        create_table("sums", pl.DataFrame({"list": [[1, 2]]}))


def test_without_a_database_the_message_says_where_to_get_one(project: Project, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with pytest.raises(AnalysisError, match="switch it on in the workspace's settings"):
        publish(project)


@pytest.mark.skipif("DATABASE_URL" not in os.environ, reason="there is no PostgreSQL here")
def test_postgresql_holds_what_the_marts_hold_also_the_second_time(project: Project):
    psycopg = pytest.importorskip("psycopg")
    build(project)
    assert publish(project) == publish(project)
    orders = pl.read_parquet(project.marts / "orders.parquet")
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        query = "select count(*), sum(revenue), min(ordered_on) from analysis.orders"
        assert connection.execute(query).fetchone() == (
            orders.height,
            orders["revenue"].sum(),
            orders["ordered_on"].min(),
        )
