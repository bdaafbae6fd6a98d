import { MAX_NS } from "../../../reading/limits.ts";
import { defaulted, object, required } from "../../../reading/object.ts";
import { duration } from "../../../reading/quantities.ts";
import type { Reader } from "../../../reading/reader.ts";
import { choice, flag } from "../../../reading/scalars.ts";
import type { VirtioBalloonSpec } from "../../vm-spec.ts";
import { reportingForm } from "./reporting-form.ts";
import { capField, minFreePagesField, pagesField, type UnsizedBalloon } from "./unsized-balloon.ts";

const time = duration({ minimum: 0, maximum: MAX_NS });
/** Waiting for no time at all would be trying for ever. */
const someTime = duration({ minimum: 1000, maximum: MAX_NS });
const PUBLISHED = "(published: Linux, virtio_balloon).";

type UnsizedVirtio = Extract<UnsizedBalloon, { readonly driver: VirtioBalloonSpec["driver"] }>;

export const virtioBalloonForm: Reader<UnsizedVirtio> = object({
  driver: required(
    choice(["virtio"]),
    "Linux's virtio_balloon: notified of a new target immediately, works in batches, with one call of the hypervisor for each.",
  ),
  notifyNs: defaulted(time, "From a new target until the driver begins. Default: 0 (assumed).", 0),
  capFraction: capField(1, "the driver has no cap of its own"),
  minFreePages: minFreePagesField,
  batchPages: pagesField("Most pages in one call of the hypervisor.", 256, PUBLISHED),
  retryNs: defaulted(someTime, `From a refused allocation until the next attempt. Default: 200 ms ${PUBLISHED}`, 200_000_000),
  deflateOnOom: defaulted(
    flag,
    "Whether the balloon gives pages back to a guest that would run out of memory. Default: false (published: QEMU).",
    false,
  ),
  oomPages: pagesField("How many it then gives back in one step.", 256, PUBLISHED),
  reporting: defaulted(
    reportingForm,
    "Free page reporting from the start: true, false, or an object; a policy may switch it on and off. Default: false " +
      "(published: QEMU).",
    false,
  ),
});
