// The open case: the file as it was read, the text as it is now, and what the server says of it.
import { api, Refused } from "./api";
import type { About, Act, CaseFile, Conflicting, Doubt, Edit, Look, Opponents, Results } from "./api";
import { empty, record, redone, undone } from "./history";
import type { History } from "./history";
import { forget, recall, remember } from "./memory";

const POLL = 4000;

interface Job {
  mark: string;
  edits: Edit[];
  acts: Act[];
  /** The reading that is shown when it is done, and that it is therefore done in. */
  reading: string;
}

class Bench {
  file = $state.raw<CaseFile | null>(null);
  text = $state("");
  history = $state.raw<History>(empty());
  look = $state.raw<Look | null>(null);
  /** The last sound results: they stay, dimmed, while something faulty is being typed. */
  results = $state.raw<Results | null>(null);
  base = $state.raw<Look | null>(null);
  /** What is open in the reading shown; the last known while something faulty is being typed. */
  doubts = $state.raw<Doubt[]>([]);
  opponents = $state<Opponents>("legal");
  /** The named reading whose states and results are shown; empty for the case as written. */
  reading = $state("");
  /** Answers to open questions that are tried out, by position; the text says nothing of them. */
  answers = $state.raw<Record<string, number>>({});
  theirs = $state.raw<CaseFile | null>(null);
  message = $state("");
  saved = $state("");
  busy = $state(0);

  private queue: Promise<unknown> = Promise.resolve();
  private waiting: Job | null = null;
  private ticket = 0;

  get changed(): boolean {
    return this.file !== null && this.text !== this.file.text;
  }

  get stale(): boolean {
    return this.look !== null && this.look.results === null;
  }

  /** The text in the chosen reading; the file is taken without the answers that are tried out. */
  about(text: string, answers = this.answers): About {
    return { id: this.file!.id, text, reading: this.reading, answers };
  }

  private async lookAtFile(text: string): Promise<Look> {
    return api.look(this.about(text, {}), [], this.opponents);
  }

  constructor() {
    setInterval(() => void this.watch(), POLL);
    addEventListener("focus", () => void this.watch());
  }

  async open(id: string): Promise<void> {
    if (this.file?.id === id) return;
    Object.assign(this, { file: null, look: null, results: null, base: null, theirs: null, doubts: [] });
    this.message = "";
    await this.attempt(async () => {
      const file = await api.case(id);
      const kept = recall(id);
      this.history = kept?.history ?? empty();
      this.text = kept?.text ?? file.text;
      this.saved = this.text === file.text ? "" : "Your changes from before are here again. They are not saved.";
      if (kept && kept.version !== file.version && kept.text !== file.text) {
        this.theirs = file;
        this.file = { ...file, version: kept.version };
      } else {
        this.file = file;
      }
      await this.refresh();
      this.base = await this.lookAtFile(file.text);
    });
  }

  /** Change the text by edits; letters typed into one field share a mark and are one step. */
  edit(edits: Edit[], label: string, mark = ""): Promise<void> {
    return this.do({ mark, edits, acts: [], reading: this.reading }, label);
  }

  /** Do something on the tab of the reading that is shown: there, not in the case as written. */
  act(acts: Act[], label: string, mark = ""): Promise<void> {
    return this.do({ mark, edits: [], acts, reading: this.look?.tab?.reading ?? "" }, label);
  }

  private do(job: Job, label: string): Promise<void> {
    const mark = job.mark;
    if (mark && this.waiting?.mark === mark) {
      Object.assign(this.waiting, job); // not sent yet: only the newest counts
      return this.queue as Promise<void>;
    }
    this.waiting = mark ? job : null;
    this.queue = this.queue.then(() => {
      if (this.waiting === job) this.waiting = null;
      return this.attempt(async () => {
        const about = { ...this.about(this.text), reading: job.reading };
        const look = await api.look(about, job.edits, this.opponents, job.acts);
        this.change(look.text, label, mark);
        if (job.reading === this.reading) this.show(look);
        else await this.refresh();
      });
    });
    return this.queue as Promise<void>;
  }

  /** Replace the whole text, as the text view does. */
  write(text: string): void {
    this.change(text, "change the text", "text");
    void this.refresh();
  }

  undo(): void {
    this.step(undone(this.history, this.text));
  }

  redo(): void {
    this.step(redone(this.history, this.text));
  }

  revert(): void {
    if (!this.file || !this.changed) return;
    this.change(this.theirs?.text ?? this.file.text, "go back to the file");
    if (this.theirs) this.takeVersion(this.theirs);
    void this.refresh();
  }

  /** Keep our text over what somebody else wrote; saving then replaces it. */
  keepMine(): void {
    if (this.theirs) this.takeVersion(this.theirs);
  }

  async save(): Promise<void> {
    await this.queue; // what was typed last is saved, too
    const file = this.file;
    if (!file || !this.changed || !file.writable) return;
    const text = this.text;
    await this.attempt(async () => {
      try {
        const { version } = await api.save(file.id, text, file.version);
        this.file = { ...file, text, version };
        this.base = await this.lookAtFile(text);
        this.saved = `Saved ${file.file}`;
        this.keep();
      } catch (error) {
        if (!(error instanceof Refused) || error.status !== 409) throw error;
        this.theirs = error.answer as Conflicting;
      }
    });
  }

  /** Let opponents answer in another way, in the file and in the draft. */
  choose(opponents: Opponents): void {
    if (opponents === this.opponents) return;
    this.opponents = opponents;
    this.again();
  }

  /** Show another reading, of the file and of the draft. */
  read(reading: string): void {
    if (reading === this.reading) return;
    this.reading = reading;
    this.again();
  }

  /** Look anew at the file and at the draft. */
  private again(): void {
    if (!this.file) return;
    const file = this.file;
    this.queue = this.queue.then(() => this.refresh());
    void this.queue.then(() =>
      this.attempt(async () => {
        this.base = await this.lookAtFile(file.text);
      }),
    );
  }

  /** Try out answers to open questions, on top of the reading. */
  suppose(answers: Record<string, number>): void {
    if (JSON.stringify(answers) === JSON.stringify(this.answers)) return;
    this.answers = answers;
    if (this.file) void this.refresh();
  }

  private step(made: { text: string; history: History } | null): void {
    if (!made) return;
    this.text = made.text;
    this.history = made.history;
    this.keep();
    void this.refresh();
  }

  private change(text: string, label: string, mark = ""): void {
    if (text === this.text) return;
    this.history = record(this.history, { text: this.text, label, mark });
    this.text = text;
    this.saved = "";
    this.keep();
  }

  private takeVersion(file: CaseFile): void {
    this.file = file;
    this.theirs = null;
    void this.attempt(async () => {
      this.base = await this.lookAtFile(file.text);
    });
    this.keep();
  }

  private async refresh(): Promise<void> {
    const ticket = ++this.ticket;
    await this.attempt(async () => {
      const look = await api.look(this.about(this.text), [], this.opponents);
      if (ticket === this.ticket && look.text === this.text) this.show(look);
    });
  }

  private show(look: Look): void {
    this.look = look;
    if (look.results) this.results = look.results;
    if (look.tab?.doubts) this.doubts = look.tab.doubts;
  }

  private keep(): void {
    if (!this.file) return;
    const { id, version } = this.file;
    if (!this.changed && this.history.past.length === 0) forget(id);
    else remember(id, { version, text: this.text, history: this.history });
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    this.busy++;
    try {
      await work();
      this.message = "";
    } catch (error) {
      this.message = error instanceof Error ? error.message : String(error);
    } finally {
      this.busy--;
    }
  }

  /** Notice when the file changes on disk. */
  private async watch(): Promise<void> {
    const file = this.file;
    if (!file || document.hidden || this.theirs || this.busy) return;
    const found = await api.version(file.id).catch(() => null);
    if (!found || found.version === file.version || this.file !== file) return;
    const theirs = await api.case(file.id).catch(() => null);
    if (!theirs || this.file !== file) return;
    if (this.changed) {
      this.theirs = theirs;
    } else {
      this.file = theirs;
      this.change(theirs.text, "take over the change on disk");
      await this.refresh();
      this.base = await this.lookAtFile(theirs.text);
    }
  }
}

export const bench = new Bench();
