const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 };
/** Of a chart, per press of Page Up or Page Down, or of an arrow with shift. */
const PAGES = 10;

type KeyPress = { readonly key: string; readonly shiftKey: boolean };

/** The point that a key moves the cursor to; undefined: the key moves nothing. */
export function movedIndex(index: number, length: number, { key, shiftKey }: KeyPress): number | undefined {
  const last = Math.max(0, length - 1);
  const page = Math.max(1, Math.round(length / PAGES));
  if (key === "Home") return 0;
  if (key === "End") return last;
  const step = key === "PageDown" ? -page : key === "PageUp" ? page : (STEPS[key] ?? 0) * (shiftKey ? page : 1);
  return step === 0 ? undefined : Math.min(last, Math.max(0, index + step));
}

type Range = readonly [from: number, to: number];
type Zoom = { readonly at: number; readonly whole: Range; readonly isLogarithmic: boolean };

/** The range of an axis after `+`, `-` or `0` (the whole), around a value; undefined: the key zooms nothing. */
export function zoomedRange([from, to]: Range, key: string, { at, whole, isLogarithmic }: Zoom): Range | undefined {
  if (key === "0") return whole;
  const factor = key === "+" || key === "=" ? 0.5 : key === "-" ? 2 : undefined;
  if (factor === undefined) return undefined;
  const [forward, backward] = isLogarithmic ? [Math.log, Math.exp] : [same, same];
  const bound = (value: number): number => backward(forward(at) + (forward(value) - forward(at)) * factor);
  return [Math.max(whole[0], bound(from)), Math.min(whole[1], bound(to))];
}

function same(value: number): number {
  return value;
}
