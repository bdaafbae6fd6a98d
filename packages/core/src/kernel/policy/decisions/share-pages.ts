import { ClampCause, DecisionKind } from "../../../events/index.ts";
import { SHARING_STYLES, type SharingStyle } from "../../../policy/index.ts";
import { scanPages } from "../../hypervisor/sharing/scan-pages.ts";
import type { DecisionMechanism } from "./decision-mechanism.ts";
import { isCount, recordClamp, recordDecision } from "./record-decision.ts";

const code = DecisionKind.SharePages;

export const sharePagesDecision: DecisionMechanism<"SharePages"> = {
  code,
  changesTimes: false,
  needs: () => ["pageSharing"],
  findFault(_host, _vm, { pages, style, breaksLargePages }) {
    if (!isCount(pages)) return `the number of pages must be a whole number from 0, not ${pages}`;
    if (breaksLargePages !== undefined && typeof breaksLargePages !== "boolean") {
      return `breaksLargePages must be true or false, not ${String(breaksLargePages)}`;
    }
    if (style === undefined || isSharingStyle(style)) return undefined;
    return `there is no style of sharing ${String(style)}, but ${SHARING_STYLES.join(" and ")}`;
  },
  carryOut(host, _vm, decision, number) {
    const { pages, style = "esx", breaksLargePages = false } = decision;
    if (pages === 0) return;
    recordDecision(host, decision, code, pages, number);
    const done = scanPages(host, pages, { style, breaksLargePages });
    if (done < pages) recordClamp(host, decision, { code, cause: ClampCause.NothingToTake, done, number });
  },
};

function isSharingStyle(style: unknown): style is SharingStyle {
  return (SHARING_STYLES as readonly unknown[]).includes(style);
}
