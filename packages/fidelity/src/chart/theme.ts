/** Colours that people who see few colours can tell apart (after M. Okabe, K. Ito, 2008), darker or lighter for contrast. */
const LIGHT = {
  paper: "#ffffff",
  ink: "#1f2328",
  muted: "#59636e",
  grid: "#e4e7eb",
  axis: "#8b949e",
  series: ["#0062a3", "#c44e00", "#00805c", "#9a3f8f", "#7a6200", "#4b5ad1"],
};
const DARK = {
  paper: "#12161c",
  ink: "#e6edf3",
  muted: "#9aa6b2",
  grid: "#262d36",
  axis: "#6b7683",
  series: ["#58b4f0", "#ff9657", "#3fd6a0", "#e08fd3", "#e3c84f", "#a2adff"],
};

/** For a light and for a dark page. */
export const PALETTES = { light: LIGHT, dark: DARK };

export const SERIES_COLOURS = LIGHT.series.length;
export const FONT_SIZES = { title: 16, description: 12, label: 12, tick: 11 } as const;

type Palette = typeof LIGHT;

/** The style of every chart: its own paper, so that it reads on a page of any colour, light or dark as the reader's system. */
export function styleSheet(): string {
  return (
    `text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif}` +
    `.title{font-size:${FONT_SIZES.title}px;font-weight:600}.description{font-size:${FONT_SIZES.description}px}` +
    `.label{font-size:${FONT_SIZES.label}px}.tick{font-size:${FONT_SIZES.tick}px}.bar-value{font-size:${FONT_SIZES.tick}px}` +
    `.line{fill:none;stroke-width:2;stroke-linejoin:round}.expected{stroke-dasharray:6 4}.again{stroke-dasharray:2 3}` +
    `.grid{stroke-width:1}.axis{stroke-width:1}.mark{stroke-width:1;stroke-dasharray:3 3}` +
    `.bar-expected{fill-opacity:0.25;stroke-width:1.5;stroke-dasharray:5 3}` +
    colours(LIGHT) +
    `@media (prefers-color-scheme:dark){${colours(DARK)}}`
  );
}

function colours({ paper, ink, muted, grid, axis, series }: Palette): string {
  const fixed =
    `.paper{fill:${paper};stroke:${grid}}.title,.label,.bar-value{fill:${ink}}.description,.tick{fill:${muted}}` +
    `.grid{stroke:${grid}}.axis,.mark{stroke:${axis}}`;
  const drawn = series.map(
    (colour, index) => `.s${index}.line{stroke:${colour}}.s${index}.fill{fill:${colour}}.s${index}.bar-expected{stroke:${colour}}`,
  );
  return fixed + drawn.join("");
}
