/** What a reference does to its page. The numbers are stored: they never change. */
export const accessKinds = { instruction: 0, load: 1, store: 2, modify: 3 } as const;

export type AccessKindName = keyof typeof accessKinds;

export type AccessKind = (typeof accessKinds)[AccessKindName];

/** A store or a modify (a load and a store in one instruction) makes its page dirty. */
export function writesPage(kind: number): boolean {
  return kind >= accessKinds.store;
}
