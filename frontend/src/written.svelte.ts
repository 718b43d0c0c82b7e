// Which claims hold as written, in the file and in the draft. Asked for after the results and apart from them,
// so that these never wait; one question at a time, the newest next.
import { api } from "./api";
import type { About } from "./api";

interface Asked {
  file: About;
  draft: About;
}
type Holds = Record<string, boolean>;

/** Edits that follow each other closely are judged once. */
const PAUSE = 100;

/** Before the first edit file and draft are the same: then the server is asked once. */
const alike = ({ file, draft }: Asked): boolean => JSON.stringify(file) === JSON.stringify(draft);

class Written {
  file = $state.raw<Holds>({});
  draft = $state.raw<Holds>({});
  busy = $state(false);
  message = $state("");

  private id = "";
  private wanted: Asked | null = null;
  private running = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  ask(asked: Asked): void {
    if (asked.draft.id !== this.id) [this.id, this.file, this.draft] = [asked.draft.id, {}, {}];
    this.wanted = asked;
    this.busy = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.run(), PAUSE);
  }

  /** An edit is under way: it goes first. */
  wait(): void {
    clearTimeout(this.timer);
  }

  private async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    while (this.wanted) {
      const asked = this.wanted;
      try {
        const file = api.claims(asked.file);
        const [before, now] = await Promise.all([file, alike(asked) ? file : api.claims(asked.draft)]);
        if (asked === this.wanted) [this.file, this.draft, this.message] = [before.holds, now.holds, ""];
      } catch (error) {
        this.message = error instanceof Error ? error.message : String(error);
      }
      if (asked === this.wanted) this.wanted = null;
    }
    this.running = this.busy = false;
  }
}

export const written = new Written();
