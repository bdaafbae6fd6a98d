import { type NumberParameter, periodMs, type ValuesOf } from "@ballast/core/policy";

const DRIVER = "Linux (until 5.2), drivers/xen/xen-selfballoon.c";

const interval: NumberParameter = {
  ...periodMs,
  minimum: 0.1,
  default: 5000,
  source: `${DRIVER}: selfballoon_interval, 5 s`,
  confidence: "published",
};

const downHysteresis: NumberParameter = {
  type: "integer",
  unit: "periods",
  default: 8,
  minimum: 1,
  maximum: 1000,
  description: "A guest with more than its goal gives up the excess divided by this at each period.",
  source: `${DRIVER}: selfballoon_downhysteresis`,
  confidence: "published",
};

const upHysteresis: NumberParameter = {
  type: "integer",
  unit: "periods",
  default: 1,
  minimum: 1,
  maximum: 1000,
  description: "A guest with less than its goal asks for what is missing divided by this at each period.",
  source: `${DRIVER}: selfballoon_uphysteresis`,
  confidence: "published",
};

const reservedPages: NumberParameter = {
  type: "integer",
  unit: "pages",
  default: 0,
  minimum: 0,
  maximum: 2 ** 28,
  description: "Added to every guest's goal, for file caches and the like.",
  source: `${DRIVER}: selfballoon_reserved_mb, 0 unless set`,
  confidence: "published",
};

const guestReserveFraction: NumberParameter = {
  type: "number",
  unit: "of the VM",
  default: 0.01,
  minimum: 0,
  maximum: 0.5,
  description: "What a guest's kernel keeps free for itself (totalreserve_pages), part of its goal.",
  source: "Linux, mm/page_alloc.c: the high watermark, 1.5 sqrt(16 kB x size), is 1.2 % of 256 MiB and 0.6 % of 1 GiB",
  confidence: "calibrated",
};

const minimumUsablePages: NumberParameter = {
  type: "integer",
  unit: "pages",
  default: 0,
  minimum: 0,
  maximum: 2 ** 28,
  description: "No guest goes below this and its reserve; 0 for the driver's floor by size, under which VMs below 16 MiB never balloon.",
  source: `${DRIVER}: selfballoon_min_usable_mb, 0 unless set`,
  confidence: "published",
};

export const parameters = {
  periodMs: interval,
  downHysteresis,
  upHysteresis,
  guestReserveFraction,
  reservedPages,
  minimumUsablePages,
};

export type Settings = ValuesOf<typeof parameters>;
