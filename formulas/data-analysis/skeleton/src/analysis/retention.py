"""Who comes back: cohorts of customers by the month of their first order, in Polars."""

from __future__ import annotations

import polars as pl


def retention(orders: pl.LazyFrame) -> pl.DataFrame:
    """Share of each cohort that ordered again, by months since its first order.

    `orders` has `customer_id` and `month` (first day of the month). The result has one row a cohort
    and age that was seen: `cohort`, `age` in months, `customers`, `share` of the cohort.
    """
    first = orders.group_by("customer_id").agg(pl.col("month").min().alias("cohort"))
    active = (
        orders.select("customer_id", "month")
        .unique()
        .join(first, on="customer_id")
        .with_columns(age=_months(pl.col("month")) - _months(pl.col("cohort")))
        .group_by("cohort", "age")
        .agg(pl.len().alias("customers"))
    )
    size = active.filter(pl.col("age") == 0).select("cohort", size="customers")
    return (
        active.join(size, on="cohort")
        .with_columns(share=pl.col("customers") / pl.col("size"))
        .select("cohort", "age", "customers", "share")
        .sort("cohort", "age")
        .collect()
    )


def _months(column: pl.Expr) -> pl.Expr:
    return column.dt.year().cast(pl.Int32) * 12 + column.dt.month().cast(pl.Int32)
