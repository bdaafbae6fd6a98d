import { describe, expect, test } from "vitest";
import { linesOf, readScenario, describeHistory } from "./tell-history.ts";

/** Oracle: the lecture's figure 3.27, event by event. Virtual pages 0 to 3 are red, yellow, green and dark blue. */

describe("ballooning with four pages", () => {
  const history = describeHistory("ballooning-four-pages");

  test("tells the story of the figure", () => {
    expect(history).toEqual(
      linesOf(`
      0 HostStarted framePages=4 mapping=two-level mmu=shadow swapPages=8
      0 VmAdmitted 1 configuredPages=4 overheadPages=0 name=giving committedPages=4
      0 VmStarted 1 configuredPages=4 name=giving
      0 ProcessStarted 1.1 virtualPages=4 backing=anonymous name=colours
      0 VmAdmitted 2 configuredPages=4 overheadPages=0 name=needy committedPages=8
      0 VmStarted 2 configuredPages=4 name=needy
      0 ProcessStarted 2.1 virtualPages=4 backing=anonymous name=work

      # Green and dark blue are touched first, then red and yellow: four real pages on four physical pages.
      10000 PageMissed 1.1 virtualPage=2 fault=minor access=store
      10000 PageMapped 1.1 virtualPage=2 realPage=0
      10000 Trapped 1.1 cause=page-table-update virtualPage=2 realPage=0 costNs=500
      10000 HostFaulted 1 realPage=0 fault=minor neededBy=other waitNs=0
      10000 FrameMapped 1 realPage=0 physicalPage=0
      20000 PageMissed 1.1 virtualPage=3 fault=minor access=store
      20000 PageMapped 1.1 virtualPage=3 realPage=1
      20000 Trapped 1.1 cause=page-table-update virtualPage=3 realPage=1 costNs=500
      20000 HostFaulted 1 realPage=1 fault=minor neededBy=other waitNs=0
      20000 FrameMapped 1 realPage=1 physicalPage=1
      30000 PageMissed 1.1 virtualPage=0 fault=minor access=store
      30000 PageMapped 1.1 virtualPage=0 realPage=2
      30000 Trapped 1.1 cause=page-table-update virtualPage=0 realPage=2 costNs=500
      30000 HostFaulted 1 realPage=2 fault=minor neededBy=other waitNs=0
      30000 FrameMapped 1 realPage=2 physicalPage=2
      40000 PageMissed 1.1 virtualPage=1 fault=minor access=store
      40000 PageMapped 1.1 virtualPage=1 realPage=3
      40000 Trapped 1.1 cause=page-table-update virtualPage=1 realPage=3 costNs=500
      40000 HostFaulted 1 realPage=3 fault=minor neededBy=other waitNs=0
      40000 FrameMapped 1 realPage=3 physicalPage=3
      40000 MemoryStateChanged from=high to=low freePages=0

      # Target 2. The driver learns it at its next poll, finds the two inactive pages and pins them ...
      500000 BalloonTargetSet 1 targetPages=2 previousPages=0 cause=command
      1000000 BalloonTargetLearned 1 targetPages=2 sizePages=0
      1000000 PagePagedOut 1.1 virtualPage=2 realPage=0 content=1
      1000000 PageUnmapped 1.1 virtualPage=2 realPage=0 cause=balloon
      1000000 Trapped 1.1 cause=page-table-update virtualPage=2 realPage=0 costNs=500
      1000000 BalloonPagePinned 1 realPage=0
      1000000 PagePagedOut 1.1 virtualPage=3 realPage=1 content=2
      1000000 PageUnmapped 1.1 virtualPage=3 realPage=1 cause=balloon
      1000000 Trapped 1.1 cause=page-table-update virtualPage=3 realPage=1 costNs=500
      1000000 BalloonPagePinned 1 realPage=1
      1000000 Trapped 1.0 cause=balloon-call virtualPage=none realPage=none costNs=9100
      1000000 FrameUnmapped 1 realPage=0 physicalPage=0 cause=balloon
      1000000 FrameUnmapped 1 realPage=1 physicalPage=1 cause=balloon
      1000000 BalloonInflated 1 grownPages=2 sizePages=2
      1000000 MemoryStateChanged from=low to=high freePages=2

      # They go to the needy VM, overwritten with zeros.
      1500000 PageMissed 2.1 virtualPage=0 fault=minor access=store
      1500000 PageMapped 2.1 virtualPage=0 realPage=0
      1500000 Trapped 2.1 cause=page-table-update virtualPage=0 realPage=0 costNs=500
      1500000 HostFaulted 2 realPage=0 fault=minor neededBy=other waitNs=0
      1500000 FrameZeroed 2 physicalPage=1
      1500000 FrameMapped 2 realPage=0 physicalPage=1
      1600000 PageMissed 2.1 virtualPage=1 fault=minor access=store
      1600000 PageMapped 2.1 virtualPage=1 realPage=1
      1600000 Trapped 2.1 cause=page-table-update virtualPage=1 realPage=1 costNs=500
      1600000 HostFaulted 2 realPage=1 fault=minor neededBy=other waitNs=0
      1600000 FrameZeroed 2 physicalPage=0
      1600000 FrameMapped 2 realPage=1 physicalPage=0
      1600000 MemoryStateChanged from=high to=low freePages=0

      # Red and yellow are where they were.
      1700000 PageHit 1.1 virtualPage=0 realPage=2 physicalPage=2 access=load
      1800000 PageHit 1.1 virtualPage=1 realPage=3 physicalPage=3 access=load

      # The needy VM ends.
      3500000 FrameUnmapped 2 realPage=0 physicalPage=1 cause=exit
      3500000 FrameUnmapped 2 realPage=1 physicalPage=0 cause=exit
      3500000 VmTerminated 2 cause=stopped-by-user
      3500000 MemoryStateChanged from=low to=high freePages=2

      # A smaller target: the driver unpins both.
      3600000 BalloonTargetSet 1 targetPages=0 previousPages=2 cause=command
      4000000 BalloonTargetLearned 1 targetPages=0 sizePages=2
      4000000 Trapped 1.0 cause=balloon-call virtualPage=none realPage=none costNs=4100
      4000000 BalloonPageUnpinned 1 realPage=1
      4000000 BalloonPageUnpinned 1 realPage=0
      4000000 BalloonDeflated 1 shrunkPages=2 sizePages=0

      # Green is used again: a zeroed frame, and its content from the guest's own disk.
      5000000 PageMissed 1.1 virtualPage=2 fault=major access=load
      5000000 PageMapped 1.1 virtualPage=2 realPage=0
      5000000 Trapped 1.1 cause=page-table-update virtualPage=2 realPage=0 costNs=500
      5000000 HostFaulted 1 realPage=0 fault=minor neededBy=other waitNs=0
      5000000 FrameZeroed 1 physicalPage=0
      5000000 FrameMapped 1 realPage=0 physicalPage=0
      5000000 PagePagedIn 1.1 virtualPage=2 realPage=0 waitUs=120 content=1
      8000000 RunCompleted reason=duration-reached
      `),
    );
  });

  test("the pages that are pinned are the green and the dark-blue one", () => {
    const names = readScenario("ballooning-four-pages").vms[0]?.processes[0]?.pageNames ?? {};
    const real = new Map<string, string>();
    for (const line of history) {
      const mapped = / PageMapped 1\.1 virtualPage=(\d) realPage=(\d)/.exec(line);
      if (mapped !== null) real.set(mapped[2] ?? "", names[Number(mapped[1])] ?? "");
    }
    const pinned = history.flatMap((line) => / BalloonPagePinned 1 realPage=(\d)/.exec(line)?.[1] ?? []);
    expect(pinned.map((page) => real.get(page))).toEqual(["green", "dark blue"]);
  });
});
