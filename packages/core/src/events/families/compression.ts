import { eventsOf, field } from "../declare.ts";

const declare = eventsOf("compression");

const real = field("realPage", "realPage", "the page of the VM's real memory");
const bytes = field("bytes", "count", "what it takes in the compression cache, in whole blocks of 64 bytes");
const content = field("content", "content", "what the page holds");
const frame = field("physicalPage", "physicalPage", "the frame's number");

export const PageCompressed = declare("PageCompressed", {
  code: 71,
  description: "A stolen page compressed well enough to stay in memory, in the VM's compression cache.",
  subject: "vm",
  fields: { a: real, b: frame, c: bytes, d: content },
});

export const PageDecompressed = declare("PageDecompressed", {
  code: 72,
  description: "A touched page left the compression cache; a frame follows.",
  subject: "vm",
  fields: { a: real, c: bytes, d: content },
});

export const CompressedPageEvicted = declare("CompressedPageEvicted", {
  code: 73,
  description: "The cache was full: the page that was compressed longest ago leaves it for the host's swap.",
  subject: "vm",
  fields: { a: real, c: bytes, d: content },
});

export const CompressedPageFreed = declare("CompressedPageFreed", {
  code: 74,
  description: "A compressed page is not needed any more: the VM gave the page up or ended.",
  subject: "vm",
  fields: { a: real, c: bytes },
});

export const CompressionCacheGrown = declare("CompressionCacheGrown", {
  code: 75,
  description: "The hypervisor took a frame for a VM's compression cache.",
  subject: "vm",
  fields: { a: frame },
});

export const CompressionCacheShrunk = declare("CompressionCacheShrunk", {
  code: 76,
  description: "A VM's compression cache gave a frame back; it is free and not yet zeroed.",
  subject: "vm",
  fields: { a: frame },
});
