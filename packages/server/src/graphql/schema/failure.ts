import { ERROR_CODES, type ErrorCode, type Problem } from "@ballast/core/errors";
import { ExpectedFailure } from "../errors/answerable.ts";
import { builder } from "./builder.ts";

export const ErrorCodeEnum = builder.enumType("ErrorCode", {
  description: "Every code an error can have, in `Failure.code` or in `extensions.code`. A code is stable.",
  values: Object.fromEntries(
    Object.entries(ERROR_CODES).map(([code, description]) => [code, { value: code as ErrorCode, description }]),
  ) as Readonly<Record<ErrorCode, { value: ErrorCode; description: string }>>,
});

export const ProblemRef = builder.objectRef<Problem>("Problem").implement({
  description: "One thing that is wrong with an input.",
  fields: (t) => ({
    path: t.exposeString("path", { description: "JSON pointer to the place in the input; empty for the whole." }),
    message: t.exposeString("message", { description: "What was found and what is allowed." }),
  }),
});

type ErrorShape = { code: ErrorCode; message: string };

const ErrorInterface = builder.interfaceRef<ErrorShape>("Error").implement({
  description: "What every expected failure has in common: match on the code, show the message.",
  fields: (t) => ({
    code: t.field({ type: ErrorCodeEnum, description: "Stable; see docs/errors.md.", resolve: (error) => error.code }),
    message: t.exposeString("message", { description: "What happened, with its numbers and units, and what to do." }),
  }),
});

builder.objectType(ExpectedFailure, {
  name: "Failure",
  description: "An expected failure: nothing was changed.",
  interfaces: [ErrorInterface],
  fields: (t) => ({
    problems: t.field({
      type: [ProblemRef],
      description: "All that is wrong with the input, if the failure is about its insides; else empty.",
      resolve: (error) => error.problems,
    }),
  }),
});
