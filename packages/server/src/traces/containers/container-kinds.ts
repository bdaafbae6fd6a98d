/** What trace files may be compressed with, each with the name of one whole part: several may follow each other. */
export const CONTAINERS = {
  gzip: { part: "member", expand: "gzip -dc" },
  zstd: { part: "frame", expand: "zstd -dc" },
  xz: { part: "stream", expand: "xz -dc" },
  bzip2: { part: "stream", expand: "bzip2 -dc" },
} as const;

export type ContainerKind = keyof typeof CONTAINERS;

/** As many bytes as `containerOf` looks at. */
export const CONTAINER_HEAD_BYTES = 10;

type Magic = {
  readonly kind: ContainerKind;
  /** Each byte of the magic number: the value, or the lowest and the highest one. */
  readonly bytes: readonly (number | readonly [number, number])[];
  /** This many bytes are enough to recognise a file that is cut off within its magic number. */
  readonly enough: number;
};

const BZIP2_HEADER = [0x42, 0x5a, 0x68, [0x31, 0x39]] as const;

/** RFC 1952 (deflate is the only method), RFC 8878 (frames, and skippable frames as pzstd writes), xz, bzip2. */
const MAGICS: readonly Magic[] = [
  { kind: "gzip", bytes: [0x1f, 0x8b, 0x08], enough: 1 },
  { kind: "zstd", bytes: [0x28, 0xb5, 0x2f, 0xfd], enough: 2 },
  { kind: "zstd", bytes: [[0x50, 0x5f], 0x2a, 0x4d, 0x18], enough: 2 },
  { kind: "xz", bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], enough: 1 },
  { kind: "bzip2", bytes: [...BZIP2_HEADER, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59], enough: 3 },
  { kind: "bzip2", bytes: [...BZIP2_HEADER, 0x17, 0x72, 0x45, 0x38, 0x50, 0x90], enough: 3 },
];

/** The container that begins with these bytes. */
export function containerOf(head: Uint8Array): ContainerKind | undefined {
  return MAGICS.find(({ bytes }) => head.length >= bytes.length && agree(head, bytes))?.kind;
}

/** The container whose magic number begins with all of these bytes, and is longer. */
export function containerCutOff(bytes: Uint8Array): ContainerKind | undefined {
  return MAGICS.find((magic) => {
    return bytes.length >= magic.enough && bytes.length < magic.bytes.length && agree(bytes, magic.bytes);
  })?.kind;
}

function agree(head: Uint8Array, magic: Magic["bytes"]): boolean {
  return magic.every((expected, index) => {
    const byte = head[index];
    if (byte === undefined) return true;
    return typeof expected === "number" ? byte === expected : byte >= expected[0] && byte <= expected[1];
  });
}
