from pathlib import Path

import pytest
from conftest import ROOT

from analysis.models import read_models
from analysis.project import AnalysisError


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, sql in files.items():
        path = folder / f"{name}.sql"
        path.parent.mkdir(exist_ok=True)
        path.write_text(sql)
    return folder


def test_models_come_after_those_that_they_read():
    models = read_models(ROOT / "models")
    names = [model.name for model in models]
    assert names.index("marts.orders") < names.index("marts.monthly_revenue")
    for number, model in enumerate(models):
        built = {"raw", *names[:number]}
        assert {table for table in model.reads if not table.startswith("raw.")} <= built


def test_reads_are_found_in_subqueries_and_not_in_texts_or_with_clauses(tmp_path: Path):
    sql = """
    with recent as (select * from raw.orders)
    select *, 'from raw.nothing' as note from recent
    where exists (select 1 from raw.customers)
    """
    (model,) = read_models(write(tmp_path, {"staging/x": sql}))
    assert model.reads == {"raw.orders", "raw.customers"}


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"marts/x": "select * from staging.gone"}, "reads staging.gone, which no model makes"),
        ({"marts/x": "select * from orders"}, "reads orders without a schema"),
        ({"marts/x": "select * form raw.orders"}, "marts/x.sql: "),
        ({"marts/x": "select 1; select 2"}, "must hold exactly one SELECT"),
        ({"marts/x": "drop table raw.orders"}, "marts/x.sql: "),
        (
            {"marts/a": "select * from marts.b", "marts/b": "select * from marts.a"},
            "models read each other: ",
        ),
    ],
)
def test_models_that_cannot_be_built_are_named(tmp_path: Path, files: dict, message: str):
    with pytest.raises(AnalysisError) as refused:
        read_models(write(tmp_path, files))
    assert message in str(refused.value)
