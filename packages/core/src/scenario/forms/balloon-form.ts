import { MOST_NS, MOST_PAGES } from "../limits.ts";
import { byType, nothing } from "../reading/collections.ts";
import { defaulted, object } from "../reading/object.ts";
import { duration, pageCount } from "../reading/quantities.ts";
import { named, type Reader, refined } from "../reading/reader.ts";
import { flag, ratio } from "../reading/scalars.ts";
import type { BalloonSpec } from "../vm-spec.ts";

/** ESX's driver polls once a second; Linux's takes at most 16,384 pages at a time; ESX caps it at 65 % of the VM. */
const BY_DEFAULT: BalloonSpec = { pollNs: 1_000_000_000, pollPages: 16_384, capFraction: 0.65 };

const form: Reader<BalloonSpec | null> = byType<BalloonSpec | null>(
  {
    null: nothing,
    boolean: refined(flag, (isThere): BalloonSpec | null => (isThere ? BY_DEFAULT : null)),
    object: object({
      pollNs: defaulted(
        duration({ minimum: 1, maximum: MOST_NS }),
        "Period at which the driver asks for its target. Default: 1 s (published: VMware's).",
        BY_DEFAULT.pollNs,
      ),
      pollPages: defaulted(
        pageCount({ minimum: 1, maximum: MOST_PAGES }),
        "Most pages taken or given back at one poll. Default: 16,384 (published: Linux 2.6.34, vmw_balloon).",
        BY_DEFAULT.pollPages,
      ),
      capFraction: defaulted(
        ratio,
        "Most of the configured pages that the balloon may hold, 0 to 1. Default: 0.65 (published: ESX).",
        BY_DEFAULT.capFraction,
      ),
    }),
  },
  "true, false, or an object with pollNs, pollPages and capFraction",
);

export const balloonForm: Reader<BalloonSpec | null> = named("balloon", () => form);

export const balloonSchema = form.schema;
