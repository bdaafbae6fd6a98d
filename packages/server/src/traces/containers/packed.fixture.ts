import { gzipSync, zstdCompressSync } from "node:zlib";
import type { ContainerKind } from "./container-kinds.ts";

/** Thirty references; the first ten lines are one part of each of the files below, the others the second one. */
export const LINES = Array.from({ length: 30 }, (_, index) => `L ${index % 7}`);
const FIRST = Buffer.from(
  LINES.slice(0, 10)
    .map((line) => `${line}\n`)
    .join(""),
);
const SECOND = Buffer.from(
  LINES.slice(10)
    .map((line) => `${line}\n`)
    .join(""),
);
const NOTHING = Buffer.alloc(0);

type Packed = { readonly first: Buffer; readonly second: Buffer; readonly empty: Buffer };

const base64 = (text: string): Buffer => Buffer.from(text, "base64");

/** Whole parts. Those of xz and bzip2 were made by Python 3.11's modules lzma and bz2, which use liblzma and libbz2. */
export const PACKED = {
  gzip: { first: gzipSync(FIRST), second: gzipSync(SECOND), empty: gzipSync(NOTHING) },
  zstd: { first: zstdCompressSync(FIRST), second: zstdCompressSync(SECOND), empty: zstdCompressSync(NOTHING) },
  xz: {
    first: base64("/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4AAnABddACYIAgCtVwdcGRLeQswI7Gxj6LaWiAAAAAA9mJ7IPIp4cgABMyjheFjhH7bzfQEAAAAABFla"),
    second: base64("/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4ABPABhdACYIAmCtVwjbWej4/0BCzF4JgV202tAAAAAORDjyuYaT4AABNFAoF8fwH7bzfQEAAAAABFla"),
    empty: base64("/Td6WFoAAATm1rRGAAAAABzfRCEftvN9AQAAAAAEWVo="),
  },
  bzip2: {
    first: base64("QlpoOTFBWSZTWem/HZIAAA/cAAAQQAB/AAAEIAAhJRmo2hADDHYzvv5BEEQRou5IpwoSHTfjskA="),
    second: base64("QlpoOTFBWSZTWVXOpBAAACJcAAAQQAB/AAAEIAAxADARUDGpjx6+KbcYCQEgJ8XckU4UJBVzqQQA"),
    empty: base64("QlpoORdyRThQkAAAAAA="),
  },
} satisfies Record<ContainerKind, Packed>;

/** `FIRST` with the check SHA-256, by the same Python. */
export const XZ_WITH_SHA256 = base64(
  "/Td6WFoAAArh+wyhAgAhARYAAAB0L+Wj4AAnABddACYIAgCtVwdcGRLeQswI7Gxj6LaWiAAAAAASYFFhhRcdv+AUWoqj57Qyr1bFSz2FbaNx0J4LuWtCPAABSygfi74GGJtLmgEAAAAAClla",
);

/** A frame that holds other data, as pzstd writes before each frame (RFC 8878, 3.1.2). */
export const SKIPPABLE_FRAME = Buffer.concat([Uint8Array.of(0x5a, 0x2a, 0x4d, 0x18, 4, 0, 0, 0), Buffer.from("size")]);
