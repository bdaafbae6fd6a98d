import type { Sought, Tour, TourStep } from "./tour.ts";

export const ballooning: Tour = {
  name: "ballooning",
  title: "Ballooning",
  summary: "The hypervisor takes two inactive pages of a VM with the help of its balloon driver, and gives their frames to another VM.",
  colours: { "1.1.0": "red", "1.1.1": "yellow", "1.1.2": "green", "1.1.3": "dark-blue" },
  picture: "pages",
  steps: [
    step(
      { type: "FRAME_MAPPED", vm: 1, realPage: 3 },
      "The giving VM has touched its four pages. Red and yellow were touched last and are active; green and dark blue are inactive. No frame is free.",
    ),
    step(
      { type: "BALLOON_TARGET_SET", vm: 1 },
      "Another VM needs memory. The hypervisor sets a balloon target of 2 pages for the giving VM. Nothing has moved yet.",
    ),
    step({ type: "BALLOON_TARGET_LEARNED", vm: 1 }, "The balloon driver inside the guest polls, and learns the target."),
    step(
      { type: "BALLOON_PAGE_PINNED", vm: 1 },
      "It asks its guest for memory. The guest gives up the green page, inactive for longest, after a copy went to the guest's disk; the driver pins its real page.",
    ),
    step(
      { type: "BALLOON_PAGE_PINNED", vm: 1, nth: 2 },
      "The dark-blue page follows. The guest may use neither real page while the balloon holds them.",
    ),
    step(
      { type: "FRAME_UNMAPPED", vm: 1, nth: 2 },
      "The driver sends the addresses of both real pages to the hypervisor, which reclaims their frames. They still hold the old content.",
    ),
    step(
      { type: "FRAME_ZEROED", vm: 2 },
      "The needy VM touches a page. Before its frame is given away it is overwritten with zeros, so that no VM reads what another one wrote.",
    ),
    step({ type: "FRAME_MAPPED", vm: 2, realPage: 0 }, "Then it is mapped: the needy VM has its first frame."),
    step({ type: "FRAME_MAPPED", vm: 2, realPage: 1 }, "And the second one, zeroed as well."),
    step(
      { type: "PAGE_HIT", vm: 1, process: 1, virtualPage: 1 },
      "The giving VM loads red and yellow: both are where they were. Giving up inactive pages has cost it nothing so far.",
    ),
    step({ type: "VM_TERMINATED", vm: 2 }, "The needy VM ends. Its two frames are free."),
    step({ type: "BALLOON_TARGET_SET", vm: 1, nth: 2 }, "The hypervisor sets the target to 0."),
    step(
      { type: "BALLOON_PAGE_UNPINNED", vm: 1, nth: 2 },
      "At its next poll the driver unpins both pages: the guest may use them again. They have no frames yet.",
    ),
    step(
      { type: "PAGE_PAGED_IN", vm: 1, virtualPage: 2 },
      "The green page is used again: it gets a zeroed frame, and its content comes back from the guest's own disk. That is the price of the balloon.",
    ),
  ],
};

function step(sought: Sought, say: string): TourStep {
  return { scenario: "ballooning-four-pages", sought, say };
}
