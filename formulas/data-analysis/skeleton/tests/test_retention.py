from datetime import date

import polars as pl

from analysis.retention import retention


def test_cohorts_are_counted_by_months_since_the_first_order():
    orders = pl.LazyFrame(
        [
            (1, date(2024, 11, 1)),
            (1, date(2024, 11, 1)),
            (1, date(2025, 1, 1)),
            (2, date(2024, 11, 1)),
            (3, date(2025, 1, 1)),
        ],
        schema=["customer_id", "month"],
        orient="row",
    )
    assert retention(orders).rows() == [
        (date(2024, 11, 1), 0, 2, 1.0),
        (date(2024, 11, 1), 2, 1, 0.5),
        (date(2025, 1, 1), 0, 1, 1.0),
    ]
