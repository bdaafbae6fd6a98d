import type { Plugin } from "graphql-yoga";

export type Phase = "parse" | "validate" | "execute";

/** Measures the phases of every operation. */
export function usePhases(observe: (phase: Phase, seconds: number) => void): Plugin {
  const measuring = (phase: Phase): (() => void) => {
    const begun = performance.now();
    return () => observe(phase, (performance.now() - begun) / 1000);
  };
  return {
    onParse: () => measuring("parse"),
    onValidate: () => measuring("validate"),
    onExecute: () => ({ onExecuteDone: measuring("execute") }),
  };
}
