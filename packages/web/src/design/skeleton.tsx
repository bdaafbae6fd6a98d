/** Holds the place of what is loading, at its size, so that nothing jumps when it comes. `height` in rem. */
export function Skeleton({ height = 1.25, width = "100%" }: { readonly height?: number; readonly width?: string }) {
  return <span class="skeleton" style={{ height: `${height}rem`, width }} aria-hidden="true" />;
}

/** Lines of text that are loading; screen readers hear one word. */
export function SkeletonLines({ lines }: { readonly lines: number }) {
  return (
    <div class="stack-tight" role="status">
      <span class="visually-hidden">Loading</span>
      {Array.from({ length: lines }, (_, index) => (
        <Skeleton key={index} width={`${95 - ((index * 23) % 40)}%`} />
      ))}
    </div>
  );
}
