/** The mark of Ballast: four frames, one of them nobody's. */
export function Mark() {
  return (
    <svg width="20" height="20" viewBox="0 0 16 16" aria-hidden="true">
      <rect x="1" y="1" width="6" height="6" rx="1" fill="var(--vm-0)" />
      <rect x="9" y="1" width="6" height="6" rx="1" fill="var(--vm-1)" />
      <rect x="1" y="9" width="6" height="6" rx="1" fill="var(--vm-2)" />
      <rect x="9" y="9" width="6" height="6" rx="1" fill="var(--line-strong)" />
    </svg>
  );
}
