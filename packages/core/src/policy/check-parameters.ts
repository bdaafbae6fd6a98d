import type { Confidence, Parameter } from "./parameter.ts";

const CONFIDENCES: ReadonlySet<unknown> = new Set<Confidence>(["published", "calibrated", "assumed"]);
const MAX_PARAMETERS = 200;

/** What is wrong with declarations of parameters, as sentences with their paths; empty if each one can be read. */
export function findDeclarationFaults(parameters: object, longestSentence: number): string[] {
  const entries = Object.entries(parameters) as [string, unknown][];
  if (entries.length > MAX_PARAMETERS) return [`\`parameters\` has ${entries.length} entries, more than ${MAX_PARAMETERS}`];
  return entries.flatMap(([name, declared]) => faultsOf(declared, longestSentence).map((fault) => `parameters/${name} ${fault}`));
}

function faultsOf(declared: unknown, longestSentence: number): string[] {
  if (typeof declared !== "object" || declared === null) return ["must be an object"];
  const { description, source, confidence, ...rest } = declared as Readonly<Record<keyof Parameter, unknown>>;
  const faults: string[] = [];
  for (const [field, text] of Object.entries({ description, source })) {
    const isSentence = typeof text === "string" && text !== "" && text.length <= longestSentence;
    if (!isSentence) faults.push(`must have text of at most ${longestSentence} characters under \`${field}\``);
  }
  if (!CONFIDENCES.has(confidence)) faults.push("must have published, calibrated or assumed under `confidence`");
  const typeFault = faultOfType(rest);
  return typeFault === undefined ? faults : [...faults, typeFault];
}

function faultOfType(declared: Readonly<Record<string, unknown>>): string | undefined {
  const { type, unit, minimum, maximum, choices } = declared;
  switch (type) {
    case "boolean":
      return undefined;
    case "choice":
      return Array.isArray(choices) && choices.length > 0 && choices.every((choice) => typeof choice === "string")
        ? undefined
        : "must have a list of texts under `choices`";
    case "number":
    case "integer":
      if (typeof unit !== "string") return "must have text under `unit`";
      return Number.isFinite(minimum) && Number.isFinite(maximum) ? undefined : "must have numbers under `minimum` and `maximum`";
    default:
      return "must have number, integer, boolean or choice under `type`";
  }
}
