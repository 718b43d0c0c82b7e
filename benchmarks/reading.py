"""Score the reading of the annotated articles and time it: python benchmarks/reading.py."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from detente.sources import ReadOptions, read  # noqa: E402
from sources import scoring  # noqa: E402

# The blind parts were scored once with frozen rules, and mended after: see docs/theory/reading.md.
PARTS = ["development", "blind 1", "blind 2", "blind 3"]


@click.command()
@click.option("--part", type=click.Choice([*PARTS, "all"]), default="all")
@click.option("--engine", type=click.Choice(["rules", "nlp"]), multiple=True, default=["rules"])
@click.option("--wrong", is_flag=True, help="List what was missed and what was too much.")
@click.option("--speed", is_flag=True, help="Time articles of 1,000 words on one core.")
def main(part: str, engine: tuple[str, ...], wrong: bool, speed: bool) -> None:
    """Print precision and recall by kind, for each part and engine."""
    for name in engine:
        for one in PARTS if part == "all" else [part]:
            _print(f"{name}, {one} ({len(scoring.articles(one))} articles)", one, name, wrong)
        if speed:
            _speed(name)


def _print(title: str, part: str, engine: str, wrong: bool) -> None:
    results = scoring.total(part, engine)
    print(f"\n{title}")
    print(f"{'':<22}{'precision':>10}{'recall':>8}{'F1':>7}{'found':>7}{'of':>5}{'given':>7}")
    for kind, label in scoring.NAMES.items():
        found = results[kind]
        print(f"{label:<22}{found.precision:>10.2f}{found.recall:>8.2f}{found.f1:>7.2f}"
              f"{found.found:>7}{found.expected:>5}{found.predicted:>7}")  # fmt: skip
        if wrong:
            print("".join(f"      {line}\n" for line in found.wrong), end="")


def _speed(engine: str) -> None:
    plain = [a for a in scoring.articles() if a.header["form"] == "text/plain"]
    raw = [article.text.encode() for article in plain]
    words = sum(len(text.split()) for text in raw)
    rounds = 20 if engine == "rules" else 2
    read(raw[0], options=ReadOptions("text/plain", engine))
    start = time.process_time()
    for _ in range(rounds):
        for text in raw:
            read(text, options=ReadOptions("text/plain", engine))
    seconds = time.process_time() - start
    print(f"\n{engine}: {words * rounds / 1000 / seconds:.1f} articles of 1,000 words a second")


if __name__ == "__main__":
    main()
