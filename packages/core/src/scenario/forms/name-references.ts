import type { Place } from "../../reading/place.ts";
import { formatCount } from "../../reading/scalars.ts";
import { parseNamedReference, type Workload } from "../../workload/index.ts";

/** As many as a process's `pageNames` may have. */
const MAX_NAMES = 10_000;

type Named = { readonly workload: Workload; readonly pageNames: Readonly<Record<number, string>> };

/**
 * Numbers the pages that a process's references name: a name of `pageNames` has its number, others have the lowest numbers that are
 * free, in the order of their first use, and are added to `pageNames`. References by number stay as they are; both in one process are refused.
 */
export function numberNamedReferences({ workload, pageNames }: Named, place: Place): Named {
  const references = listReferences(workload);
  const names = references.flatMap((text) => parseNamedReference(text)?.name ?? []);
  if (names.length === 0) return { workload, pageNames };
  if (names.length < references.length) {
    const number = references.find((text) => parseNamedReference(text) === undefined);
    place.report(`has references by number ("${number}") and by name ("${names[0]}"); all of a process's references are of one kind`);
    return { workload, pageNames };
  }
  const numbers = numberNames(names, pageNames);
  if (numbers.size > MAX_NAMES) place.report(`names ${formatCount(numbers.size)} pages; ${formatCount(MAX_NAMES)} are allowed`);
  const all = Object.fromEntries([...numbers].map(([name, page]) => [page, name]));
  return { workload: withNumbers(workload, numbers), pageNames: { ...pageNames, ...all } };
}

function listReferences(workload: Workload): readonly string[] {
  if (workload.kind === "phases") return workload.phases.flatMap(listReferences);
  return workload.kind === "references" ? workload.references : [];
}

function numberNames(names: readonly string[], pageNames: Named["pageNames"]): ReadonlyMap<string, number> {
  const numbers = new Map(Object.entries(pageNames).map(([page, name]) => [name, Number(page)]));
  const taken = new Set(numbers.values());
  let next = 0;
  for (const name of names) {
    if (numbers.has(name)) continue;
    while (taken.has(next)) next++;
    numbers.set(name, next++);
  }
  return numbers;
}

function withNumbers(workload: Workload, numbers: ReadonlyMap<string, number>): Workload {
  if (workload.kind === "phases") return { ...workload, phases: workload.phases.map((part) => withNumbers(part, numbers)) };
  if (workload.kind !== "references") return workload;
  const references = workload.references.map((text) => {
    const named = parseNamedReference(text);
    return named === undefined ? text : `${named.isStore ? "w" : ""}${numbers.get(named.name)}`;
  });
  return { ...workload, references };
}
