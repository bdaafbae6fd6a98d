import type { Sought, Tour, TourStep } from "./tour.ts";

export const oneLevel: Tour = {
  name: "one-level",
  title: "One level of mapping",
  summary: "Without a hypervisor: page tables lead from virtual to physical pages, and a miss alerts the operating system.",
  colours: { "1.1.0": "red", "1.1.1": "yellow", "1.2.0": "green" },
  picture: "pages",
  steps: [
    step(
      { type: "PROCESS_STARTED", process: 2 },
      "Two processes run, each with a page table of its own. No page is in physical memory yet: every entry is empty.",
    ),
    step(
      { type: "PAGE_MISSED", process: 1, virtualPage: 0 },
      "The editor loads its red page. Its page table has no entry for it: a miss, which alerts the operating system.",
    ),
    step(
      { type: "PAGE_PAGED_IN", process: 1, virtualPage: 0 },
      "The operating system fetches the page from disk into physical page 0. That takes 8 ms, as long as 80,000 accesses to memory.",
    ),
    step({ type: "PAGE_MAPPED", process: 1, virtualPage: 0 }, "It updates the entry: the editor's virtual page 0 is in physical page 0."),
    step(
      { type: "PAGE_HIT", process: 1, virtualPage: 0 },
      "The same page again is a hit: the entry is there, and the access needs no help.",
    ),
    step(
      { type: "PAGE_MAPPED", process: 1, virtualPage: 1 },
      "The yellow page is another miss. It gets an entry and a physical page of its own.",
    ),
    step(
      { type: "PAGE_MISSED", process: 2, virtualPage: 0 },
      "The shell loads its green page, which has the virtual page number 0 too. The number means nothing in another table: a miss.",
    ),
    step(
      { type: "PAGE_MAPPED", process: 2, virtualPage: 0 },
      "The shell's page 0 is in physical page 2, and the editor's page 0 stays in physical page 0.",
    ),
    step({ type: "PAGE_HIT", process: 2, virtualPage: 0 }, "From then on it is a hit, through the shell's own table."),
  ],
};

function step(sought: Sought, say: string): TourStep {
  return { scenario: "one-level", sought: { vm: 1, ...sought }, say };
}
