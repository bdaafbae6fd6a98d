import { expect, test } from "vitest";
import { linesOf, describeHistory } from "./tell-history.ts";

/** Oracle: the lecture's account of page mapping (its figures 3.24 and 3.25), event by event. */

test("one level: a miss is fetched from disk by the operating system, and is a hit from then on", () => {
  expect(describeHistory("one-level")).toEqual(
    linesOf(`
      # No VM, no real map table: the operating system has the host.
      0 HostStarted framePages=4 mapping=one-level mmu=none swapPages=0
      0 VmStarted 1 configuredPages=4 name=os
      0 ProcessStarted 1.1 virtualPages=4 backing=file name=editor
      0 ProcessStarted 1.2 virtualPages=4 backing=file name=shell

      # A miss alerts the operating system, which fetches the page from disk and updates the entry.
      0 PageMissed 1.1 virtualPage=0 fault=major access=load
      0 PagePagedIn 1.1 virtualPage=0 realPage=0 waitUs=8000 content=4294538051
      0 PageMapped 1.1 virtualPage=0 realPage=0

      # A hit needs neither the OS nor a hypervisor.
      8000.4 PageHit 1.1 virtualPage=0 realPage=0 physicalPage=0 access=load

      # Another page is another miss.
      8000.5 PageMissed 1.1 virtualPage=1 fault=major access=load
      8000.5 PagePagedIn 1.1 virtualPage=1 realPage=1 waitUs=8000 content=2762822724
      8000.5 PageMapped 1.1 virtualPage=1 realPage=1
      16000.9 ProcessFinished 1.1

      # The other process has a page table of its own: its page 0 is not the first one's.
      16000.9 PageMissed 1.2 virtualPage=0 fault=major access=load
      16000.9 PagePagedIn 1.2 virtualPage=0 realPage=2 waitUs=8000 content=4278256009
      16000.9 PageMapped 1.2 virtualPage=0 realPage=2
      24001.3 PageHit 1.2 virtualPage=0 realPage=2 physicalPage=2 access=load
      24001.4 ProcessFinished 1.2
      24001.4 VmFinished 1 workNs=24001400
      24001.4 RunCompleted reason=workloads-finished
    `),
  );
});

test("two levels: establishing a mapping in a guest's page table traps, and the hypervisor maps the real page", () => {
  expect(describeHistory("two-level")).toEqual(
    linesOf(`
      0 HostStarted framePages=8 mapping=two-level mmu=shadow swapPages=8

      # Each VM has contiguous real memory, from real page 0.
      0 VmAdmitted 1 configuredPages=4 overheadPages=0 name=vm-1 committedPages=4
      0 VmStarted 1 configuredPages=4 name=vm-1
      0 ProcessStarted 1.1 virtualPages=4 backing=anonymous name=web-server
      0 ProcessStarted 1.2 virtualPages=4 backing=anonymous name=database

      # The guest establishes a mapping, which traps; the hypervisor then maps the real to a physical page.
      0 PageMissed 1.1 virtualPage=0 fault=minor access=load
      0 PageMapped 1.1 virtualPage=0 realPage=0
      0 Trapped 1.1 cause=page-table-update virtualPage=0 realPage=0 costNs=500
      0 HostFaulted 1 realPage=0 fault=minor neededBy=other waitNs=0
      0 FrameMapped 1 realPage=0 physicalPage=0

      # Mapped on both levels: no trap.
      4.25 PageHit 1.1 virtualPage=0 realPage=0 physicalPage=0 access=load
      4.35 ProcessFinished 1.1

      # Another process, another page table, the same real map table.
      4.35 PageMissed 1.2 virtualPage=2 fault=minor access=store
      4.35 PageMapped 1.2 virtualPage=2 realPage=1
      4.35 Trapped 1.2 cause=page-table-update virtualPage=2 realPage=1 costNs=500
      4.35 HostFaulted 1 realPage=1 fault=minor neededBy=other waitNs=0
      4.35 FrameMapped 1 realPage=1 physicalPage=1
      8.6 ProcessFinished 1.2
      8.6 VmFinished 1 workNs=8600
      1000 VmAdmitted 2 configuredPages=4 overheadPages=0 name=vm-2 committedPages=8
      1000 VmStarted 2 configuredPages=4 name=vm-2
      1000 ProcessStarted 2.1 virtualPages=4 backing=anonymous name=mail-server

      # The other VM has a real page 0 too, behind which there is another physical page.
      1000 PageMissed 2.1 virtualPage=0 fault=minor access=load
      1000 PageMapped 2.1 virtualPage=0 realPage=0
      1000 Trapped 2.1 cause=page-table-update virtualPage=0 realPage=0 costNs=500
      1000 HostFaulted 2 realPage=0 fault=minor neededBy=other waitNs=0
      1000 FrameMapped 2 realPage=0 physicalPage=2
      1004.25 PageHit 2.1 virtualPage=0 realPage=0 physicalPage=2 access=load
      1004.35 ProcessFinished 2.1
      1004.35 VmFinished 2 workNs=4350
      1004.35 RunCompleted reason=workloads-finished
    `),
  );
});
