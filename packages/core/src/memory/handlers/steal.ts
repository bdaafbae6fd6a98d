import { Counter } from "../counters.ts";
import type { Handlers } from "./handlers.ts";

export const stealHandlers = {
  PageStolen: (machine, vm) => {
    machine.vm(vm).counters[Counter.pagesStolen]++;
  },
} satisfies Handlers<"steal">;
