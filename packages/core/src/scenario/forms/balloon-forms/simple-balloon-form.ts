import { MAX_NS, MAX_PAGES } from "../../../reading/limits.ts";
import { defaulted, object } from "../../../reading/object.ts";
import { duration, pageCount } from "../../../reading/quantities.ts";
import type { Reader } from "../../../reading/reader.ts";
import { choice } from "../../../reading/scalars.ts";
import type { SimpleBalloonSpec } from "../../vm-spec.ts";
import { capField } from "./unsized-balloon.ts";

/** ESX's driver polls once a second; Linux's takes at most 16,384 pages at a time; ESX caps it at 65 % of the VM. */
export const SIMPLE_BY_DEFAULT: SimpleBalloonSpec = {
  driver: "simple",
  pollNs: 1_000_000_000,
  pollPages: 16_384,
  capFraction: 0.65,
};

export const simpleBalloonForm: Reader<SimpleBalloonSpec> = object({
  driver: defaulted(
    choice(["simple"]),
    "Polls, takes free pages first and then what the guest's replacement gives up, and calls the hypervisor once a poll. " +
      "Default: simple.",
    "simple",
  ),
  pollNs: defaulted(
    duration({ minimum: 1, maximum: MAX_NS }),
    "Period at which the driver asks for its target. Default: 1 s (published: VMware's).",
    SIMPLE_BY_DEFAULT.pollNs,
  ),
  pollPages: defaulted(
    pageCount({ minimum: 1, maximum: MAX_PAGES }),
    "Most pages taken or given back at one poll. Default: 16,384 (published: Linux 2.6.34, vmw_balloon).",
    SIMPLE_BY_DEFAULT.pollPages,
  ),
  capFraction: capField(SIMPLE_BY_DEFAULT.capFraction, "ESX"),
});
