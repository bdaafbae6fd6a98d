import type { ObjectNumbering } from "./object-numbering.ts";
import { originalPage } from "./original-pages.ts";
import type { PageNumbering } from "./page-numbering.ts";

const SPACE_END = 0x2f;

/**
 * The name of every page in the order of dense numbers: the object's own where objects have names, else `0x` and the
 * page number; behind the name of its space and a slash where there are spaces.
 */
export function* namePages(pages: PageNumbering, objects: ObjectNumbering, spaces: ObjectNumbering): Generator<Uint8Array> {
  const originals = pages.originalPages();
  for (let page = 0; page < pages.count; page += 1) {
    const own = objects.count > 0 ? objects.bytesOf(originals.low[page]) : asciiBytes(`0x${originalPage(originals, page).toString(16)}`);
    if (spaces.count === 0) yield own.slice();
    else yield inSpace(spaces.bytesOf(pages.spaceOf(page)), own);
  }
}

function inSpace(space: Uint8Array, own: Uint8Array): Uint8Array {
  const name = new Uint8Array(space.length + 1 + own.length);
  name.set(space);
  name[space.length] = SPACE_END;
  name.set(own, space.length + 1);
  return name;
}

function asciiBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
