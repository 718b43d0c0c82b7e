// The canvas: loaded when a graph is first shown. Positions come from the server.
import cytoscape from "cytoscape";
import type { Core, EdgeSingular, StylesheetJson } from "cytoscape";
import type { Graph, Move, Results } from "./api";
import { isBusy } from "./moves";
import { colour } from "./theme.svelte";

export interface Shown {
  kinds: Set<Move[3]>;
  without: Set<number>;
  chosen: number | null;
  path: number[];
  /** Where improvements lead from the chosen state or the status quo; the rest of a busy picture is faint. */
  ahead: Set<number>;
}

export interface Drawing {
  show(shown: Shown): void;
  repaint(): void;
  fit(): void;
  remove(): void;
}

const DASHES: ("solid" | "dashed" | "dotted")[] = ["solid", "dashed", "dotted", "dashed"];

const PADDING = 24;
const FONT = 13;
const READABLE = 8;

/** The library writes its own style element, which the content security policy refuses; it does not
 * when it finds one of that name. */
function withoutStyleElement(): void {
  const id = "__________cytoscape_stylesheet";
  if (document.getElementById(id)) return;
  const stand = document.createElement("meta");
  stand.id = id;
  document.head.append(stand);
}

export function draw(
  frame: HTMLElement,
  graph: Graph,
  results: Results,
  equilibria: Set<number>,
  choose: (state: number) => void,
): Drawing {
  withoutStyleElement();
  const busy = isBusy(graph);
  const height = Math.max(320, 75 * Math.sqrt(graph.states.length));
  const core: Core = cytoscape({
    container: frame,
    elements: [...nodes(graph, results, equilibria, height), ...edges(graph)],
    layout: { name: "preset", fit: true, padding: PADDING },
    style: styles(results, busy),
    minZoom: 0.05,
    maxZoom: 4,
    pixelRatio: "auto",
    hideEdgesOnViewport: graph.moves.length > 3000,
    textureOnViewport: graph.moves.length > 3000,
    selectionType: "single",
    boxSelectionEnabled: false,
  });
  let fresh = true;
  core.on("tap", "node", (event) => choose(Number(event.target.id())));
  core.on("tap", (event) => {
    if (event.target === core) choose(-1);
  });
  return {
    show: (shown) => {
      show(core, shown, busy);
      // On a small screen the ids could not be read: begin with what matters.
      if (fresh && core.zoom() * FONT < READABLE) core.fit(core.elements(".strong"), PADDING);
      fresh = false;
    },
    repaint: () => void core.style(styles(results, busy)),
    fit: () => void core.fit(undefined, PADDING),
    remove: () => core.destroy(),
  };
}

function nodes(graph: Graph, results: Results, equilibria: Set<number>, height: number) {
  return graph.states.map((state, i) => ({
    data: { id: String(state), label: results.ids[state] },
    position: { x: graph.x[i]! * height * 1.5, y: graph.y[i]! * height },
    classes: [
      equilibria.has(state) ? "equilibrium" : "",
      state === results.status_quo ? "quo" : "",
    ].join(" "),
  }));
}

function edges(graph: Graph) {
  return graph.moves.map(([source, target, dm, kind], i) => ({
    data: { id: `m${i}`, source: String(source), target: String(target), dm, kind },
    classes: `dm${dm} ${kind}`,
  }));
}

function show(core: Core, { kinds, without, chosen, path, ahead }: Shown, busy: boolean): void {
  const steps = new Set(path.slice(1).map((to, i) => `${path[i]}>${to}`));
  const at = (state: string) => Number(state);
  core.batch(() => {
    core.elements().removeClass("gone dim strong path chosen near ahead");
    const onWay = (edge: EdgeSingular) =>
      edge.data("kind") !== "other" && steps.has(`${edge.data("source")}>${edge.data("target")}`);
    const drawn = core.edges().filter((edge) => !without.has(edge.data("dm")) && (kinds.has(edge.data("kind")) || onWay(edge)));
    core.edges().difference(drawn).addClass("gone");
    const centre = core.getElementById(String(chosen));
    const near = centre.union(centre.outgoers().intersection(drawn));
    const further = drawn.filter((edge) => ahead.has(at(edge.data("source"))) && edge.data("kind") !== "other");
    const way = core.nodes().filter((node) => path.includes(at(node.id()))).union(drawn.filter(onWay));
    const reached = further.union(further.connectedNodes()).union(near).union(near.edges().targets()).union(way);
    reached.addClass("strong");
    if (centre.nonempty() || (busy && ahead.size)) core.elements().difference(reached).addClass("dim");
    further.addClass("ahead");
    near.addClass("near");
    way.addClass("path");
    centre.addClass("chosen");
  });
}

function styles(results: Results, busy: boolean): StylesheetJson {
  const [ink, sheet, line, accent, tint] = ["--ink", "--sheet", "--strong", "--accent", "--tint"].map(colour);
  return [
    {
      selector: "node",
      style: {
        label: "data(label)", "font-size": FONT, color: ink!, "text-valign": "center", "text-halign": "center",
        width: 34, height: 26, shape: "ellipse", "background-color": sheet!, "border-width": 1, "border-color": line!,
        "min-zoomed-font-size": 7,
      },
    },
    { selector: "node.equilibrium", style: { width: 44, height: 34, "border-width": 4, "border-style": "double", "border-color": accent!, "background-color": tint!, "font-weight": "bold", "z-index": 5 } },
    { selector: "node.quo", style: { shape: "rectangle", width: 44, height: 30, "border-width": 3, "border-color": ink!, "z-index": 6 } },
    { selector: "node.near", style: { "z-index": 8 } },
    { selector: "node.chosen", style: { "background-color": accent!, color: sheet!, "border-color": accent!, "z-index": 9 } },
    {
      selector: "edge",
      style: {
        width: busy ? 1 : 2, "curve-style": busy ? "straight" : "bezier", "target-arrow-shape": "triangle",
        "arrow-scale": busy ? 0.7 : 1, opacity: busy ? 0.35 : 0.9,
      },
    },
    { selector: "edge.other", style: { width: 1, opacity: busy ? 0.12 : 0.35, "arrow-scale": 0.6 } },
    ...results.decision_makers.map((_, dm) => {
      const painted = colour(`--dm${dm % 8}`);
      return { selector: `edge.dm${dm}`, style: { "line-color": painted, "target-arrow-color": painted, "line-style": DASHES[dm % 4]! } };
    }),
    { selector: "edge.ahead", style: { width: 2, opacity: 0.9, "arrow-scale": 1, "z-index": 7 } },
    { selector: "edge.near", style: { width: 3, opacity: 1, "z-index": 8 } },
    { selector: "edge.path", style: { width: 6, opacity: 1, "z-index": 9 } },
    { selector: "edge.dim", style: { opacity: busy ? 0.1 : 0.15 } },
    { selector: "node.dim", style: { opacity: 0.4 } },
    { selector: "node.equilibrium.dim, node.quo.dim", style: { opacity: 0.65 } },
    { selector: ".gone", style: { display: "none" } },
  ];
}
