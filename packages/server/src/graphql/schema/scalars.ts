import { BallastError } from "@ballast/core/errors";
import { Kind, valueFromASTUntyped } from "graphql";
import { builder } from "./builder.ts";

const DIGITS = /^-?\d{1,16}$/;

/** Positions, times and the like never have more than 53 bits, so that inside they are plain numbers. */
function readInteger(value: unknown): number {
  const number = typeof value === "string" && DIGITS.test(value) ? Number(value) : value;
  if (typeof number === "number" && Number.isSafeInteger(number)) return number;
  throw new BallastError(
    "INPUT_INVALID",
    `${JSON.stringify(value) ?? String(value)} is not a BigInt: give a whole number from -(2^53-1) to 2^53-1, as text or number`,
  );
}

builder.scalarType("BigInt", {
  description: "A whole number of up to 53 bits, written as text, because Int ends at 31 bits. A number is accepted as input.",
  serialize: (value) => String(value),
  parseValue: readInteger,
  parseLiteral: (node) => readInteger(node.kind === Kind.INT || node.kind === Kind.STRING ? node.value : node.kind),
});

builder.scalarType("DateTime", {
  description: "A moment of real time, RFC 3339 in UTC, such as `2026-11-23T18:00:00.000Z`.",
  serialize: (value) => value.toISOString(),
  parseValue: (value) => {
    const date = new Date(String(value));
    if (!Number.isNaN(date.getTime())) return date;
    throw new BallastError("INPUT_INVALID", `${JSON.stringify(value)} is not a time: write it as 2026-11-23T18:00:00Z`);
  },
});

builder.scalarType("Json", {
  description: "Any JSON value: an object, a list, a text, a number, a truth value or null.",
  serialize: (value) => value,
  parseValue: (value) => value,
  parseLiteral: (node, variables) => valueFromASTUntyped(node, variables),
});

builder.scalarType("CsvColumn", {
  description: "A column of a CSV: its number, from 1, or its name in the first line.",
  serialize: (value) => value,
  parseValue: (value) => {
    if (typeof value === "string") return DIGITS.test(value) ? Number(value) : value;
    if (typeof value === "number") return value;
    throw new BallastError("INPUT_INVALID", `${JSON.stringify(value)} is not a column: give its number or its name`);
  },
});
