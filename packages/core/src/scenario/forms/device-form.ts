import { DEVICE_PROFILES } from "../device-profiles.ts";
import { MAX_BYTES_PER_S, MAX_NS, MAX_PARALLEL } from "../../reading/limits.ts";
import { byType, nothing } from "../../reading/collections.ts";
import { defaulted, object, required } from "../../reading/object.ts";
import { byteRate, duration } from "../../reading/quantities.ts";
import { named, type Reader, refined } from "../../reading/reader.ts";
import { choice, integer } from "../../reading/scalars.ts";
import type { DeviceSpec } from "../vm-spec.ts";

const profileNames = Object.keys(DEVICE_PROFILES) as (keyof typeof DEVICE_PROFILES)[];
const requestNs = duration({ minimum: 0, maximum: MAX_NS });
const rate = byteRate({ minimum: 1, maximum: MAX_BYTES_PER_S });

/** What the names stand for, with their sources, for the schema's reader. */
const profilesTold = Object.entries(DEVICE_PROFILES)
  .map(([name, { description, source, confidence }]) => `"${name}": ${description} (${confidence}: ${source}).`)
  .join(" ");

const profile = refined(choice(profileNames), (name): DeviceSpec => DEVICE_PROFILES[name].spec);

const form: Reader<DeviceSpec> = byType<DeviceSpec>(
  {
    string: { schema: { ...profile.schema, description: profilesTold }, read: (value, place) => profile.read(value, place) },
    object: object({
      readNs: required(requestNs, 'Time of reading one page when the device has nothing else to do: ns, or text such as "90 us".'),
      writeNs: required(requestNs, 'Time of writing one page: ns, or text such as "20 us".'),
      sequentialNs: defaulted(
        byType<number | null>({ null: nothing, number: requestNs, string: requestNs }, 'ns, text such as "60 us", or null'),
        "The same for a request that follows the one before on the medium (the next slot of the swap, the next page of a " +
          "process); null: like any other. Default: null.",
        null,
      ),
      queueDepth: defaulted(
        integer({ minimum: 1, maximum: MAX_PARALLEL }, "requests"),
        "Requests that it serves simultaneously; others wait. Default: 1.",
        1,
      ),
      bandwidthBytesPerS: defaulted(
        byType<number | null>({ null: nothing, number: rate, string: rate }, 'bytes/s, text such as "150 MB/s", or null'),
        'What its requests together can transfer: bytes/s, or text such as "150 MB/s"; null: no bound. Default: null.',
        null,
      ),
    }),
  },
  `the name of a device (${profileNames.join(", ")}) or an object with readNs and writeNs`,
);

export const deviceForm: Reader<DeviceSpec> = named("device", () => form);

export const deviceSchema = form.schema;
