import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="${{ values.name }}")


@app.cell
def _():
    import json

    import altair as alt
    import marimo as mo
    import polars as pl

    from analysis.project import Project
    from analysis.retention import retention

    return Project, alt, json, mo, pl, retention


@app.cell
def _(Project, mo):
    project = Project.from_environment()
    mo.stop(
        not project.marts.is_dir(),
        mo.md("There are no marts yet. Run `python -m analysis build`, then reload."),
    )
    return (project,)


@app.cell
def _(mo):
    mo.md("""
    # ${{ values.name }}
    """)
    return


@app.cell
def _(json, mo, project):
    checks = json.loads(project.check_results.read_text(encoding="utf-8"))
    found = [check for check in checks if check["count"] > 0]
    mo.callout(
        mo.md(
            "\n".join(
                [f"{len(checks) - len(found)} of {len(checks)} checks found nothing.", ""]
                + [f"- {check['description']} **{check['count']} rows**" for check in found]
            )
        ),
        kind="warn" if found else "success",
    )
    return


@app.cell
def _(pl, project):
    monthly = pl.read_parquet(project.marts / "monthly_revenue.parquet").with_columns(
        pl.col("revenue", "margin").cast(pl.Float64)
    )
    return (monthly,)


@app.cell
def _(mo, monthly):
    countries = sorted(monthly["country"].unique())
    country = mo.ui.multiselect(countries, value=countries, label="Countries")
    country
    return (country,)


@app.cell
def _(alt, country, monthly, pl):
    chosen = monthly.filter(pl.col("country").is_in(country.value))
    alt.Chart(chosen).mark_bar().encode(
        x=alt.X("yearmonth(month):T", title="Month"),
        y=alt.Y("sum(revenue):Q", title="Revenue"),
        color=alt.Color("country:N", title="Country"),
        tooltip=["country", "orders", "new_customers", "revenue", "margin_share"],
    ).properties(width="container")
    return


@app.cell
def _(mo):
    mo.md("""
    ## Who comes back

    Customers by the month of their first order, and the share that ordered again later.
    """)
    return


@app.cell
def _(alt, pl, project, retention):
    cohorts = retention(pl.scan_parquet(project.marts / "orders.parquet"))
    alt.Chart(cohorts.filter(pl.col("age") > 0)).mark_rect().encode(
        x=alt.X("age:O", title="Months since the first order"),
        y=alt.Y("yearmonth(cohort):O", title="Cohort"),
        color=alt.Color("share:Q", title="Share", scale=alt.Scale(scheme="blues")),
        tooltip=["customers", "share"],
    ).properties(width="container")
    return


@app.cell
def _(mo, pl, project):
    mo.vstack(
        [
            mo.md("## Products"),
            mo.ui.table(pl.read_parquet(project.marts / "products.parquet"), selection=None),
        ]
    )
    return


if __name__ == "__main__":
    app.run()
