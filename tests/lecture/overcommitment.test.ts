import { expect, test } from "vitest";
import { linesOf, readScenario, describeHistory } from "./tell-history.ts";

/** Oracle: the lecture's figure 3.26, 4 GB of physical memory and three VMs of 2 GB, and arithmetic on its numbers. */

test("without overcommitment only one VM runs, because overhead takes part of the 4 GB", () => {
  expect(describeHistory("overcommitment-refused")).toEqual(
    linesOf(`
      0 HostStarted framePages=976563 mapping=two-level mmu=shadow swapPages=1464846

      # The hypervisor itself keeps 200 MB.
      0 OverheadReserved 0 firstPhysicalPage=927734 endPhysicalPage=976563

      # 2 GB and 32 MB of overhead fit into 4 GB.
      0 VmAdmitted 1 configuredPages=488282 overheadPages=7813 name=vm-1 committedPages=544924
      0 OverheadReserved 1 firstPhysicalPage=919921 endPhysicalPage=927734
      0 VmStarted 1 configuredPages=488282 name=vm-1
      0 ProcessStarted 1.1 virtualPages=244141 backing=anonymous name=work

      # 4 GB - 200 MB - 2,032 MB leave 1,768 MB, in pages of 4 KiB: too few for 2,032 MB.
      0 VmRefused 2 configuredPages=488282 overheadPages=7813 name=vm-2 availablePages=431639
      0 ResourceLacked 2 resource=commitment neededPages=496095 availablePages=431639
      0 VmRefused 3 configuredPages=488282 overheadPages=7813 name=vm-3 availablePages=431639
      0 ResourceLacked 3 resource=commitment neededPages=496095 availablePages=431639
      0 PageMissed 1.1 virtualPage=0 fault=minor access=store
      0 PageMapped 1.1 virtualPage=0 realPage=0
      0 Trapped 1.1 cause=page-table-update virtualPage=0 realPage=0 costNs=500
      0 HostFaulted 1 realPage=0 fault=minor neededBy=other waitNs=0
      0 FrameMapped 1 realPage=0 physicalPage=0
      4.25 ProcessFinished 1.1
      4.25 VmFinished 1 workNs=4250
      4.25 RunCompleted reason=workloads-finished
    `),
  );
});

test("with overcommitment all three run", () => {
  expect(describeHistory("overcommitment-admitted")).toEqual(
    linesOf(`
      0 HostStarted framePages=976563 mapping=two-level mmu=shadow swapPages=1464846
      0 OverheadReserved 0 firstPhysicalPage=927734 endPhysicalPage=976563

      # All three are admitted: 6,296 MB are promised of 4,000 MB.
      0 VmAdmitted 1 configuredPages=488282 overheadPages=7813 name=vm-1 committedPages=544924
      0 OverheadReserved 1 firstPhysicalPage=919921 endPhysicalPage=927734
      0 VmStarted 1 configuredPages=488282 name=vm-1
      0 ProcessStarted 1.1 virtualPages=244141 backing=anonymous name=work
      0 VmAdmitted 2 configuredPages=488282 overheadPages=7813 name=vm-2 committedPages=1041019
      0 OverheadReserved 2 firstPhysicalPage=912108 endPhysicalPage=919921
      0 VmStarted 2 configuredPages=488282 name=vm-2
      0 ProcessStarted 2.1 virtualPages=244141 backing=anonymous name=work
      0 VmAdmitted 3 configuredPages=488282 overheadPages=7813 name=vm-3 committedPages=1537114
      0 OverheadReserved 3 firstPhysicalPage=904295 endPhysicalPage=912108
      0 VmStarted 3 configuredPages=488282 name=vm-3
      0 ProcessStarted 3.1 virtualPages=244141 backing=anonymous name=work

      # And all three run.
      0 PageMissed 1.1 virtualPage=0 fault=minor access=store
      0 PageMapped 1.1 virtualPage=0 realPage=0
      0 Trapped 1.1 cause=page-table-update virtualPage=0 realPage=0 costNs=500
      0 HostFaulted 1 realPage=0 fault=minor neededBy=other waitNs=0
      0 FrameMapped 1 realPage=0 physicalPage=0
      4.25 ProcessFinished 1.1
      4.25 VmFinished 1 workNs=4250
      4.25 PageMissed 2.1 virtualPage=0 fault=minor access=store
      4.25 PageMapped 2.1 virtualPage=0 realPage=0
      4.25 Trapped 2.1 cause=page-table-update virtualPage=0 realPage=0 costNs=500
      4.25 HostFaulted 2 realPage=0 fault=minor neededBy=other waitNs=0
      4.25 FrameMapped 2 realPage=0 physicalPage=1
      4.25 ProcessFinished 2.1
      4.25 VmFinished 2 workNs=4250
      4.25 PageMissed 3.1 virtualPage=0 fault=minor access=store
      4.25 PageMapped 3.1 virtualPage=0 realPage=0
      4.25 Trapped 3.1 cause=page-table-update virtualPage=0 realPage=0 costNs=500
      4.25 HostFaulted 3 realPage=0 fault=minor neededBy=other waitNs=0
      4.25 FrameMapped 3 realPage=0 physicalPage=2
      4.25 ProcessFinished 3.1
      4.25 VmFinished 3 workNs=4250
      4.25 RunCompleted reason=workloads-finished
    `),
  );
});

test("the two scenarios differ in whether the host overcommits, and in nothing else", () => {
  const refused = readScenario("overcommitment-refused");
  const { name, description } = readScenario("overcommitment-admitted");
  const changed = { ...refused, name, description, host: { ...refused.host, overcommit: true } };
  expect(readScenario("overcommitment-admitted")).toEqual(changed);
});
