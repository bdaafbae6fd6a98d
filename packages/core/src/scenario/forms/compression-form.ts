import { PAGE_BYTES } from "../../units/index.ts";
import { COMPRESSION_DEFAULTS, type CompressionSpec } from "../compression-spec.ts";
import { defaulted, object } from "../../reading/object.ts";
import type { Reader } from "../../reading/reader.ts";
import { integer, ratio, real } from "../../reading/scalars.ts";

export const compressedFractionForm = real({ minimum: 0.01, maximum: 1 });

export const compressionForm: Reader<CompressionSpec> = object({
  cacheFraction: defaulted(
    ratio,
    "Most of a VM's configured pages that its compression cache may take in frames, 0 to 1. Default: 0.1 (published: ESX).",
    COMPRESSION_DEFAULTS.cacheFraction,
  ),
  maxBytes: defaulted(
    integer({ minimum: 64, maximum: PAGE_BYTES }, "bytes"),
    "A page that compresses to more is swapped out. Default: 2,048 (published: ESX).",
    COMPRESSION_DEFAULTS.maxBytes,
  ),
  otherFraction: defaulted(
    compressedFractionForm,
    "Mean compressed size, as a fraction of a page, of pages that no process uses. Default: 0.4 (assumed).",
    COMPRESSION_DEFAULTS.otherFraction,
  ),
});
