// The canvas: loaded when a graph is first shown. Positions come from the server.
import cytoscape from "cytoscape";
import type { Core, StylesheetJson } from "cytoscape";
import type { Graph, Results } from "./api";
import { colour } from "./theme.svelte";

export interface Shown {
  improvementsOnly: boolean;
  without: Set<number>;
  chosen: number | null;
  path: number[];
}

export interface Drawing {
  show(shown: Shown): void;
  repaint(): void;
  fit(): void;
  remove(): void;
}

const DASHES: ("solid" | "dashed" | "dotted")[] = ["solid", "dashed", "dotted", "dashed"];
const BUSY = 60;

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
  const height = Math.max(320, 75 * Math.sqrt(graph.states.length));
  const core: Core = cytoscape({
    container: frame,
    elements: [...nodes(graph, results, equilibria, height), ...edges(graph)],
    layout: { name: "preset", fit: true, padding: 24 },
    style: styles(results, graph.states.length > BUSY),
    minZoom: 0.05,
    maxZoom: 4,
    pixelRatio: "auto",
    hideEdgesOnViewport: graph.moves.length > 3000,
    textureOnViewport: graph.moves.length > 3000,
    selectionType: "single",
    boxSelectionEnabled: false,
  });
  core.on("tap", "node", (event) => choose(Number(event.target.id())));
  core.on("tap", (event) => {
    if (event.target === core) choose(-1);
  });
  return {
    show: (shown) => show(core, shown),
    repaint: () => void core.style(styles(results, graph.states.length > BUSY)),
    fit: () => void core.fit(undefined, 24),
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
  return graph.moves.map(([source, target, dm, better], i) => ({
    data: { id: `m${i}`, source: String(source), target: String(target), dm },
    classes: `dm${dm} ${better ? "better" : "other"}`,
  }));
}

function show(core: Core, { improvementsOnly, without, chosen, path }: Shown): void {
  const steps = new Set(path.slice(1).map((to, i) => `${path[i]}>${to}`));
  core.batch(() => {
    core.elements().removeClass("gone dim path chosen near");
    core.edges().forEach((edge) => {
      const hidden = without.has(edge.data("dm")) || (improvementsOnly && edge.hasClass("other"));
      if (hidden) edge.addClass("gone");
    });
    const centre = chosen === null ? null : core.getElementById(String(chosen));
    if (centre?.nonempty()) {
      const near = centre.union(centre.outgoers().filter((element) => !element.hasClass("gone")));
      const around = near.union(near.edges().targets());
      const way = core.collection()
        .union(core.nodes().filter((node) => path.includes(Number(node.id()))))
        .union(core.edges(".better").filter((edge) => steps.has(`${edge.source().id()}>${edge.target().id()}`) && !edge.hasClass("gone")));
      core.elements().difference(around).difference(way).addClass("dim");
      near.addClass("near");
      way.addClass("path");
      centre.addClass("chosen");
    }
  });
}

function styles(results: Results, busy: boolean): StylesheetJson {
  const [ink, sheet, line, accent, tint] = ["--ink", "--sheet", "--strong", "--accent", "--tint"].map(colour);
  return [
    {
      selector: "node",
      style: {
        label: "data(label)", "font-size": 13, color: ink!, "text-valign": "center", "text-halign": "center",
        width: 34, height: 26, shape: "ellipse", "background-color": sheet!, "border-width": 1, "border-color": line!,
        "min-zoomed-font-size": 7,
      },
    },
    { selector: "node.equilibrium", style: { width: 44, height: 34, "border-width": 4, "border-style": "double", "border-color": accent!, "background-color": tint!, "font-weight": "bold", "z-index": 5 } },
    { selector: "node.quo", style: { shape: "rectangle", "border-width": 3, "border-color": ink!, "z-index": 6 } },
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
    { selector: "edge.near", style: { width: 3, opacity: 1, "z-index": 8 } },
    { selector: "edge.path", style: { width: 6, opacity: 1, "z-index": 9 } },
    { selector: ".dim", style: { opacity: busy ? 0.07 : 0.15 } },
    { selector: "node.equilibrium.dim, node.quo.dim", style: { opacity: 0.6 } },
    { selector: ".gone", style: { display: "none" } },
  ];
}
