import type { Decision } from "./decision.ts";
import type { Observation } from "./observation.ts";
import type { Json, PolicyInstance } from "./policy.ts";

/** A policy at work that decides by the observation alone, and keeps nothing. */
export function stateless(decide: PolicyInstance["decide"]): PolicyInstance {
  return { decide, save: () => null, load: () => {} };
}

/** What is known after an observation, and what is decided. */
export type Step<State> = { readonly state: State; readonly decisions: readonly Decision[] };

/** A policy at work that keeps a state, which is plain data and replaced, never changed. */
export function stateful<State extends Json>(
  initial: State,
  step: (state: State, observation: Observation) => Step<State>,
): PolicyInstance {
  let state = initial;
  return {
    decide(observation) {
      const next = step(state, observation);
      state = next.state;
      return next.decisions;
    },
    save: () => state,
    load: (saved) => {
      state = saved as State;
    },
  };
}
