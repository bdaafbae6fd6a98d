/** The first draw too high for an unbiased remainder: those from here on are drawn again. */
export function unbiasedLimit(bound: number): number {
  return 0x1_0000_0000 - (0x1_0000_0000 % bound);
}
