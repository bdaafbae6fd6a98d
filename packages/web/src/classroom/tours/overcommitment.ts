import type { Sought, Tour, TourStep } from "./tour.ts";

const refused = stepOf("overcommitment-refused");
const admitted = stepOf("overcommitment-admitted");

export const overcommitment: Tour = {
  name: "overcommitment",
  title: "Overcommitment",
  summary: "Three VMs of 2 GB each on a host of 4 GB: without overcommitment one of them runs, with it all three.",
  colours: {},
  picture: "memory",
  steps: [
    refused({ type: "OVERHEAD_RESERVED" }, "The host has 4 GB. The hypervisor keeps 200 MB of them for itself."),
    refused(
      { type: "VM_STARTED", vm: 1 },
      "Without overcommitment: the first VM is promised 2 GB, and the hypervisor keeps 32 MB on its behalf. It fits.",
    ),
    refused(
      { type: "VM_REFUSED", vm: 2 },
      "The second VM wants 2 GB too. Fewer than 1.8 GB are not promised yet, so it is refused, although nearly all memory is unused.",
    ),
    refused({ type: "VM_REFUSED", vm: 3 }, "So is the third one."),
    admitted({ type: "VM_STARTED", vm: 1 }, "With overcommitment the same three VMs ask again. The first one starts as before."),
    admitted(
      { type: "VM_STARTED", vm: 2 },
      "The second one starts: the promises exceed what there is, because VMs seldom use all the memory that they were given.",
    ),
    admitted({ type: "VM_STARTED", vm: 3 }, "The third one starts too. More than 6 GB are promised of 4 GB."),
    admitted(
      { type: "FRAME_MAPPED", vm: 3 },
      "Each VM gets a physical page when it touches a page. So far each has touched one, and the promises cost nothing.",
    ),
  ],
};

function stepOf(scenario: string) {
  return (sought: Sought, say: string): TourStep => ({ scenario, sought, say });
}
