import type { Sought, Tour, TourStep } from "./tour.ts";

export const twoLevel: Tour = {
  name: "two-level",
  title: "Two levels of mapping",
  summary: "With a hypervisor: page tables in each guest lead to real pages, and a real map table of each VM leads to physical pages.",
  colours: { "1.1.0": "red", "1.2.2": "yellow", "2.1.0": "green" },
  picture: "pages",
  steps: [
    step(
      { type: "PROCESS_STARTED", vm: 1, process: 2 },
      "Two processes run in VM 1. Each has a page table, and the VM has one real map table. All of them are empty.",
    ),
    step(
      { type: "PAGE_MISSED", vm: 1, process: 1 },
      "The web server loads its red page. The guest's page table has no entry: the guest's operating system handles the miss.",
    ),
    step(
      { type: "PAGE_MAPPED", vm: 1, process: 1 },
      "The guest writes the entry: virtual page 0 is in real page 0. A real page is what the guest takes for physical memory.",
    ),
    step(
      { type: "TRAPPED", vm: 1, process: 1 },
      "Writing a page table is a privileged act: control traps to the hypervisor, which costs time at every update.",
    ),
    step(
      { type: "HOST_FAULTED", vm: 1, realPage: 0 },
      "The hypervisor looks into the VM's real map table: real page 0 has no physical page yet.",
    ),
    step(
      { type: "FRAME_MAPPED", vm: 1, realPage: 0 },
      "It establishes the mapping from real page 0 to physical page 0. Only now the page is reachable.",
    ),
    step({ type: "PAGE_HIT", vm: 1, process: 1 }, "The same page again: it is mapped on both levels, so it is reached without a trap."),
    step(
      { type: "FRAME_MAPPED", vm: 1, realPage: 1 },
      "The database stores to its yellow page: another process, another page table, the same real map table.",
    ),
    step(
      { type: "PROCESS_STARTED", vm: 2, process: 1 },
      "VM 2 is switched on. Its real memory begins with real page 0 too, and its real map table is empty.",
    ),
    step(
      { type: "PAGE_MAPPED", vm: 2, process: 1 },
      "The mail server loads its green page. Its guest puts it into real page 0, a number that VM 1 uses as well.",
    ),
    step(
      { type: "FRAME_MAPPED", vm: 2, realPage: 0 },
      "Behind it the hypervisor puts physical page 2: real page 0 of VM 2 is not real page 0 of VM 1.",
    ),
    step({ type: "PAGE_HIT", vm: 2, process: 1 }, "From then on it is a hit. Neither guest knows of the other one, or of physical pages."),
  ],
};

function step(sought: Sought, say: string): TourStep {
  return { scenario: "two-level", sought, say };
}
