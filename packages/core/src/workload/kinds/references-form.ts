import { describeFound } from "../../errors/index.ts";
import { NAMED_REFERENCE_PATTERN, parseNamedReference, parseReference, REFERENCE_PATTERN } from "../parse-reference.ts";
import { MAX_PAGES, MAX_REFERENCES } from "../../reading/limits.ts";
import { byType, list } from "../../reading/collections.ts";
import { type Reader, refined } from "../../reading/reader.ts";
import { integer, formatCount } from "../../reading/scalars.ts";
import { patterned } from "../../reading/text.ts";

const FORM = '3 or "3" (load page 3), "w3" (store to it), or by a page\'s name "red" and "w:red"';
const MAX_PAGE = MAX_PAGES - 1;
const bounds = { minimum: 1, maximum: MAX_REFERENCES };

const ANY_REFERENCE = `(${REFERENCE_PATTERN}|${NAMED_REFERENCE_PATTERN})`;

const text = refined(patterned(ANY_REFERENCE, `a reference such as ${FORM}`), (reference, place) => {
  if ((parseReference(reference)?.page ?? 0) <= MAX_PAGE) return reference;
  place.report(`must be of a page from 0 to ${formatCount(MAX_PAGE)}, not ${describeFound(reference)}`);
  return undefined;
});
const page = refined(integer({ minimum: 0, maximum: MAX_PAGE }, ""), String);
const reference = byType<string>({ number: page, string: text }, `a reference such as ${FORM}`);

const references = list(reference, bounds, "references");

/** One text with spaces or commas between the references, as books write them. */
const line: Reader<readonly string[]> = {
  schema: {
    anyOf: [
      { type: "string", pattern: lineOf("w?[0-9]+") },
      { type: "string", pattern: lineOf("(w:)?[A-Za-z_][A-Za-z0-9_.-]*") },
    ],
  },
  read(value, place) {
    const parts = String(value)
      .split(/[\s,]+/u)
      .filter((part) => part !== "");
    const wrong = parts.findIndex((part) => {
      const parsed = parseReference(part);
      return parsed === undefined ? parseNamedReference(part) === undefined : parsed.page > MAX_PAGE;
    });
    if (wrong < 0) return references.read(parts, place);
    place.report(`has ${describeFound(parts[wrong])} as reference ${formatCount(wrong)}, counted from 0; a reference is ${FORM}`);
    return undefined;
  },
};

function lineOf(part: string): string {
  return `^[\\s,]*${part}([\\s,]+${part})*[\\s,]*$`;
}

/** Accesses in order: text such as "3" and "w3", their one canonical form, or "red" and "w:red", which their process numbers. */
export const referencesForm: Reader<readonly string[]> = byType(
  { array: references, string: line },
  'a list of references such as [7, 0, "w1"], or text such as "7 0 w1" or "red blue w:red"',
);
