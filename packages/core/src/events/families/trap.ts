import { NO_PAGE } from "../../ids/index.ts";
import { TrapCause } from "../choices.ts";
import { choice, eventsOf, field, optional } from "../declare.ts";

const declare = eventsOf("trap");

export const Trapped = declare("Trapped", {
  code: 20,
  description: "Control passed from a VM to the hypervisor.",
  subject: "processOrVm",
  fields: {
    a: choice("cause", "why", TrapCause),
    b: optional(field("virtualPage", "virtualPage", "the page that was accessed or whose entry was written"), NO_PAGE),
    c: optional(field("realPage", "realPage", "the real page concerned"), NO_PAGE),
    d: field("costNs", "ns", "time the trap took from the VM"),
  },
});
