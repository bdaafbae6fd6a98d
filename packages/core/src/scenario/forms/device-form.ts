import { DEVICE_PROFILES } from "../costs.ts";
import { MOST_NS } from "../limits.ts";
import { byType } from "../reading/collections.ts";
import { object, required } from "../reading/object.ts";
import { duration } from "../reading/quantities.ts";
import { named, type Reader, refined } from "../reading/reader.ts";
import { choice } from "../reading/scalars.ts";
import type { DeviceSpec } from "../vm-spec.ts";

const profileNames = Object.keys(DEVICE_PROFILES) as (keyof typeof DEVICE_PROFILES)[];
const requestNs = duration({ minimum: 0, maximum: MOST_NS });

const form: Reader<DeviceSpec> = byType<DeviceSpec>(
  {
    string: refined(choice(profileNames), (name) => DEVICE_PROFILES[name]),
    object: object({
      readNs: required(requestNs, 'Time of reading one page: ns, or text such as "90 us".'),
      writeNs: required(requestNs, 'Time of writing one page: ns, or text such as "20 us".'),
    }),
  },
  `the name of a device (${profileNames.join(", ")}) or an object with readNs and writeNs`,
);

export const deviceForm: Reader<DeviceSpec> = named("device", () => form);

export const deviceSchema = form.schema;
