import { type FileReading, listLeaves, type Workload } from "../../workload/index.ts";
import { MAX_PAGES } from "../../reading/limits.ts";
import { defaulted, object, required } from "../../reading/object.ts";
import type { Place } from "../../reading/place.ts";
import { pageCount } from "../../reading/quantities.ts";
import { named, type Reader } from "../../reading/reader.ts";
import { formatCount } from "../../reading/scalars.ts";
import { nameText } from "../../reading/text.ts";
import type { FileSpec, ProcessSpec } from "../vm-spec.ts";
import { imageForm } from "./image-form.ts";

const form: Reader<FileSpec> = object({
  name: required(nameText, "The file's name, unique in the VM."),
  pages: required(pageCount({ minimum: 1, maximum: MAX_PAGES }), 'Its size: pages, or text such as "1 GiB".'),
  image: defaulted(
    imageForm,
    "What its pages hold at first: a name, or name and commonFraction; files and processes of one image, in whichever VM, " +
      "have pages in common. Default: none, it is like no other file.",
    null,
  ),
});

export const fileForm: Reader<FileSpec> = named("file", () => form);

export const fileSchema = form.schema;

/** Reports names of files that stand twice, and workloads that read what is not there. */
export function checkFiles(files: readonly FileSpec[], processes: readonly Pick<ProcessSpec, "workload">[], place: Place): void {
  files.forEach(({ name }, index) => {
    const first = files.findIndex((other) => other.name === name);
    if (first === index) return;
    const told = `is "${name}", as is that of file ${first + 1}; names must differ`;
    place.child("files").child(index).child("name").report(told);
  });
  processes.forEach(({ workload }, index) => {
    checkReads(workload, files, place.child("processes").child(index).child("workload"));
  });
}

function checkReads(workload: Workload, files: readonly FileSpec[], place: Place): void {
  for (const { path, reading } of listLeaves(workload)) {
    if (reading !== undefined) checkReading(reading, files, place.descendant(path));
  }
}

function checkReading(reading: FileReading, files: readonly FileSpec[], place: Place): void {
  const file = files.find(({ name }) => name === reading.file);
  if (file === undefined) {
    const known = files.map(({ name }) => `"${name}"`).join(", ") || "none";
    place.child("file").report(`is "${reading.file}", which the VM does not have; its files are: ${known}`);
    return;
  }
  const end = reading.firstPage + (reading.pages ?? 1);
  if (end <= file.pages) return;
  place.report(`reads page ${formatCount(end - 1)}, but "${file.name}" has only ${formatCount(file.pages)} pages, numbered from 0`);
}
