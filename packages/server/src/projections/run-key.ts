/** Which run's read models: its root's id and its own. */
export type RunKey = { readonly rootRun: number; readonly run: number };
