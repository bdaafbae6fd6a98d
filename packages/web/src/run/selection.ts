/** A page that is looked at: a frame (host-physical), a real page of a VM (guest-physical), or a page of a process. */
export type Selection =
  | { readonly kind: "frame"; readonly physicalPage: number }
  | { readonly kind: "real"; readonly vm: number; readonly realPage: number }
  | { readonly kind: "virtual"; readonly vm: number; readonly process: number; readonly virtualPage: number };

/** As addresses write it: `frame:12`, `real:0:33` (VM, page), `virtual:0:1:7` (VM, process, page). */
export function selectionText(selection: Selection): string {
  switch (selection.kind) {
    case "frame":
      return `frame:${selection.physicalPage}`;
    case "real":
      return `real:${selection.vm}:${selection.realPage}`;
    case "virtual":
      return `virtual:${selection.vm}:${selection.process}:${selection.virtualPage}`;
  }
}

/** Undefined: no page is written like this. */
export function parseSelection(text: string | undefined): Selection | undefined {
  const [, kind, rest = ""] = /^(frame|real|virtual):(\d{1,10}(?::\d{1,10})*)$/.exec(text ?? "") ?? [];
  const numbers = rest.split(":").map(Number);
  const [a = 0, b = 0, c = 0] = numbers;
  if (kind === "frame" && numbers.length === 1) return { kind, physicalPage: a };
  if (kind === "real" && numbers.length === 2) return { kind, vm: a, realPage: b };
  if (kind === "virtual" && numbers.length === 3) return { kind, vm: a, process: b, virtualPage: c };
  return undefined;
}

/** As people read it; `nameOf` gives VMs their names. */
export function selectionWords(selection: Selection, nameOf: (vm: number) => string): string {
  switch (selection.kind) {
    case "frame":
      return `frame ${selection.physicalPage}`;
    case "real":
      return `real page ${selection.realPage} of ${nameOf(selection.vm)}`;
    case "virtual":
      return `virtual page ${selection.virtualPage} of process ${selection.process} in ${nameOf(selection.vm)}`;
  }
}
