"""How many readings a second are judged: all claims of the flagship case, readings drawn.

In the first row readings repeat, and what is known is looked up; in the second every preference
statement of every party is open, so that nearly each reading is a new conflict.
"""

from __future__ import annotations

import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from detente.case import find_case, load
from detente.claims import Plan, plan_of, sweep

if TYPE_CHECKING:
    from typing import Any

CASE = "us-russia-2025"


def doubted(plan: Plan) -> Plan:
    """Open every statement of the case, and leave the named readings out."""
    value: dict[str, Any] = yaml.safe_load(plan.text)
    number = 0
    for dm in value["decision_makers"].values():
        statements: list[dict[str, Any]] = []
        for item in dm["preferences"]["prioritise"]:
            statements.extend(item.get("either") or item.get("any_order") or [item])
        for statement in statements:
            number += 1
            statement |= {"id": f"statement{number}", "maybe": "open"}
        dm["preferences"]["prioritise"] = statements
    for key in ("uncertain", "readings", "perspectives"):
        value.pop(key)
    for claim in value["claims"].values():
        claim.pop("expect", None)
    text = yaml.safe_dump(value, sort_keys=False, allow_unicode=True)
    return replace(plan, text=text, reading="base")


def main() -> None:
    """Print readings a second, by case and number of workers."""
    path = find_case(CASE)
    plan = plan_of(path, load(CASE), draws=1, seed=1)
    print(f"{'':<26}{'readings':>10}{'workers':>9}{'seconds':>9}{'a second':>10}")
    for name, made, draws in (
        ("as written", plan, 200_000),
        ("every statement open", doubted(plan), 16_384),
    ):
        for workers in (1, 2):
            with tempfile.TemporaryDirectory() as folder:
                block = 4096 if draws < 100_000 else made.block
                start = time.perf_counter()
                sweep(replace(made, draws=draws, block=block), Path(folder), workers=workers)
                seconds = time.perf_counter() - start
            print(f"{name:<26}{draws:>10,}{workers:>9}{seconds:>9.1f}{draws / seconds:>10,.0f}")


if __name__ == "__main__":
    main()
