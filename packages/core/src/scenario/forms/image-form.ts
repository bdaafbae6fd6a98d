import { byType, nothing } from "../../reading/collections.ts";
import { defaulted, object, required } from "../../reading/object.ts";
import { named, type Reader, refined } from "../../reading/reader.ts";
import { ratio } from "../../reading/scalars.ts";
import { nameText } from "../../reading/text.ts";
import type { ImageSpec } from "../vm-spec.ts";

const form: Reader<ImageSpec | null> = byType<ImageSpec | null>(
  {
    null: nothing,
    string: refined(nameText, (name): ImageSpec => ({ name, commonFraction: 1 })),
    object: object({
      name: required(nameText, "The image's name: processes that give the same one have pages in common."),
      commonFraction: defaulted(
        ratio,
        "Fraction of the process's pages, 0 to 1, that are those of the image, spread evenly and counted in millionths; " +
          "the others are its own. Default: 1.",
        1,
      ),
    }),
  },
  "an image's name, an object with name and commonFraction, or null",
);

export const imageForm: Reader<ImageSpec | null> = named("image", () => form);

export const imageSchema = form.schema;
