import { describeFound } from "../../errors/index.ts";
import { byType, nothing } from "../../reading/collections.ts";
import { isObject } from "../../reading/object.ts";
import { named, type Reader, refined } from "../../reading/reader.ts";
import { flag } from "../../reading/scalars.ts";
import type { BalloonSpec } from "../vm-spec.ts";
import { SIMPLE_BY_DEFAULT, simpleBalloonForm } from "./balloon-forms/simple-balloon-form.ts";
import { virtioBalloonForm } from "./balloon-forms/virtio-balloon-form.ts";
import { vmwareBalloonForm } from "./balloon-forms/vmware-balloon-form.ts";
import type { UnsizedBalloon } from "./balloon-forms/unsized-balloon.ts";

const DRIVERS: { readonly [Driver in BalloonSpec["driver"]]: Reader<UnsizedBalloon> } = {
  simple: simpleBalloonForm,
  vmware: vmwareBalloonForm,
  virtio: virtioBalloonForm,
};

/** An object of the form that its driver has; without one, of the simple driver's. */
const byDriver: Reader<UnsizedBalloon> = {
  schema: { anyOf: Object.values(DRIVERS).map(({ schema }) => schema) },
  read(value, place) {
    const driver: unknown = isObject(value) ? (value["driver"] ?? "simple") : "simple";
    if (isDriver(driver)) return DRIVERS[driver].read(value, place);
    place.child("driver").report(`must be one of ${Object.keys(DRIVERS).join(", ")}, not ${describeFound(driver)}`);
    return undefined;
  },
};

function isDriver(driver: unknown): driver is BalloonSpec["driver"] {
  return typeof driver === "string" && Object.hasOwn(DRIVERS, driver);
}

const form: Reader<UnsizedBalloon | null> = byType<UnsizedBalloon | null>(
  {
    null: nothing,
    boolean: refined(flag, (isThere): UnsizedBalloon | null => (isThere ? SIMPLE_BY_DEFAULT : null)),
    object: byDriver,
  },
  `true, false, or an object with driver (${Object.keys(DRIVERS).join(", ")}) and its figures`,
);

export const balloonForm: Reader<UnsizedBalloon | null> = named("balloon", () => form);

export const balloonSchema = form.schema;
