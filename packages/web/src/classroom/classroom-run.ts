/** Labels of the runs that the classroom starts, by which lists tell them from the reader's own. */
export const CLASSROOM_LABELS = ["tour", "exercise"] as const;

/** The same for everyone who asks for a run of this content: the server answers with the run that there is. */
export function keyOfRun(label: (typeof CLASSROOM_LABELS)[number], scenario: unknown): string {
  return `classroom ${label} ${hashOf(JSON.stringify(scenario))}`;
}

/** FNV-1a, 32 bits: another content of a scenario is another run. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(16);
}
