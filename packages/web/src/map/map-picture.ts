import { tokenValue } from "../design/token-value.ts";

/** What all grids of the screen show, one beside the other, as a PNG. */
export async function mapPicture(): Promise<Blob> {
  const grids = [...document.querySelectorAll<HTMLCanvasElement>(".map-grid-canvas")].filter(
    ({ width, height }) => width > 1 && height > 1,
  );
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(
    1,
    grids.reduce((sum, { width }) => sum + width + GAP, GAP),
  );
  canvas.height = HEADING + GAP + Math.max(0, ...grids.map(({ height }) => height));
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("this browser gives no 2D context for a canvas");
  context.fillStyle = tokenValue("--surface");
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.font = "600 14px system-ui, sans-serif";
  let x = GAP;
  for (const grid of grids) {
    context.fillStyle = tokenValue("--ink");
    context.fillText(grid.closest("section")?.getAttribute("aria-label") ?? "", x, HEADING - 10, grid.width);
    context.drawImage(grid, x, HEADING);
    x += grid.width + GAP;
  }
  return await new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob === null ? reject(new Error("the picture is too large for this browser")) : resolve(blob)), "image/png");
  });
}

/** In pixels. */
const GAP = 16;
const HEADING = 32;
