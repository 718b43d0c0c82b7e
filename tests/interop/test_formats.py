"""Graphs, tables and games: what another program reads is what the analysis says."""

from __future__ import annotations

import csv
import io
import json
import re
from itertools import product
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.case import load, loads
from detente.conditions import OptionName, evaluate, parse, vocabulary
from detente.errors import DetenteError
from detente.interop import csv_table, dot, graphml, nfg, parquet_table
from detente.interop.patterns import patterns
from detente.stability import analyze

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = """
detente: 1
title: 'A "quoted" \\ <b>title</b> & more'
decision_makers:
  a:
    name: 'A "Driver" \\'
    options: {x: {text: How far, levels: [none, '=1+1', all]}, y: Do it}
    preferences: {rank: [0--, 1--, [2N-, 2Y-]]}
  b:
    name: B
    options: {z: Do it}
    preferences: {prioritise: [a.y, not b.z]}
  c:
    name: A party without options
    preferences: {prioritise: [b.z]}
"""
CASES = {
    name: load(name).model()
    for name in ("chicken", "elmira", "strength-example", "cuban-missile-1962")
} | {"hostile": loads(HOSTILE).model()}


@pytest.mark.parametrize("name", CASES)
def test_graphml_is_read_back_by_networkx(name: str) -> None:
    model = CASES[name]
    conflict = model.conflict
    result = analyze(conflict, ["nash", "seq"])
    graph = nx.parse_graphml(graphml(model, result), force_multigraph=True)
    ids = [conflict.state_id(s) for s in range(conflict.n_states)]
    assert list(graph.nodes) == ids
    for state, node in enumerate(ids):
        data = graph.nodes[node]
        assert data["pattern"] == conflict.pattern(state) or not conflict.pattern(state)
        assert data["status_quo"] == (state == conflict.status_quo)
        for dm, key in enumerate(conflict.decision_makers):
            assert data[f"rank.{key}"] == conflict.ranks[dm, state]
        for concept in ("nash", "seq"):
            assert data[f"equilibrium.{concept}"] == (state in result.equilibria(concept))
    edges = {(u, v, d["dm"], d["improvement"]) for u, v, d in graph.edges(data=True)}
    assert edges == {
        (ids[s], ids[t], key, bool(conflict.ranks[dm, t] > conflict.ranks[dm, s]))
        for dm, key in enumerate(conflict.decision_makers)
        for s, t in conflict.moves(dm).pairs().tolist()
    }


def test_dot() -> None:
    model = CASES["cuban-missile-1962"]
    text = dot(model, analyze(model.conflict, ["seq"]), "seq")
    assert re.findall(r'"(s\d+)" \[label="[^"]*", peripheries=2', text) == ["s5", "s7"]
    assert '"s1" [label="s1\\nNNNN", penwidth=2];' in text
    assert re.search(r'"s3" -> "s1" \[label="us", .*style=dotted];', text)
    n_moves = sum(len(model.conflict.moves(dm).targets) for dm in range(2))
    assert text.count(" -> ") == n_moves


def test_dot_quotes_what_it_shows() -> None:
    model = CASES["hostile"]
    text = dot(model, analyze(model.conflict, ["seq"]), "seq")
    assert r'label="A \"quoted\" \\ <b>title</b> & more";' in text


@pytest.mark.parametrize("name", CASES)
def test_tables_hold_the_analysis(name: str, tmp_path: Path) -> None:
    conflict = CASES[name].conflict
    result = analyze(conflict)
    rows = list(csv.DictReader(io.StringIO(csv_table(result))))
    (tmp_path / "table.parquet").write_bytes(parquet_table(result))
    table = pq.read_table(tmp_path / "table.parquet")
    assert table.column_names == list(rows[0])
    assert table.schema.metadata[b"conflict"] == conflict.hash.encode()
    assert table["pattern"].to_pylist() == [row["pattern"] for row in rows]
    for concept in result.concepts:
        for dm, key in enumerate(conflict.decision_makers):
            truth = result.stable(concept)[dm].tolist()
            assert table[f"{concept}.{key}"].to_pylist() == truth
            assert [row[f"{concept}.{key}"] == "true" for row in rows] == truth
        assert (
            np.flatnonzero(table[concept].to_pylist()).tolist()
            == result.equilibria(concept).tolist()
        )
    for dm, key in enumerate(conflict.decision_makers):
        assert [int(row[f"rank.{key}"]) for row in rows] == conflict.ranks[dm].tolist()


def test_no_cell_of_a_table_is_a_formula() -> None:
    cells = [
        cell
        for row in csv.reader(io.StringIO(csv_table(analyze(CASES["hostile"].conflict))))
        for cell in row
    ]
    assert [cell for cell in cells if cell[:1] in "=+@"] == []


THREE = """
detente: 1
title: Three
decision_makers:
  a: {name: A, options: {x: Do x, y: Do y}, preferences: {prioritise: [b.z, not a.x, a.y]}}
  b: {name: B, options: {z: Do z}, preferences: {prioritise: [a.x, not b.z]}}
  c: {name: 'C "3"', preferences: {prioritise: [a.x]}}
"""


def read_nfg(text: str) -> tuple[list[list[str]], list[list[int]]]:
    """Read a game plainly: strategies, and payoffs in order."""
    head, _, body = text.partition('""\n')
    sets = re.findall(r"\{ ((?:\"[^\"]*\" ?)+)\}", head.partition("\n")[2])
    return [re.findall(r'"([^"]*)"', s) for s in sets], [
        [int(number) for number in line.split()] for line in body.splitlines()
    ]


@pytest.mark.parametrize("case", ["three", "hostile", "chicken"])
def test_games_hold_the_ranks_of_the_combined_strategies(case: str) -> None:
    model = loads(THREE).model() if case == "three" else CASES[case]
    conflict = model.conflict
    strategies, payoffs = read_nfg(nfg(model))
    expected = {
        conflict.pattern(s): conflict.ranks[:, s].tolist() for s in range(conflict.n_states)
    }
    # The first player's strategy changes fastest; “-” is the only one of a party without options.
    joined = ["".join(p[::-1]).replace("-", "") for p in product(*reversed(strategies))]
    assert dict(zip(joined, payoffs, strict=True)) == expected


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("elmira", "coalesced states"),
        ("strength-example", "its states and moves"),
        ("cuban-missile-1962", "4 of 16 combinations infeasible"),
    ],
)
def test_what_is_no_game_says_why(name: str, reason: str) -> None:
    with pytest.raises(DetenteError, match=reason):
        nfg(CASES[name])


def test_one_way_options_are_no_game() -> None:
    text = HOSTILE.replace("{z: Do it}", "{z: {text: Do it, change: only on}}")
    with pytest.raises(DetenteError, match=r"b\.z cannot be changed both ways"):
        nfg(loads(text).model())


MANY = """
detente: 1
title: Many
decision_makers:
  a:
    options: {a: A, b: A, c: A, d: A, e: A, f: A, g: A, h: A, i: A, j: A, k: A}
"""


def test_graphs_too_large_to_draw_are_refused() -> None:
    model = loads(MANY).model()
    with pytest.raises(DetenteError, match="4192256 moves are too many"):
        graphml(model, analyze(model.conflict, ["nash"]))


conditions = st.recursive(
    st.sampled_from(["a", "b", "c", "d", "true"]),
    lambda inner: (
        st.builds("({} {} {})".format, inner, st.sampled_from(["and", "or", "xor", "iff"]), inner)
        | inner.map("not ({})".format)
    ),
    max_leaves=8,
)


@given(conditions)
def test_patterns_say_the_same_as_the_condition(text: str) -> None:
    words = vocabulary({name: OptionName(i) for i, name in enumerate("abcd")})
    condition = parse(text)
    levels = np.arange(16) >> np.arange(4)[:, None] & 1
    truth = evaluate(condition, words, levels.__getitem__, 16)
    found = np.zeros(16, dtype=bool)
    for pattern in patterns(condition, words):
        found |= np.all([levels[i] == taken for i, taken in pattern] or [np.ones(16)], axis=0)
    assert np.array_equal(found, truth)


def test_patterns_are_few() -> None:
    words = vocabulary({name: OptionName(i) for i, name in enumerate("abcd")})
    assert patterns(parse("if a then b and c"), words) == (
        ((0, False),),
        ((1, True), (2, True)),
    )
    assert patterns(parse("true"), words) == ((),)
    assert patterns(parse("false"), words) == ()


def test_json_form_is_that_of_analyze(capsys: pytest.CaptureFixture[str]) -> None:
    from detente.cli import cli

    cli(["export", "chicken", "--format", "json", "--concept", "nash"], standalone_mode=False)
    exported = json.loads(capsys.readouterr().out)
    cli(["analyze", "chicken", "--json", "--concept", "nash"], standalone_mode=False)
    assert exported == json.loads(capsys.readouterr().out)
