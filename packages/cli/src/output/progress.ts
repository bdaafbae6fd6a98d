import type { Writable } from "node:stream";
import { terminalWidth } from "./terminal-width.ts";
import { fitText } from "./text-width.ts";

export type ProgressState = {
  readonly label: string;
  /** 0 to 1; undefined while the end is not known. */
  readonly fraction: number | undefined;
  /** What stands behind the bar, such as a rate. */
  readonly detail?: string;
};

const BAR_CELLS = 24;
/** A terminal is redrawn at most this often. */
const REDRAW_MS = 80;
/** Elsewhere every change of this much is one line, so that a log stays short. */
const PLAIN_STEP = 0.25;

/** Tells people who wait how far it is: one line that is redrawn on a terminal, few plain lines elsewhere. */
export class Progress {
  private readonly stream: Writable & { isTTY?: boolean; columns?: number | undefined };
  private readonly quiet: boolean;
  private shown = false;
  private drawnAt = 0;
  private readonly plainSteps = new Map<string, number>();

  constructor(stream: Writable & { isTTY?: boolean; columns?: number | undefined }, quiet = false) {
    this.stream = stream;
    this.quiet = quiet;
  }

  /** One thing that was done or begins now, as a line that stays. */
  say(message: string): void {
    if (this.quiet) return;
    this.clear();
    this.stream.write(`${message}\n`);
  }

  /** What happens in the background: shown on a terminal until something else is, and nowhere else. */
  hint(message: string): void {
    if (!this.quiet && this.stream.isTTY === true) this.draw({ label: message, fraction: undefined });
  }

  update(state: ProgressState): void {
    if (this.quiet) return;
    if (this.stream.isTTY === true) this.draw(state);
    else this.writePlainly(state);
  }

  /** Takes the redrawn line away; whatever follows begins on a clean one. */
  clear(): void {
    if (this.shown) this.stream.write("\r\u001b[K");
    this.shown = false;
  }

  private draw(state: ProgressState): void {
    const now = performance.now();
    if (this.shown && now - this.drawnAt < REDRAW_MS) return;
    this.drawnAt = now;
    this.shown = true;
    const line = describe(state, bar(state.fraction));
    // A line longer than the terminal would wrap, and only its last row be redrawn.
    this.stream.write(`\r\u001b[K${fitText(line, terminalWidth(this.stream.columns) - 1)}`);
  }

  private writePlainly(state: ProgressState): void {
    const step = Math.floor((state.fraction ?? 0) / PLAIN_STEP);
    if ((this.plainSteps.get(state.label) ?? -1) >= step) return;
    this.plainSteps.set(state.label, step);
    this.stream.write(`${describe(state, "")}\n`);
  }
}

function describe({ label, fraction, detail }: ProgressState, barText: string): string {
  const percent = fraction === undefined ? "" : `${Math.floor(fraction * 100)} %`;
  return [label, barText, percent, detail ?? ""].filter((part) => part !== "").join("  ");
}

function bar(fraction: number | undefined): string {
  if (fraction === undefined) return "";
  const filled = Math.round(Math.min(1, Math.max(0, fraction)) * BAR_CELLS);
  return `[${"#".repeat(filled)}${".".repeat(BAR_CELLS - filled)}]`;
}
