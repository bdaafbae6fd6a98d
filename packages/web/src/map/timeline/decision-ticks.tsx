import { useEffect, useRef } from "preact/hooks";
import { tokenValue } from "../../design/token-value.ts";
import { colourScheme } from "../colouring/colour-scheme.ts";
import { vmToken } from "../colouring/colouring.ts";
import { type Span, xOf } from "./time-scale.ts";
import type { TimelineDecision } from "./timeline-data.ts";

type DecisionTicksProps = {
  readonly decisions: readonly TimelineDecision[];
  readonly span: Span;
  readonly width: number;
  readonly height: number;
};

/** A stroke for each decision, in the colour of the VM that it concerns. */
export function DecisionTicks({ decisions, span, width, height }: DecisionTicksProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const scheme = colourScheme.value;
  useEffect(() => {
    const context = canvas.current!.getContext("2d");
    if (context === null) return;
    const ratio = devicePixelRatio;
    canvas.current!.width = Math.max(1, Math.round(width * ratio));
    canvas.current!.height = Math.round(height * ratio);
    for (const { timeNs, vm } of decisions) {
      const x = xOf(Number(timeNs), span, width * ratio);
      if (x < 0 || x > width * ratio) continue;
      context.fillStyle = tokenValue(vm === null ? "--ink-soft" : vmToken(vm));
      context.fillRect(Math.round(x), 2, Math.max(1, Math.round(ratio)), height * ratio - 4);
    }
  }, [decisions, span, width, height, scheme]);
  return <canvas ref={canvas} style={{ width: `${width}px`, height: `${height}px` }} />;
}

/** The decision whose tick is nearest to a point, within a few pixels; `decisions` are in order. */
export function decisionNear(decisions: readonly TimelineDecision[], x: number, span: Span, width: number): TimelineDecision | undefined {
  let [found, distance] = [undefined as TimelineDecision | undefined, NEAR];
  for (const decision of decisions) {
    const away = Math.abs(xOf(Number(decision.timeNs), span, width) - x);
    if (away < distance) [found, distance] = [decision, away];
  }
  return found;
}

/** In pixels. */
const NEAR = 4;
