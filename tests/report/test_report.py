"""What a report says, and that it says it safely: read back from the page."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from detente._version import __version__
from detente.case import Case, load, loads
from detente.claims import check
from detente.report import Options, build, gather, html, markdown
from detente.report.method import WORKS

ROOT = Path(__file__).parents[2]
VOID = {"meta", "rect", "circle", "line", "path", "polygon"}
HOSTILE = (
    "</title><script>alert(1)</script><img src=x onerror=alert(1)> & \"q\" 'q' {{ 7*7 }} {% x %} "
    "](javascript:alert(1)) `code` | ![x](http://evil.example/x.png) \u202e<!-- "
)


SMALL = """\
detente: 1
title: A dispute
decision_makers:
  a:
    options: {x: Do x}
    preferences: {prioritise: [{prefer: x, id: wants_x, maybe: open}, y]}
  b:
    options: {y: Do y}
    preferences: {prioritise: [{any_order: [not x, y], id: order}, x iff y]}
outcomes: {both: x and y, neither: not x and not y}
status_quo: NN
readings:
  mild: {name: The mild, settle: {wants_x: absent}}
claims:
  comes: equilibrium(both)
  stays: equilibrium(neither)
  can_come: reachable(both)
"""


class Page(HTMLParser):
    """A page as lists: elements with their attributes, text below each element with an id."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.words: dict[str, str] = {}
        self.within: list[tuple[int, str]] = []
        self.tables: list[list[list[str]]] = []
        self.cells: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.elements.append((tag, given))
        if tag in VOID:
            return
        self.open.append(tag)
        if "id" in given:
            self.within.append((len(self.open), given["id"]))
            self.words.setdefault(given["id"], "")
        if tag == "table":
            self.tables.append([])
        if tag == "tr":
            self.tables[-1].append([])
        if tag in ("td", "th"):
            self.tables[-1][-1].append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1] == tag, (tag, self.open)
        if tag in ("td", "th", "li", "p", "h3"):
            self.handle_data(" ")
        if self.within and self.within[-1][0] == len(self.open):
            self.within.pop()
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for _, name in self.within:
            self.words[name] += data
        if "td" in self.open or "th" in self.open:
            self.tables[-1][-1][-1] += data

    def named(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


def hostile() -> Case:
    evil = json.dumps(HOSTILE)
    return loads(
        f"detente: 1\ntitle: {evil}\nquestion: {evil}\nnotes: {evil}\n"
        f"sources:\n  s: {{title: {evil}, author: {evil}, affiliation: {evil}, kind: opinion, "
        f"notes: {evil}, reference: {evil}}}\n"
        f"decision_makers:\n  a:\n    name: {evil}\n    notes: {evil}\n    cite: s p1\n"
        f"    options: {{x: {{text: {evil}, because: {evil}}}}}\n"
        f"    preferences: {{prioritise: [{{prefer: x, id: wants, maybe: open, question: {evil}, "
        f"because: {evil}}}]}}\n"
        f"  b:\n    name: {evil}\n    options: {{y: {evil}}}\n"
        "    preferences: {prioritise: [not x]}\n"
        f"outcomes:\n  out: {{when: x and y, text: {evil}}}\nstatus_quo: NN\n"
        f"readings:\n  other: {{name: {evil}, text: {evil}, settle: {{wants: absent}}}}\n"
        f"perspectives:\n  a: {{text: {evil}, as: other, because: {evil}}}\n"
        f"claims:\n  c: {{assert: 'equilibrium(x, nash)', text: {evil}, because: {evil}}}\n"
    )


@pytest.fixture(scope="module")
def flagship() -> Page:
    case = load("us-russia-2025")
    return Page(html(build(case, Options(), gather(case))))


def badges(cell: str) -> str:
    return cell.split(maxsplit=1)[0]


def test_sections_stand_in_the_order_in_which_they_are_read(flagship: Page) -> None:
    ids = [a["id"] for a in flagship.named("section") if "class" not in a]
    assert ids == [
        "short",
        "verdicts",
        "claims",
        "sources",
        "model",
        "figures",
        "reasons",
        "settlements",
        "paths",
        "changing",
        "readings",
        "perspectives",
        "next",
        "states",
        "method",
        "reproducibility",
    ]


def test_views_are_told_where_there_are_any(flagship: Page) -> None:
    words = " ".join(flagship.words["perspectives"].split())
    assert "It sees the others by the reading From Kyiv's side." in words
    assert "Ukraine believes that nobody leaves s143; United States does" in words
    (views,) = [table for table in flagship.tables if "Would hold" in table[0][-1]]
    rows = [[cell.strip() for cell in row] for row in views[1:]]
    assert [row[0].partition(" ")[0] for row in rows] == ["s151", "s169", "s143", "s161"]
    assert rows[2][1:] == ["Ukraine", "United States", "–", "no", "no"]
    assert "As each sees it" not in markdown(build(loads(SMALL)), "figures")[0]


def test_views_in_which_something_is_not_known() -> None:
    text, _ = markdown(build(load("syria-iraq-1975")), "figures")
    assert "It does not know of 2 of 6 states (s1 (the status quo), s4)." in text
    assert "| **s6 (war)** | Syria and Iraq | – | – | yes | yes |" in text
    assert "Nobody leaves what another takes for an equilibrium." in text
    change = "{preferences: {prioritise: [not y]}, for: a}"
    views = f"perspectives: {{b: {{changes: [{change}], unseen: [not x]}}}}\n"
    text, _ = markdown(build(loads(SMALL + views)), "figures")
    assert "It does not know of 2 of 4 states (s1 (neither and the status quo), s3)." in text
    assert "It does not know of the status quo. It ranks the states otherwise for a." in text


def test_the_table_of_verdicts_is_what_check_finds(flagship: Page) -> None:
    checked = check(load("us-russia-2025"))
    head, *rows = ([cell.strip() for cell in row] for row in flagship.tables[0])
    assert head == ["Claim", *(reading.name for reading in checked.readings), "Over all"]
    assert len(rows) == len(checked.claims) == 12
    for key, row in zip(checked.claims, rows, strict=True):
        words = [reading.judged[key].verdict.word for reading in checked.readings]
        assert row[0] == f"“{checked.case.claims[key].text}”"
        assert [cell.split()[0] for cell in row[1:]] == [*words, checked.overall(key).word]


def test_a_verdict_that_depends_says_on_what(flagship: Page) -> None:
    words = " ".join(flagship.words["claim-headline"].split())
    assert "depends 1/2 of 512 combinations; as written it holds" in words
    assert "Does normalisation go on without a settlement" in words
    assert "(apart: holds; linked: fails)" in words
    # What the shares have said is not said again.
    assert "fewest changes" not in words
    assert "Attributed to column headline, deck stated" in words


def test_every_claim_is_quoted_and_never_asserted(flagship: Page) -> None:
    for key, claim in load("us-russia-2025").claims.items():
        assert flagship.words[f"claim-{key}"].split("”")[0].strip() == f"“{claim.text}"


def test_sources_are_shown_with_their_standing(flagship: Page) -> None:
    words = " ".join(flagship.words["source-column"].split())
    assert "opinion" in words
    assert "as the case gives it publicly financed from the budget of the Russian" in words
    assert "Author not named" in words
    assert "not as fact" in words


def test_statements_come_with_citation_and_standing(flagship: Page) -> None:
    words = " ".join(flagship.words["model"].split())
    assert "us.withhold iff not ukraine.accept open Will Washington follow through" in words
    assert "if not ukraine.accept then us.recognise – column p10 assumed The column says" in words


def test_reasons_say_who_leaves_and_cite_why(flagship: Page) -> None:
    words = " ".join(flagship.words["reasons"].split())
    assert "United States would not stay at s139 (the status quo)." in words
    assert "[wants “if not ukraine.accept then us.recognise”: column p10, assumed]" in words
    assert "Why “settlement” does not hold" in words
    assert "Ukraine would not stay at" in words


def test_what_to_find_out_names_what_turns_claims(flagship: Page) -> None:
    words = flagship.words["next"]
    turning, _, idle = words.partition("no claim turns on it alone")
    assert "Does normalisation go on without a settlement" in turning
    assert "What weighs more for Kyiv" in turning
    assert "Will Washington follow through" in idle


def test_states_that_are_named_are_explained(flagship: Page) -> None:
    mentioned = set(re.findall(r"\bs\d+\b", flagship.words["verdicts"] + flagship.words["reasons"]))
    assert {"s139", "s151", "s169"} <= mentioned
    assert mentioned <= set(re.findall(r"\bs\d+\b", flagship.words["states"]))


def test_reproducibility_names_hashes_version_seed_and_command(flagship: Page) -> None:
    case = load("us-russia-2025")
    words = flagship.words["reproducibility"]
    assert case.conflict().hash in words
    assert hashlib.sha256(Path(case.file).read_bytes()).hexdigest() in words
    assert f"détente {__version__}" in words
    assert "us-russia-2025/case.yaml" in words
    assert "detente report us-russia-2025 -o report.html" in words
    assert str(ROOT) not in words


def test_every_figure_has_a_caption_and_a_description(flagship: Page) -> None:
    figures = flagship.named("figure")
    assert [figure["id"] for figure in figures] == [
        "figure-claim-headline",
        "figure-claim-tracks_may_diverge",
        "figure-claim-tracks_may_join",
        "figure-graph",
        "figure-ranks",
        "figure-settlements",
        "figure-evolution",
    ]
    assert len(flagship.named("figcaption")) == len(figures)
    drawn = [svg for svg in flagship.named("svg") if svg.get("role") == "img"]
    assert len(drawn) == len(figures)
    assert all(name in flagship.words for svg in drawn for name in svg["aria-labelledby"].split())


def test_links_lead_somewhere_and_ids_are_distinct(flagship: Page) -> None:
    ids = [attributes["id"] for _, attributes in flagship.elements if "id" in attributes]
    assert len(set(ids)) == len(ids)
    links = [attributes["href"] for attributes in flagship.named("a")]
    assert {link for link in links if not link.startswith("#")} == set()
    assert {link[1:] for link in links} <= set(ids)


@pytest.mark.parametrize("name", ["chicken", "elmira"])
def test_a_case_without_claims_starts_with_what_can_hold(name: str) -> None:
    page = Page(html(build(load(name))))
    sections = [a["id"] for a in page.named("section") if "class" not in a]
    assert sections[:3] == ["short", "verdicts", "sources"]
    assert not {"readings", "next"} & set(sections)
    assert ("settlements" in sections) == (name == "elmira")
    words = page.words["what-can-hold"]
    if name == "elmira":
        assert "3 of 9 states are equilibria under sequential stability" in words
        assert "5 under general metarationality" in words
    else:
        assert "2 of 4 states are equilibria" in words


def test_published_results_stand_beside_those_found() -> None:
    page = Page(html(build(load("elmira"), Options(figures=False))))
    words = " ".join(page.words["method"].split())
    assert "4 of 4 results that the case takes from the literature agree." in words
    assert "Sequential stability, equilibria s5, s8, s9 the same kilgour-2001, xu-2009" in words


def test_of_a_large_conflict_what_is_left_out_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detente.report.findings._MOST_STATES", 8)
    page = Page(html(build(load("elmira"), Options(figures=False))))
    sections = [a["id"] for a in page.named("section") if "class" not in a]
    assert sections == [
        "short",
        "verdicts",
        "sources",
        "model",
        "states",
        "method",
        "reproducibility",
    ]
    assert "With 9 states, paths, settlements and reasons are left out" in page.words["method"]


def test_a_plain_graph_and_a_lone_dm_get_a_report() -> None:
    graph = loads(
        "{detente: 1, title: A, states: {one: The first, two: The second}, decision_makers: "
        "{a: {moves: [one -> two], preferences: {rank: [two, one]}}}, status_quo: one}"
    )
    page = Page(html(build(graph)))
    assert "1 of 2 states is an equilibrium" in page.words["what-can-hold"]
    assert "The case names no sources" in page.words["sources"]


@pytest.mark.parametrize("figures", [True, False])
def test_hostile_text_is_inert(figures: bool) -> None:
    text = html(build(hostile(), Options(figures=figures)))
    page = Page(text)
    assert {"script", "img", "iframe", "object", "embed", "link"} & {
        t for t, _ in page.elements
    } == (set())
    for _, attributes in page.elements:
        assert not [name for name in attributes if name.startswith("on") or name == "src"]
        assert attributes.get("href", "#")[0] == "#"
    assert "49" not in page.words["model"]
    assert "{{ 7*7 }}" in page.words["model"]
    assert "\u202e" not in text
    assert text.count("<!--") == 0
    policy = next(a["content"] for a in page.named("meta") if "http-equiv" in a)
    assert policy.startswith("default-src 'none'")
    assert "script-src" not in policy


def test_hostile_text_is_inert_in_markdown() -> None:
    from markdown_it import MarkdownIt

    text, figures = markdown(build(hostile()), "figures")
    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    tokens = [
        token
        for block in parser.parse(text)
        for token in (block, *(block.children or ()))
        if token.type != "inline"
    ]
    raw = [t.content for t in tokens if t.type in ("html_block", "html_inline")]
    assert [
        part for part in raw if not re.fullmatch(r'<a id="[\w-]+">|</a>|\n*', part.strip())
    ] == ([part for part in raw if re.fullmatch(r'<a id="[\w-]+"></a>', part.strip())])
    links = [str(t.attrGet("href")) for t in tokens if t.type == "link_open"]
    assert [link for link in links if not link.startswith("#")] == []
    images = [str(t.attrGet("src")) for t in tokens if t.type == "image"]
    assert images == [f"figures/{name}" for name in figures]
    assert "\u202e" not in text


def test_markdown_has_the_same_content_as_the_page() -> None:
    from markdown_it import MarkdownIt

    document = build(load("elmira"))
    text, figures = markdown(document, "f")
    assert sorted(figures) == ["evolution.svg", "graph.svg", "ranks.svg", "settlements.svg"]
    page = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    bare = re.sub(r"<(nav|style|svg).*?</\1>", "", html(document), flags=re.DOTALL)
    assert len(Words(page).words) > 500
    assert Words(page).words == Words(bare).words


class Words(HTMLParser):
    """The words of a page's headings, tables and lists, in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.heading = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.heading = self.heading or bool(re.fullmatch("h[1-6]|td|th|li", tag))

    def handle_endtag(self, tag: str) -> None:
        if re.fullmatch("h[1-6]|td|th|li", tag):
            self.heading = False

    def handle_data(self, data: str) -> None:
        if self.heading:
            self.words += data.replace("[", "").replace("]", "").split()


def test_the_same_bytes_in_every_process(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text(SMALL, encoding="utf-8")
    script = (
        "import hashlib; from detente.case import load;"
        "from detente.report import build, gather, html; case = load('case.yaml');"
        "page = html(build(case, None, gather(case)));"
        "print(hashlib.sha256(page.encode()).hexdigest())"
    )
    hashes = set()
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "src")},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
        hashes.add(done.stdout)
    assert len(hashes) == 1


def test_a_date_is_printed_only_when_given() -> None:
    plain = html(build(load("chicken"), Options(figures=False)))
    dated = html(build(load("chicken"), Options(figures=False, date="1 May 2026")))
    assert f"Made with détente {__version__}</p>" in plain
    assert f"Made with détente {__version__}, 1 May 2026</p>" in dated
    assert "--date &#39;1 May 2026&#39;" in dated


def test_works_cited_are_in_the_bibliography() -> None:
    text = (ROOT / "docs" / "bibliography.md").read_text(encoding="utf-8")
    keys = set(re.findall(r"^### (\S+)$", text, re.MULTILINE))
    assert set(WORKS) <= keys
    page = html(build(load("chicken"), Options(figures=False)))
    for authors in ("Nash 1950", "Howard 1971", "Fraser and Hipel 1979", "Rego and Vieira 2015"):
        assert f"({authors})" in page
