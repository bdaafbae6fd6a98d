import { field, type EventType } from "../event-type.ts";
import { EventCode } from "../codes.ts";

const real = field("realPage", "realPage", "the page of the VM's real memory");
const bytes = field("bytes", "count", "what it takes in the compression cache, in whole blocks of 64 bytes");
const content = field("content", "content", "what the page holds");
const frame = field("physicalPage", "physicalPage", "the frame's number");

export const compressionEvents: readonly EventType[] = [
  {
    code: EventCode.PageCompressed,
    name: "PageCompressed",
    family: "compression",
    says: "A stolen page compressed well enough to stay in memory, in the VM's compression cache.",
    subject: "vm",
    fields: { a: real, b: frame, c: bytes, d: content },
  },
  {
    code: EventCode.PageDecompressed,
    name: "PageDecompressed",
    family: "compression",
    says: "A touched page left the compression cache; a frame follows.",
    subject: "vm",
    fields: { a: real, c: bytes, d: content },
  },
  {
    code: EventCode.CompressedPageEvicted,
    name: "CompressedPageEvicted",
    family: "compression",
    says: "The cache was full: the page that was compressed longest ago leaves it for the host's swap.",
    subject: "vm",
    fields: { a: real, c: bytes, d: content },
  },
  {
    code: EventCode.CompressedPageFreed,
    name: "CompressedPageFreed",
    family: "compression",
    says: "A compressed page is not needed any more: the VM gave the page up or ended.",
    subject: "vm",
    fields: { a: real, c: bytes },
  },
  {
    code: EventCode.CompressionCacheGrown,
    name: "CompressionCacheGrown",
    family: "compression",
    says: "The hypervisor took a frame for a VM's compression cache.",
    subject: "vm",
    fields: { a: frame },
  },
  {
    code: EventCode.CompressionCacheShrunk,
    name: "CompressionCacheShrunk",
    family: "compression",
    says: "A VM's compression cache gave a frame back; it is free and not yet zeroed.",
    subject: "vm",
    fields: { a: frame },
  },
];
