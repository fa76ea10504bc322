"""Sample data of a small shop, drawn from a seed, with the flaws that real deliveries have."""

from __future__ import annotations

import csv
import math
import random
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from analysis.project import AnalysisError

FIRST_DAY = date(2024, 1, 1)
DAYS = 730
COUNTRIES = (("DE", 5), ("FR", 3), ("NL", 2), ("PL", 2), ("SE", 1))
CHANNELS = (("web", 6), ("app", 3), ("phone", 1), ("", 1))
CATEGORIES = {
    "tea": ("Assam", "Sencha", "Earl Grey", "Rooibos", "Mint", "Oolong"),
    "coffee": ("Espresso", "Filter", "Decaf", "Sidamo", "Santos", "Harrar"),
    "ware": ("Pot", "Cup", "Filter cone", "Tin", "Scale", "Kettle"),
}

Row = Sequence[object]


def write_sample(folder: Path, customers: int = 400, seed: int = 7, force: bool = False) -> None:
    """Writes the four files of the shop. Refuses to touch a folder that has files already."""
    if not force and folder.is_dir() and any(folder.iterdir()):
        raise AnalysisError(
            f"{folder} has data already. Move it away, or add --force to write the sample over it."
        )
    folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(seed)
    products = _products(rng)
    people = _customers(rng, customers)
    orders, lines = _orders(rng, people, products)
    _write(folder / "products.csv", ("product_id", "name", "category", "unit_cost"), products)
    _write(
        folder / "customers.csv",
        ("customer_id", "email", "country", "signed_up_on", "delivered_at"),
        _deliveries(rng, people),
    )
    _write(
        folder / "orders.csv",
        ("order_id", "customer_id", "ordered_at", "status", "channel"),
        orders,
    )
    _write(folder / "order_lines.csv", ("order_id", "product_id", "quantity", "unit_price"), lines)


def _products(rng: random.Random) -> list[tuple[int, str, str, str]]:
    names = [(category, name) for category, names in CATEGORIES.items() for name in names]
    return [
        (number, name, category, f"{rng.uniform(2, 9) * (3 if category == 'ware' else 1):.2f}")
        for number, (category, name) in enumerate(names, start=1)
    ]


def _customers(rng: random.Random, count: int) -> list[tuple[int, str, date]]:
    people = []
    for number in range(1, count + 1):
        country = _choose(rng, COUNTRIES)
        # More of them in the first months: cohorts shrink, as those of a real shop do.
        signed_up = FIRST_DAY + timedelta(days=int(DAYS * 0.9 * rng.random() ** 1.5))
        people.append((number, country, signed_up))
    return people


def _deliveries(rng: random.Random, people: list[tuple[int, str, date]]) -> Iterable[Row]:
    """Customers as their system delivers them: spelt in two ways, and every tenth twice."""
    for number, country, signed_up in people:
        email = f"customer{number}@mail.example"
        first = datetime.combine(signed_up, datetime.min.time()) + timedelta(hours=3)
        yield number, email, rng.choice((country, country.lower())), signed_up, first
        if number % 10 == 0:
            yield number, f" {email.upper()}", country, signed_up, first + timedelta(days=30)


def _orders(
    rng: random.Random,
    people: list[tuple[int, str, date]],
    products: list[tuple[int, str, str, str]],
) -> tuple[list[Row], list[Row]]:
    drafts: list[tuple[datetime, int]] = []
    last_day = FIRST_DAY + timedelta(days=DAYS)
    for number, _country, signed_up in people:
        pause = rng.lognormvariate(math.log(35), 0.6)
        day = signed_up + timedelta(days=int(rng.expovariate(1 / 6)))
        while day < last_day:
            clock = datetime.combine(day, datetime.min.time())
            drafts.append((clock + timedelta(minutes=rng.randrange(8 * 60, 22 * 60)), number))
            if rng.random() < 0.22:
                break
            day += timedelta(days=1 + int(rng.expovariate(1 / pause)))

    orders: list[Row] = []
    lines: list[Row] = []
    for order_id, (ordered_at, customer) in enumerate(sorted(drafts), start=1):
        status = rng.choices(("Shipped", "paid", "cancelled"), weights=(85, 10, 5))[0]
        orders.append((order_id, customer, ordered_at, status, _choose(rng, CHANNELS)))
        for product_id, _name, _category, unit_cost in rng.sample(
            products, rng.choice((1, 1, 2, 3))
        ):
            # One line in a hundred is sold below its cost: something for a check to find.
            factor = 0.9 if rng.random() < 0.01 else rng.uniform(1.3, 2.1)
            price = f"{float(unit_cost) * factor:.2f}"
            lines.append((order_id, product_id, rng.choice((1, 1, 1, 2, 4)), price))
    return orders, lines


def _choose(rng: random.Random, weighted: Sequence[tuple[str, int]]) -> str:
    values, weights = zip(*weighted, strict=True)
    return rng.choices(values, weights=weights)[0]


def _write(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)
