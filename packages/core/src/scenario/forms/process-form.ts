import { MAX_NS, MAX_PAGES } from "../../reading/limits.ts";
import { table } from "../../reading/collections.ts";
import { defaulted, object, optional, required, type ValuesOf } from "../../reading/object.ts";
import type { Place } from "../../reading/place.ts";
import { duration, pageCount } from "../../reading/quantities.ts";
import { named, type Reader, refined } from "../../reading/reader.ts";
import { choice, formatCount } from "../../reading/scalars.ts";
import { nameText, prose } from "../../reading/text.ts";
import type { ProcessSpec } from "../vm-spec.ts";
import { COMPRESSED_FRACTION } from "../compression-spec.ts";
import { compressedFractionForm } from "./compression-form.ts";
import { imageForm } from "./image-form.ts";
import { workloadForm } from "../../workload/index.ts";
import { numberNamedReferences } from "./name-references.ts";
import { knowsItsPages, pagesTouched, reportPagesOutside } from "./workload-extent.ts";

export const accessTime = duration({ minimum: 1, maximum: MAX_NS });
/** Where neither the process nor its VM nor the scenario has it. */
export const ACCESS_NS = 100;

const fields = {
  name: optional(nameText, 'The process\'s name. Default: "process-1", by its place in the list.'),
  virtualPages: optional(
    pageCount({ minimum: 1, maximum: MAX_PAGES }),
    'Size of its address space: pages, or text such as "1 GiB". Default: as many as its workload touches; ' +
      "must be given with a trace or an interactive workload.",
  ),
  backing: optional(
    choice(["anonymous", "file"]),
    "Whether an untouched page is zeros (anonymous), or is read from the guest's disk (file). Default: anonymous; " +
      "file for a process with an image.",
  ),
  image: defaulted(
    imageForm,
    "What its file pages hold at first: a name, or name and commonFraction. Processes of one image, in whichever VM, have " +
      "these pages in common until they write to them; null: no other process has them. Default: null.",
    null,
  ),
  compressedFraction: defaulted(
    compressedFractionForm,
    "Mean size that its pages compress to, as a fraction of a page; single pages take from half to one and a half of it. " +
      "Default: 0.4 (assumed).",
    COMPRESSED_FRACTION,
  ),
  accessNs: optional(
    accessTime,
    "Simulated time each access takes besides faults: think time. Default: that of its VM, which has the scenario's by default; " +
      "without either 100 ns (assumed: about one access to memory).",
  ),
  atEnd: defaulted(
    choice(["keep", "exit"]),
    "When its workload has ended: keep its memory, or exit, so that its pages are free in the guest. Default: keep.",
    "keep",
  ),
  pageNames: defaulted(
    table("^(0|[1-9][0-9]{0,8})$", "the number of a virtual page", prose(40), 10_000),
    "Names of single virtual pages, for teaching: page number to name; no two pages have the same name. Default: none.",
    {},
  ),
  workload: required(workloadForm, "What the process does."),
};

type Form = ValuesOf<typeof fields>;

/** A process, but for a time of its accesses that its VM or the scenario may have. */
export type UntimedProcess = Omit<ProcessSpec, "accessNs"> & { readonly accessNs: number | undefined };
/** The same, but for a name that depends on its place. */
export type UnnamedProcess = Omit<UntimedProcess, "name"> & { readonly name: string | undefined };

const processFields = refined(object(fields), completeProcess);

export const processForm: Reader<UnnamedProcess> = named("process", () => processFields);

export const processSchema = processFields.schema;

function completeProcess(form: Form, place: Place): UnnamedProcess | undefined {
  const before = place.problemCount;
  const read = { ...form, ...numberNamedReferences(form, place.child("workload")) };
  if (read.virtualPages === undefined && !knowsItsPages(read.workload)) {
    place.child("virtualPages").report("is missing: with a trace or an interactive workload it must be given");
    return undefined;
  }
  const virtualPages = read.virtualPages ?? pagesTouched(read.workload);
  if (read.image !== null && read.backing === "anonymous") {
    place.child("backing").report("must be file, or left out, for a process with an image: an image is a file");
  }
  const backing = read.backing ?? (read.image === null ? "anonymous" : "file");
  reportPagesOutside(read.workload, virtualPages, place.child("workload"));
  reportPageNames(read.pageNames, virtualPages, place.child("pageNames"));
  return place.problemCount === before ? { ...read, backing, virtualPages } : undefined;
}

function reportPageNames(names: Readonly<Record<string, string>>, virtualPages: number, place: Place): void {
  const pagesByName = new Map<string, string>();
  for (const [page, name] of Object.entries(names)) {
    if (Number(page) >= virtualPages) {
      place.child(page).report(`is not a page of the process: it has ${formatCount(virtualPages)} pages, from 0`);
    }
    const other = pagesByName.get(name);
    if (other === undefined) pagesByName.set(name, page);
    else place.child(page).report(`is ${JSON.stringify(name)}, as is page ${other}; names of pages must differ`);
  }
}
