"""What the figures show: read back from the SVG."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from detente.case import load, loads
from detente.claims import check
from detente.coalitions import leverage
from detente.conflict import Conflict, places
from detente.errors import DetenteError
from detente.evolution import evolve
from detente.figures import (
    Bar,
    Figure,
    dm_stroke,
    evolution_chart,
    lay_out_states,
    rank_table,
    settlement_lattice,
    state_graph,
    tornado,
    tornado_of,
)
from detente.figures.colours import GRADE_COLOURS, PATH
from detente.figures.labels import Labels
from detente.stability import analyze

if TYPE_CHECKING:
    from collections.abc import Iterator

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '<script>alert(1)</script> & "quoted" \u202e]]> <!-- ${x} </svg>'


def parse(figure: Figure) -> ET.Element:
    return ET.fromstring(figure.svg)  # noqa: S314 - our own


def found(figure: Figure, tag: str, **attributes: str) -> list[ET.Element]:
    return [
        element
        for element in parse(figure).iter(SVG + tag)
        if all(element.get(name.replace("_", "-")) == value for name, value in attributes.items())
    ]


def texts(figure: Figure) -> list[str]:
    return [element.text or "" for element in parse(figure).iter(SVG + "text")]


def hostile_case() -> str:
    import json

    evil = json.dumps(HOSTILE)
    return (
        f"detente: 1\ntitle: {evil}\nquestion: {evil}\ndecision_makers:\n"
        f"  a:\n    name: {evil}\n    options: {{x: {evil}}}\n"
        "    preferences: {prioritise: [{prefer: x, id: wants, maybe: open, "
        f"question: {evil}}}]}}\n"
        f"  b:\n    name: {evil}\n    options: {{y: {evil}}}\n"
        "    preferences: {prioritise: [x]}\n"
        f"outcomes:\n  out: {{when: x and y, text: {evil}}}\nstatus_quo: NN\n"
        f"claims:\n  c: {{assert: 'equilibrium(x, nash)', text: {evil}}}\n"
    )


def figures_of(name: str) -> Iterator[Figure]:
    case = loads(hostile_case()) if name == "hostile" else load(name)
    model = case.model()
    analysis = analyze(model.conflict)
    stable = analysis.equilibria("seq")
    yield state_graph(model, equilibria=stable)
    yield rank_table(model, analysis)
    if model.conflict.status_quo is not None:
        yield evolution_chart(model, evolve(model.conflict), equilibria=stable)
        yield settlement_lattice(model, leverage(model.conflict))
    if case.claims:
        reading = check(case).readings[0]
        yield from (tornado_of(reading, claim) for claim in reading.judged)


@pytest.mark.parametrize("name", ["chicken", "elmira", "us-russia-2025", "hostile"])
def test_figures_are_complete_inert_and_described(name: str) -> None:
    for figure, again in zip(figures_of(name), figures_of(name), strict=True):
        root = parse(figure)
        assert figure.svg == again.svg
        assert root.tag == SVG + "svg"
        assert root.get("viewBox") == f"0 0 {figure.width} {figure.height}"
        title, description = root[0], root[1]
        assert (title.tag, description.tag) == (SVG + "title", SVG + "desc")
        assert title.text == figure.title
        assert description.text == figure.description
        assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
        tags = {element.tag.removeprefix(SVG) for element in root.iter()}
        drawn = {"rect", "circle", "line", "path", "polygon", "text"}
        assert tags <= {"svg", "title", "desc"} | drawn
        names = {attribute for element in root.iter() for attribute in element.attrib}
        assert not {name for name in names if name.startswith("on") or "href" in name}
        assert "style" not in names
        # Not every printer paints a stroke behind letters: some would paint them over.
        assert not [text for text in found(figure, "text") if text.get("stroke")]
        assert "\u202e" not in figure.svg


def test_hostile_names_are_shown_as_the_text_they_are() -> None:
    chart = next(figures_of("hostile"))
    shown = next(text for text in texts(chart) if "script" in text)
    assert shown == HOSTILE.replace("\u202e", "�")


@pytest.mark.parametrize("name", ["chicken", "elmira"])
def test_every_improvement_is_an_arrow_of_its_movers_colour(name: str) -> None:
    model = load(name).model()
    graph = state_graph(model)
    legend = 1
    for dm in range(model.conflict.n_dms):
        colour = dm_stroke(dm).colour
        improvements = model.conflict.moves(dm).improving(model.conflict.ranks[dm])
        strong = found(graph, "path", stroke=colour, stroke_width="1.8")
        assert len(strong) - legend == len(improvements.targets)


def test_states_equilibria_and_the_status_quo_are_marked() -> None:
    model = load("elmira").model()
    stable = analyze(model.conflict, ["seq"]).equilibria("seq")
    path = evolve(model.conflict, kind="improvements").search.path(4)
    graph = state_graph(model, equilibria=stable, path=path)
    assert len(found(graph, "circle")) == 9
    assert len(found(graph, "circle", fill="#1a1a1a")) == len(stable) == 3
    assert len(found(graph, "rect", rx="3")) == 1
    assert len(found(graph, "path", stroke=PATH)) == 1
    assert "status quo" in texts(graph)
    assert "Equilibria: s5, s8 (compromise), s9 (abandonment)." in graph.description
    assert "Highlighted path: s1 → s5." in graph.description
    shown = {text for text in texts(graph) if text[:1] == "s" and text[1:].isdigit()}
    assert shown == {f"s{i}" for i in range(1, 10)}


def test_moves_that_cannot_be_undone_and_do_not_improve_are_dotted() -> None:
    # One option that may only be taken, which its owner would rather not.
    one = Conflict.from_arrays(options=[1], ranks=[[1, 0]], one_way={0: "on"})
    assert len(found(state_graph(one), "path", stroke_dasharray="1.5 3")) == 1
    # If it could be undone, the way back would be the improvement that is drawn.
    free = Conflict.from_arrays(options=[1], ranks=[[1, 0]])
    assert found(state_graph(free), "path", stroke_dasharray="1.5 3") == []
    assert len(found(state_graph(free), "path", stroke_width="1.8")) == 2


def test_large_graphs_are_filtered_and_say_so() -> None:
    model = load("us-russia-2025").model()
    stable = analyze(model.conflict, ["seq"]).equilibria("seq").tolist()
    graph = state_graph(model, equilibria=stable, limit=20)
    assert graph.title == "Moves between 20 of 272 states"
    assert len(found(graph, "circle")) == 20
    shown = set(texts(graph))
    assert {model.conflict.state_id(state) for state in stable} <= shown
    everything = state_graph(
        model, layout=lay_out_states(model.conflict, range(272)), equilibria=stable
    )
    assert len(found(everything, "circle")) == 272
    assert "only the best are drawn" in " ".join(texts(everything))


def test_the_rank_table_holds_the_places() -> None:
    ranks = np.array([[0, 1, 3, 3], [2, 2, 2, 2]], dtype=np.int32)
    assert places(ranks).tolist() == [[3, 2, 1, 1], [1, 1, 1, 1]]
    model = load("elmira").model()
    analysis = analyze(model.conflict)
    table = rank_table(model, analysis, states=range(9))
    numbers = [int(text) for text in texts(table) if text.isdigit()]
    assert numbers == places(model.conflict.ranks).T.ravel().tolist()
    dots = len(found(table, "circle", r="4.5"))
    assert dots == sum(len(analysis.equilibria(key)) for key in analysis.concepts) == 19


def test_the_rank_table_puts_equilibria_first() -> None:
    model = load("elmira").model()
    shown = texts(rank_table(model, analyze(model.conflict), limit=5))
    ids = [text for text in shown if text[:1] == "s" and text[1:].isdigit()]
    assert set(ids[:3]) == {"s5", "s8", "s9"}
    assert set(ids[3:]) == {"s1", "s4"}
    bare = rank_table(model, limit=1)
    assert [text for text in texts(bare) if text == "s1"] == ["s1"]


def test_the_evolution_sets_states_in_columns_by_moves() -> None:
    model = load("us-russia-2025").model()
    evolution = evolve(model.conflict, kind="improvements")
    chart = evolution_chart(model, evolution)
    columns: dict[str, list[str]] = {}
    boxes = {(e.get("x"), e.get("y")) for e in found(chart, "rect", rx="4")}
    for x, _ in boxes:
        columns.setdefault(str(x), [])
    for element in parse(chart).iter(SVG + "text"):
        if element.get("font-weight") == "bold" and (element.text or "").startswith("s1"):
            columns[str(int(element.get("x", "0")) - 8)].append(element.text or "")
    sets = [
        sorted(model.conflict.state_id(state) for state in level)
        for level in evolution.level_sets()
    ]
    by_place = [sorted(columns[key]) for key in sorted(columns, key=float)]
    assert by_place == [[name for name in level if name.startswith("s1")] for level in sets]


def test_a_crowded_column_says_how_many_are_left_out() -> None:
    star = Conflict.from_graph(moves=[[(0, i) for i in range(1, 30)]], ranks=[[0] + [1] * 29])
    chart = evolution_chart(star, evolve(star, 0), limit=12)
    assert "… and 18 more" in texts(chart)
    assert len(found(chart, "rect", rx="4")) == 1 + 11


def test_the_tornado_orders_bars_and_draws_their_spans() -> None:
    bars = [Bar("narrow", 0.4, 0.6), Bar("wide", 0.0, 1.0, "no", "yes"), Bar("one side", 0.5, 0.9)]
    chart = tornado("It holds", 0.5, bars)
    assert [text for text in texts(chart) if text in {"narrow", "wide", "one side"}] == [
        "wide",
        "one side",
        "narrow",
    ]
    widths = [float(e.get("width", "0")) for e in found(chart, "rect", height="16")]
    assert widths == pytest.approx([230, 230, 184, 46, 46], abs=0.11)
    assert "0 % no" in texts(chart)
    assert "100 % yes" in texts(chart)
    assert "over all: 50 %" in texts(chart)


def test_answers_at_the_edge_of_the_tornado_are_written_in_full() -> None:
    bars = [
        Bar("right", 0.9, 1.0, "shy of court", "goes to court"),
        Bar("left", 0.0, 0.05, "shy of court", "goes to court"),
    ]
    said = texts(tornado("It holds", 0.5, bars))
    for words in ("90 % shy of court", "100 % goes to court", "0 % shy of court"):
        assert words in said


def test_an_evolution_in_which_nobody_moves_says_so() -> None:
    prisoners = Conflict.from_arrays(options=[1, 1], ranks=[[1, 0, 3, 2], [1, 3, 0, 2]])
    chart = evolution_chart(prisoners, evolve(prisoners, 0, kind="improvements"))
    words = "By improvements nothing is reached: it stays as it is. Filled: equilibrium."
    assert words in texts(chart)


def test_the_tornado_of_a_claim_shows_what_it_turns_on() -> None:
    reading = check(load("us-russia-2025"), claims=["headline"]).readings[0]
    judged = reading.judged["headline"]
    chart = tornado_of(reading, "headline")
    pivotal = [hinge for hinge in judged.hinges if hinge.pivotal]
    assert len(found(chart, "rect", height="16")) == 2 * len(pivotal)
    assert chart.description.startswith("It holds in 50 % of the combinations.")
    with pytest.raises(DetenteError, match="was not judged: choose from headline"):
        tornado_of(reading, "heading")


def test_the_lattice_shades_each_coalition_by_its_best_settlement() -> None:
    prisoners = Conflict.from_arrays(options=[1, 1], ranks=[[1, 0, 3, 2], [1, 3, 0, 2]])
    power = leverage(prisoners, start=0)
    lattice = settlement_lattice(prisoners, power)
    boxes = [element.get("fill") for element in found(lattice, "rect", rx="5")]
    assert sorted(map(str, boxes)) == sorted(GRADE_COLOURS[s.best or ""] for s in power.settlements)
    assert lattice.description == "At best spoiler-proof: dm1 with dm2."
    assert len(found(lattice, "line")) == 2
    seven = Conflict.from_arrays(options=[1] * 7, ranks=np.zeros((7, 128), dtype=int))
    with pytest.raises(DetenteError, match="127 coalitions"):
        settlement_lattice(seven, leverage(seven, start=0))


def test_notebooks_show_the_svg() -> None:
    chart = tornado("It holds", 0.5, [])
    assert chart._repr_svg_() == chart.svg
    assert chart.svg not in repr(chart)


def test_png_has_the_size_asked_for() -> None:
    chart = tornado("It holds", 0.5, [Bar("x", 0.0, 1.0)])
    image = chart.png(1.5)
    assert image[:8] == b"\x89PNG\r\n\x1a\n"
    size = int.from_bytes(image[16:20], "big"), int.from_bytes(image[20:24], "big")
    assert size == (round(chart.width * 1.5), round(chart.height * 1.5))
    with pytest.raises(DetenteError, match="scale of 500"):
        chart.png(500)


def test_png_without_the_extra_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(DetenteError, match=r"detente\[charts\]"):
        tornado("It holds", 0.5, []).png()


def test_notebooks_that_show_html_only_get_the_picture_too() -> None:
    chart = tornado("It holds", 0.5, [])
    shown = chart._repr_html_()
    assert shown == f'<figure style="margin:0;max-width:{chart.width}px">{chart.svg}</figure>'


def test_moves_differ_by_pattern_as_well_as_by_colour() -> None:
    model = load("us-russia-2025").model()
    graph = state_graph(model, limit=12)
    strong = found(graph, "path", stroke_width="1.8")
    kinds = {(line.get("stroke"), line.get("stroke-dasharray")) for line in strong}
    assert kinds == {(stroke.colour, stroke.dash) for stroke in map(dm_stroke, range(4))}
    assert len({dash for _, dash in kinds}) == 4


def test_a_graph_is_as_tall_as_its_states_need() -> None:
    heights = {}
    for n_options in (1, 2, 3, 4):
        ranks = np.arange(2**n_options)[None].repeat(n_options, axis=0)
        conflict = Conflict.from_arrays(options=[1] * n_options, ranks=ranks)
        heights[2**n_options] = state_graph(conflict).height
    assert heights == {2: 254, 4: 394, 8: 534, 16: 694}


def two(names: tuple[str, ...]) -> str:
    return (
        "detente: 1\ntitle: A\ndecision_makers:\n"
        f"  a: {{name: {names[0]}, options: {{x: Do x}}}}\n"
        f"  b: {{name: {names[1]}, options: {{y: Do y}}}}\nstatus_quo: NN\n"
    )


def test_long_names_are_set_in_rows_and_given_whole_on_pointing() -> None:
    names = ("The Commission for the Protection of the River Basin", "東アジア経済共同体常設委員会")
    model = loads(two(names)).model()
    table = rank_table(model)
    shown = texts(table)
    assert "東アジア経済共" in shown
    assert "同体常設委員会" in shown
    notes = [element.text for element in parse(table).iter(SVG + "title")]
    assert set(names) <= set(notes)
    longer = tuple(f"{name} and All Who Live Along Its Banks" * 3 for name in ("First", "Other"))
    model = loads(two(longer)).model()
    lattice = settlement_lattice(model, leverage(model.conflict))
    assert [text for text in texts(lattice) if text.endswith(" +")] == ["First and All Who Live… +"]
    assert " + ".join(longer) in [e.text for e in parse(lattice).iter(SVG + "title")]


def test_a_name_goes_where_it_covers_least() -> None:
    labels = Labels({0: (50.0, 50.0), 1: (50.0, 20.0)}, 8.0, [(50.0, 70.0)], (200.0, 200.0))
    # Below runs a line, above stands a state: it goes to the right; the next then to the left.
    assert labels.place(0, (20.0, 13.0), 12.0) == (62.0, 43.5, 82.0, 56.5)
    assert labels.place(0, (20.0, 13.0), 12.0) == (18.0, 43.5, 38.0, 56.5)


def test_answers_of_a_tornado_never_meet() -> None:
    long = "an answer that is far too long for the half of a bar that it is given"
    chart = tornado("It holds", 0.5, [Bar("x", 0.45, 0.55, long, long)])
    low, high = found(chart, "text", font_size="9.5")
    assert (low.get("text-anchor"), high.get("text-anchor")) == ("end", "start")
    assert float(high.get("x", 0)) - float(low.get("x", 0)) == 8
    short = tornado("It holds", 0.5, [Bar("x", 0.0, 1.0, "no", "yes")])
    anchors = [text.get("text-anchor") for text in found(short, "text", font_size="9.5")]
    assert anchors == ["start", "end"]


def test_one_state_and_one_dm_can_be_drawn() -> None:
    case = loads(
        "{detente: 1, title: A, states: {one: The only one}, status_quo: one, "
        "decision_makers: {a: {name: Alone, preferences: {rank: [one]}}}}"
    )
    model = case.model()
    assert state_graph(model, equilibria=[0]).title == "Moves between 1 state"
    assert rank_table(model).title == "Places of 1 state"
    assert settlement_lattice(model, leverage(model.conflict)).description == (
        "No coalition has a settlement."
    )
    chart = evolution_chart(model, evolve(model.conflict, kind="improvements"))
    assert chart.description == (
        "States reached from one (The only one): none. Equilibria among them: none."
    )
