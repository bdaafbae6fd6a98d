import { describeFound } from "../errors/index.ts";
import { isObject } from "../reading/object.ts";
import type { Place } from "../reading/place.ts";
import type { Reader } from "../reading/reader.ts";

/** Major version of the scenario format: it rises when a scenario of before would be refused, or would mean something else. */
export const SCENARIO_FORMAT_VERSION = 1;

export const formatVersionForm: Reader<number> = {
  schema: { const: SCENARIO_FORMAT_VERSION },
  read(value, place) {
    if (value === SCENARIO_FORMAT_VERSION) return SCENARIO_FORMAT_VERSION;
    const isNewer = typeof value === "number" && value > SCENARIO_FORMAT_VERSION;
    const way = isNewer
      ? "use a Ballast that is as new as the scenario, or bring the scenario into this version by docs/scenarios.md"
      : "leave it out for this version";
    place.report(
      `must be ${SCENARIO_FORMAT_VERSION}, the version of the format that this Ballast reads, not ${describeFound(value)}: ${way}`,
    );
    return undefined;
  },
};

/** Reports a scenario of another version; whatever else this version does not know of it may be right in that one. */
export function reportOtherVersion(json: unknown, place: Place): void {
  if (isObject(json) && Object.hasOwn(json, "formatVersion")) formatVersionForm.read(json["formatVersion"], place.child("formatVersion"));
}
