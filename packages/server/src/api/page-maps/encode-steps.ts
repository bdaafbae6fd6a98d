import type { SpaceInfo, Steps, StepWindow, WindowKind } from "../../history/index.ts";
import type { ByteWriter } from "./byte-writer.ts";
import { beginAnswer, headerSpace } from "./header.ts";
import { RunWriter } from "./run-writer.ts";

export type StepRange = {
  readonly kind: WindowKind;
  readonly from: number;
  readonly to: number;
};

/** What each step of (from, to] changes, from the windows that have them. */
export function* encodeSteps(windows: readonly StepWindow[], { kind: { stepEvents }, from, to }: StepRange): Steps<Uint8Array> {
  const startNs = windows.find((window) => window.to >= from)?.timeNsAt(from) ?? 0;
  const spaces = (windows.at(-1)?.spacesAt(to) ?? []).map((space) =>
    Object.assign(headerSpace(space), { since: sinceIn(windows, space, from) }),
  );
  const kind = stepEvents === 1 ? { kind: "steps" } : { kind: "leaps", events: stepEvents };
  const bytes = beginAnswer({ ...kind, from, fromTimeNs: startNs, to, spaces });
  const steps = new StepWriter(bytes);
  let timeNs = startNs;
  for (const window of windows) {
    yield;
    const end = Math.min(window.to, to);
    for (let position = Math.max(window.from, from) + stepEvents; position <= end; position += stepEvents) {
      const now = window.timeNsAt(position);
      steps.write(window, position, now - timeNs);
      timeNs = now;
    }
  }
  return bytes.written;
}

/** The first position from `from` on at which a space is there: the window that it comes in says so. */
function sinceIn(windows: readonly StepWindow[], { vm }: SpaceInfo, from: number): number {
  const first = windows.flatMap((window) => window.spacesAt(window.to)).find((space) => space.vm === vm);
  return Math.max(first?.since ?? from, from);
}

type CellRun = { readonly space: number; readonly first: number; readonly pages: number; readonly xor: number };

/** Of each step: the time since the one before in ns, how many spaces change, and of each its number and its runs. */
class StepWriter {
  readonly #bytes: ByteWriter;
  readonly #runs = new RunWriter();

  constructor(bytes: ByteWriter) {
    this.#bytes = bytes;
  }

  write(window: StepWindow, position: number, sinceNs: number): void {
    const changed: CellRun[] = [];
    window.eachRun(position, (space, first, pages, xor) => changed.push({ space, first, pages, xor }));
    // An event names pages in any order.
    if (changed.length > 1) changed.sort((left, right) => left.space - right.space || left.first - right.first);
    this.#bytes.number(sinceNs);
    this.#bytes.number(new Set(changed.map(({ space }) => space)).size);
    changed.forEach(({ space, first, pages, xor }, index) => {
      if (index === 0 || changed[index - 1]?.space !== space) this.#bytes.number(space);
      this.#runs.add(first, pages, xor);
      if (changed[index + 1]?.space !== space) this.#runs.finish(this.#bytes);
    });
  }
}
