import { VictimOrder } from "../choices.ts";
import { choice, eventsOf, field } from "../declare.ts";

const declare = eventsOf("steal");

const real = field("realPage", "realPage", "the page of the VM's real memory");
const physical = field("physicalPage", "physicalPage", "the frame's number");

export const PageStolen = declare("PageStolen", {
  code: 70,
  description: "The hypervisor chose a page of a VM and takes it without the guest's help.",
  subject: "vm",
  fields: { a: real, b: physical, c: choice("order", "how the victim was chosen", VictimOrder) },
});
