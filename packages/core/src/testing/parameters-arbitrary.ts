import fc from "fast-check";
import type { Parameter, ParameterSchema, ParameterValue, ParameterValues } from "../policy/index.ts";

/** Any parameters within their bounds, the bounds themselves included. */
export function parametersArbitrary(schema: ParameterSchema): fc.Arbitrary<ParameterValues> {
  const values = Object.entries(schema).map(([name, parameter]) => [name, valueArbitrary(parameter)] as const);
  return fc.record(Object.fromEntries(values));
}

function valueArbitrary(parameter: Parameter): fc.Arbitrary<ParameterValue> {
  switch (parameter.type) {
    case "boolean":
      return fc.boolean();
    case "choice":
      return fc.constantFrom(...parameter.choices);
    case "integer":
      return fc.integer({ min: parameter.minimum, max: parameter.maximum });
    default:
      return fc.double({ min: parameter.minimum, max: parameter.maximum, noNaN: true });
  }
}
