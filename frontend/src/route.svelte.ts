// The address of what is shown: /view/case?settings. Everything that a reader may want to share is in it.

import { tick } from "svelte";

export const VIEWS = ["source", "model", "states", "graph", "verdicts", "whatif", "text"] as const;
export type View = (typeof VIEWS)[number];

export interface Place {
  view: View | "cases";
  id: string;
  settings: Record<string, string>;
}

export function read(pathname: string, search: string): Place {
  const [, first = "", ...rest] = pathname.split("/");
  const id = rest.map(decodeURIComponent).join("/");
  const view = VIEWS.find((name) => name === first);
  const settings = Object.fromEntries(new URLSearchParams(search));
  return view && id ? { view, id, settings } : { view: "cases", id: "", settings: {} };
}

export function write({ view, id, settings }: Place): string {
  if (view === "cases") return "/";
  const kept = Object.entries(settings).filter(([, value]) => value !== "");
  const query = new URLSearchParams(kept).toString();
  const path = id.split("/").map(encodeURIComponent).join("/");
  return `/${view}/${path}${query ? `?${query}` : ""}`;
}

class Route {
  place = $state<Place>(read(location.pathname, location.search));

  constructor() {
    addEventListener("popstate", () => {
      this.place = read(location.pathname, location.search);
    });
  }

  /** The address of a view of the open case; what the results rest on stays unless something else is given. */
  to(view: View, settings: Record<string, string> = {}): string {
    const kept = { as: this.setting("as"), suppose: this.setting("suppose"), opponents: this.setting("opponents") };
    return write({ view, id: this.place.id, settings: { ...kept, ...settings } });
  }

  /** Answers to open questions that the address supposes, by position. */
  get supposed(): Record<string, number> {
    const pairs = this.setting("suppose").split(",").map((one) => one.split(":") as [string, string]);
    return Object.fromEntries(pairs.filter(([id, at]) => id && /^\d{1,9}$/.test(at ?? "")).map(([id, at]) => [id, Number(at)]));
  }

  go(address: string): void {
    history.pushState(null, "", address);
    this.place = read(location.pathname, location.search);
    scrollTo(0, 0);
    // What was followed may be gone: the keyboard goes on from the new content, not from the top of the page.
    void tick().then(() => {
      if (document.activeElement === document.body) document.getElementById("main")?.focus({ preventScroll: true });
    });
  }

  setting(name: string): string {
    return this.place.settings[name] ?? "";
  }

  /** Change settings of the current view, without a new entry in the browser's history. */
  set(settings: Record<string, string>): void {
    this.place = { ...this.place, settings: { ...this.place.settings, ...settings } };
    history.replaceState(null, "", write(this.place));
  }

  /** Follow links inside the workbench without loading the page anew. */
  follow = (event: MouseEvent): void => {
    const link = (event.target as Element | null)?.closest?.("a");
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
    if (!link || !plain || link.target || link.download || link.origin !== location.origin) return;
    if (link.hash && link.pathname === location.pathname) return;
    event.preventDefault();
    this.go(link.pathname + link.search);
  };
}

/** The setting that supposes some answers. */
export const supposing = (answers: Record<string, number>): string =>
  Object.entries(answers).map(([id, at]) => `${id}:${at}`).join(",");

export const route = new Route();
