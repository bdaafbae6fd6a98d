import { NS_PER_MS, NS_PER_US } from "../units/index.ts";
import type { DeviceSpec } from "./vm-spec.ts";

/** A kind of device with where its figures come from and how sure they are, for people to see. */
export type DeviceProfile = {
  readonly spec: DeviceSpec;
  readonly description: string;
  readonly source: string;
  readonly confidence: "published" | "derived" | "assumed";
};

/** Latencies of a single 4 KiB request to an idle device are known to the field and not measured here. */
export const DEVICE_PROFILES = {
  nvme: {
    spec: {
      readNs: 90 * NS_PER_US,
      writeNs: 20 * NS_PER_US,
      sequentialNs: null,
      queueDepth: 45,
      bandwidthBytesPerS: 3_400_000_000,
    },
    description: "NVMe flash: 90 us read, 20 us write, queue depth 45, 3.4 GB/s",
    source:
      "latencies known to the field; 45 requests of 90 us are the 500,000 random reads/s that Samsung states for its 970 EVO at " +
      "a queue depth of 32, as is the bandwidth",
    confidence: "assumed",
  },
  ssd: {
    spec: {
      readNs: 120 * NS_PER_US,
      writeNs: 60 * NS_PER_US,
      sequentialNs: null,
      queueDepth: 12,
      bandwidthBytesPerS: 550_000_000,
    },
    description: "SATA flash: 120 us read, 60 us write, queue depth 12, 550 MB/s",
    source:
      "latencies known to the field; 12 requests of 120 us are about the 98,000 random reads/s that Samsung states for its 860 EVO at " +
      "a queue depth of 32, as is the bandwidth",
    confidence: "assumed",
  },
  hdd: {
    spec: {
      readNs: 8 * NS_PER_MS,
      writeNs: 8 * NS_PER_MS,
      sequentialNs: 60 * NS_PER_US,
      queueDepth: 1,
      bandwidthBytesPerS: 150_000_000,
    },
    description: "a hard disk: 8 ms for a request with a seek, 60 us for one that follows the one before, one at a time, 150 MB/s",
    source: "known to the field: seek and half a turn; a request that follows is served from the track",
    confidence: "assumed",
  },
  "compressed-memory": {
    spec: {
      readNs: 6_400,
      writeNs: 12_800,
      sequentialNs: null,
      queueDepth: 64,
      bandwidthBytesPerS: null,
    },
    description: "compressed memory: 6.4 us to decompress a page, 12.8 us to compress it, each on its VM's own processor",
    source:
      "decompression known to the field (zswap with lzo: 6.4 us at the median); compression assumed to take twice as long; its " +
      "room is the swap's, and takes no frames",
    confidence: "assumed",
  },
} as const satisfies Readonly<Record<string, DeviceProfile>>;

/** A device that serves one request after the other, wherever on the medium they are. */
export function plainDevice(readNs: number, writeNs: number): DeviceSpec {
  return { readNs, writeNs, sequentialNs: null, queueDepth: 1, bandwidthBytesPerS: null };
}
