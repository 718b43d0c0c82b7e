// What becomes of the claims: as written at once, over all combinations in a sweep that can be stopped.
import { judge } from "./api";
import { recallJudged, rememberJudged } from "./memory";
import type { JudgeEvent, JudgedClaim, ReadingView } from "./api";

class Judgement {
  /** The text that the results below are about. */
  text = $state("");
  readings = $state.raw<ReadingView[]>([]);
  judged = $state.raw<Map<string, JudgedClaim>>(new Map());
  judgedText = $state("");
  done = $state(0);
  total = $state(0);
  /** Seconds that are probably left, and after how many the server stops. */
  left = $state(0);
  seconds = $state(0);
  sweeping = $state(false);
  message = $state("");
  private control: AbortController | null = null;

  static key = (reading: string, claim: string) => `${reading} ${claim}`;

  of(reading: string, claim: string): JudgedClaim | undefined {
    return this.judged.get(Judgement.key(reading, claim));
  }

  /** Judge a text's claims as written or, in a sweep, over all or over so many drawn combinations. */
  async run(id: string, text: string, sweep: boolean, draws = 0): Promise<void> {
    if (this.sweeping && !sweep && text === this.text) return;
    this.cancel();
    const control = new AbortController();
    this.control = control;
    this.message = "";
    this.sweeping = sweep;
    this.done = this.total = this.left = 0;
    if (sweep || text !== this.judgedText) this.judged = new Map();
    if (!sweep && !this.judged.size) this.restore(id, text);
    const readings: ReadingView[] = [];
    const take = (event: JudgeEvent): void => {
      if (control !== this.control) return;
      if (event.message) this.message = event.message;
      if (event.seconds) this.seconds = event.seconds;
      if (event.reading) readings.push(event.reading);
      if (event.total) [this.done, this.total, this.left] = [event.done ?? 0, event.total, event.left ?? 0];
      if (event.judged?.length) {
        const next = new Map(this.judged);
        for (const one of event.judged) next.set(Judgement.key(one.reading, one.claim), one);
        this.judged = next;
        this.judgedText = text;
      }
      this.readings = [...readings, ...this.readings.slice(readings.length)];
      this.text = text;
    };
    try {
      await judge({ id, text, sweep, draws }, control.signal, take);
      if (control === this.control) this.readings = readings;
    } catch (error) {
      if (control.signal.aborted) return;
      this.message = error instanceof Error ? error.message : String(error);
    } finally {
      if (control === this.control) this.sweeping = false;
      if (this.judged.size && this.judgedText === text) rememberJudged(id, { text, judged: [...this.judged.values()] });
    }
  }

  /** Show again what was judged of this very text before the page was loaded anew. */
  private restore(id: string, text: string): void {
    const kept = recallJudged(id);
    if (kept?.text !== text) return;
    this.judged = new Map(kept.judged.map((one) => [Judgement.key(one.reading, one.claim), one]));
    this.judgedText = text;
  }

  /** Stop; what has been told by now stays. */
  stop(): void {
    const [done, total] = [this.done, this.total];
    this.cancel();
    if (total) this.message = `Stopped: ${done} of ${total} combinations are judged. What is shown rests on these.`;
  }

  cancel(): void {
    this.control?.abort();
    this.control = null;
    this.sweeping = false;
  }
}

export const judgement = new Judgement();
