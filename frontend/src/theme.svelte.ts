// Light or dark: as the system says, or as chosen here.

export type Theme = "system" | "light" | "dark";
const NEXT: Record<Theme, Theme> = { system: "light", light: "dark", dark: "system" };

function stored(): Theme {
  const value = localStorage.getItem("detente:theme");
  return value === "light" || value === "dark" ? value : "system";
}

class Appearance {
  theme = $state<Theme>(stored());

  constructor() {
    this.apply();
  }

  next(): void {
    this.theme = NEXT[this.theme];
    localStorage.setItem("detente:theme", this.theme);
    this.apply();
  }

  private apply(): void {
    document.documentElement.dataset.theme = this.theme;
  }
}

export const appearance = new Appearance();

/** A colour of the style sheet as the browser draws it now, for canvases. */
export function colour(name: string): string {
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}
