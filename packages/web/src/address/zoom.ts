import { computed, type ReadonlySignal } from "@preact/signals";
import { type ChartRange, parseRange, rangeText } from "../design/chart-range.ts";
import { parameter, setParameters } from "./address.ts";

const zoom = parameter("zoom");

/** What the charts of a screen show of their x axis, `zoom=100,250`; undefined: the whole. */
export const chartZoom: ReadonlySignal<ChartRange | undefined> = computed(() => parseRange(zoom.value));

export function setChartZoom(range: ChartRange | undefined): void {
  setParameters({ zoom: range && rangeText(range) });
}
