import { ApiError } from "../api/api-error.ts";
import { ask } from "../api/ask.ts";
import type { ClassroomLabel } from "./labels.ts";
import { ClassroomRun } from "./runs.generated.ts";

/**
 * Starts a run, or shows one that somebody else has started: a class whose token only reads sees the tours that its teacher
 * has opened. @throws what `start` throws.
 */
export async function startOrFind(label: ClassroomLabel, scenario: string, start: () => Promise<string>): Promise<string> {
  try {
    return await start();
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== "SCOPE_MISSING") throw error;
    const { runs } = await ask(ClassroomRun, { label, scenario });
    const [run] = runs.nodes;
    if (run === undefined) throw error;
    return run.id;
  }
}

/** The same for everyone who asks for a run of this content: the server answers with the run that there is. */
export function keyOfRun(label: ClassroomLabel, scenario: unknown): string {
  return `classroom ${label} ${hashOf(JSON.stringify(scenario))}`;
}

/** FNV-1a, 32 bits: another content of a scenario is another run. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(16);
}
