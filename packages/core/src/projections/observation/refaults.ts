import { FrameLossCause, UnmapCause } from "../../events/index.ts";
import type { RefaultObservations } from "../../metrics/index.ts";
import { PageMarks, type SavedMarks } from "./page-marks.ts";
import { PerVm } from "./per-vm.ts";

/** Why a page is not there. Real pages are stolen or reported, virtual pages ballooned or evicted. */
const Mark = { None: 0, Stolen: 1, Reported: 2, Ballooned: 3, Evicted: 4 } as const;

type Counts = { -readonly [Name in keyof RefaultObservations]: number };
type VmMarks = { readonly real: PageMarks; readonly processes: PerVm<PageMarks>; readonly counts: Counts };

export type SavedRefaults = readonly {
  readonly real: SavedMarks;
  readonly processes: readonly SavedMarks[];
  readonly counts: Readonly<Counts>;
}[];

/** Pages that came back after they had been taken, by what had taken them last. */
export class Refaults {
  readonly #vms: PerVm<VmMarks>;

  constructor(saved: SavedRefaults = []) {
    this.#vms = new PerVm(
      newMarks,
      saved.map(({ real, processes, counts }) => ({
        real: PageMarks.restore(real),
        processes: new PerVm(
          newPageMarks,
          processes.map((marks) => PageMarks.restore(marks)),
        ),
        counts: { ...counts },
      })),
    );
  }

  /** The hypervisor took the frame of a real page. A page whose content is kept comes back by a fault whose kind tells. */
  loseFrame(vm: number, real: number, cause: number): void {
    if (cause === FrameLossCause.Steal) this.#vms.of(vm).real.set(real, Mark.Stolen);
    else if (cause === FrameLossCause.FreePageReport) this.#vms.of(vm).real.set(real, Mark.Reported);
  }

  /** A real page got a frame, and what it held was kept nowhere. */
  backWithZeros(vm: number, real: number): void {
    const { real: marks, counts } = this.#vms.of(vm);
    const mark = marks.take(real);
    if (mark === Mark.Stolen) counts.zeroPages++;
    else if (mark === Mark.Reported) counts.reportedPages++;
  }

  /** Whatever becomes of these real pages now, they do not come back. */
  forget(vm: number, first: number, end: number): void {
    this.#vms.of(vm).real.clear(first, end);
  }

  /** A guest took a virtual page from its process. */
  unmap(vm: number, process: number, virtual: number, cause: number): void {
    if (cause === UnmapCause.Exit) return;
    this.#vms
      .of(vm)
      .processes.of(process)
      .set(virtual, cause === UnmapCause.Balloon ? Mark.Ballooned : Mark.Evicted);
  }

  miss(vm: number, process: number, virtual: number): void {
    const { processes, counts } = this.#vms.of(vm);
    const mark = processes.of(process).take(virtual);
    if (mark === Mark.Ballooned) counts.balloonedPages++;
    else if (mark === Mark.Evicted) counts.guestPages++;
  }

  /** Pages that were read before an access missed them. */
  readAhead(vm: number, process: number, first: number, end: number): void {
    this.#vms.of(vm).processes.of(process).clear(first, end);
  }

  /** What was counted of it stays. */
  terminate(vm: number): void {
    const { counts } = this.#vms.of(vm);
    this.#vms.items[vm - 1] = { ...newMarks(), counts };
  }

  observed(vm: number): RefaultObservations {
    return { ...(this.#vms.items.at(vm - 1)?.counts ?? newMarks().counts) };
  }

  save(): SavedRefaults {
    return this.#vms.items.map(({ real, processes, counts }) => ({
      real: real.save(),
      processes: processes.items.map((marks) => marks.save()),
      counts: { ...counts },
    }));
  }
}

function newMarks(): VmMarks {
  const counts = { zeroPages: 0, reportedPages: 0, balloonedPages: 0, guestPages: 0 };
  return { real: new PageMarks(), processes: new PerVm(newPageMarks), counts };
}

function newPageMarks(): PageMarks {
  return new PageMarks();
}
