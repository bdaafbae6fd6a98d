/**
 * Memory references of a walk without any cache: one for each level of a page table. Under a second table of `hostLevels`,
 * each of the guest's entries lies at a real address that is translated first, and so does the page that is found: n m + n +
 * m (R. Bhargava and others, ASPLOS 2008). A large page saves its table the last level.
 */
export function walkReferences(levels: number, hostLevels = 0): number {
  const referencesForEntry = hostLevels + 1;
  return levels * referencesForEntry + hostLevels;
}
