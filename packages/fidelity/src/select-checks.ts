import { BallastError } from "@ballast/core/errors";
import { findNearestName } from "@ballast/core/scenario";
import { type Check, subjectOf } from "./check.ts";

/**
 * The checks that are named, in their own order: each name is a check's id, or a subject, which means all its checks.
 * @throws BallastError INPUT_INVALID for a name that means no check.
 */
export function selectChecks(checks: readonly Check[], names: readonly string[]): readonly Check[] {
  const unknown = names.filter((name) => !checks.some((check) => isMeant(check, name)));
  if (unknown.length > 0) throw new BallastError("INPUT_INVALID", unknown.map((name) => describeUnknown(checks, name)).join("\n"));
  return checks.filter((check) => names.some((name) => isMeant(check, name)));
}

function isMeant(check: Check, name: string): boolean {
  return name === check.id || name === subjectOf(check);
}

function describeUnknown(checks: readonly Check[], name: string): string {
  const subjects = [...new Set(checks.map(subjectOf))];
  const nearest = findNearestName(name, [...subjects, ...checks.map(({ id }) => id)]);
  if (nearest !== undefined) return `There is no check "${name}"; is "${nearest}" meant?`;
  return `There is no check "${name}"; subjects are: ${subjects.join(", ")}. \`ballast reproduce --list\` shows every check.`;
}
