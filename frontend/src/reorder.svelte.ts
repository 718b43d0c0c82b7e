// A list whose entries are put in another order: dragged, or moved with the arrow keys on a handle.
import { tick } from "svelte";

export class Reorder {
  dragged = $state<number | null>(null);
  over = $state<number | null>(null);
  said = $state("");
  list: HTMLElement | undefined = $state();

  /** `move` takes an entry to another position; `count` tells how many there are. */
  constructor(
    private readonly move: (from: number, to: number) => Promise<void>,
    private readonly count: () => number,
    private readonly what: string,
  ) {}

  async shift(from: number, to: number, refocus = false): Promise<void> {
    if (to < 0 || to >= this.count() || from === to) return;
    await this.move(from, to);
    this.said = `${this.what} moved to position ${to + 1} of ${this.count()}`;
    if (!refocus) return;
    await tick();
    this.list?.querySelectorAll<HTMLElement>(".handle")?.[to]?.focus();
  }

  /** What an entry listens to. */
  entry(index: number) {
    return {
      ondragover: (event: DragEvent) => {
        if (this.dragged === null) return;
        event.preventDefault();
        this.over = index;
      },
      ondragleave: () => { this.over = null; },
      ondrop: (event: DragEvent) => {
        if (this.dragged === null) return;
        event.preventDefault();
        void this.shift(this.dragged, index);
        this.dragged = this.over = null;
      },
      onkeydown: (event: KeyboardEvent) => {
        const step = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
        const onHandle = (event.target as Element).classList.contains("handle");
        if (!step || !(event.altKey || onHandle)) return;
        event.preventDefault();
        void this.shift(index, index + step, true);
      },
    };
  }

  /** What its handle listens to. */
  handle(index: number, words: string) {
    return {
      draggable: true,
      ondragstart: (event: DragEvent) => {
        this.dragged = index;
        event.dataTransfer?.setData("text/plain", words);
      },
      ondragend: () => { this.dragged = this.over = null; },
    };
  }
}
