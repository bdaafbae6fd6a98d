import { MAX_REPORTING_ORDER, MAX_NS, MAX_PAGES } from "../../../reading/limits.ts";
import { byType, nothing } from "../../../reading/collections.ts";
import { defaulted, object } from "../../../reading/object.ts";
import { duration } from "../../../reading/quantities.ts";
import { type Reader, refined } from "../../../reading/reader.ts";
import { flag, integer } from "../../../reading/scalars.ts";
import type { ReportingSpec } from "../../vm-spec.ts";

/** Linux: pageblock_order on x86-64, PAGE_REPORTING_DELAY and PAGE_REPORTING_CAPACITY of mm/page_reporting. */
const LINUX: ReportingSpec = { order: 9, delayNs: 2_000_000_000, blocksAtOnce: 32 };
const PUBLISHED = "(published: Linux, mm/page_reporting.c).";

export const reportingForm: Reader<ReportingSpec | null> = byType<ReportingSpec | null>(
  {
    null: nothing,
    boolean: refined(flag, (isOn): ReportingSpec | null => (isOn ? LINUX : null)),
    object: object({
      order: defaulted(
        integer({ minimum: 0, maximum: MAX_REPORTING_ORDER }, ""),
        `Blocks of 2^order pages are reported. Default: 9, which is 2 MiB ${PUBLISHED}`,
        LINUX.order,
      ),
      delayNs: defaulted(
        duration({ minimum: 0, maximum: MAX_NS }),
        `For how long a block must have been free. Default: 2 s ${PUBLISHED}`,
        LINUX.delayNs,
      ),
      blocksAtOnce: defaulted(
        integer({ minimum: 1, maximum: MAX_PAGES }, "blocks"),
        `Most blocks in one call of the hypervisor. Default: 32 ${PUBLISHED}`,
        LINUX.blocksAtOnce,
      ),
    }),
  },
  "true, false, or an object with order, delayNs and blocksAtOnce",
);
