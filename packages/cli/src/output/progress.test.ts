import { Writable } from "node:stream";
import { describe, expect, test } from "vitest";
import { Progress } from "./progress.ts";

class Captured extends Writable {
  text = "";
  readonly isTTY: boolean;
  readonly columns = 60;

  constructor(isTTY: boolean) {
    super();
    this.isTTY = isTTY;
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

describe("progress", () => {
  test("on a terminal redraws one line with a bar, and takes it away in the end", () => {
    const stream = new Captured(true);
    const progress = new Progress(stream);
    progress.update({ label: "ballooning", fraction: 0.5, detail: "2.0 M events/s" });
    progress.clear();
    // 24 cells, half of them filled.
    const line = "ballooning  [############............]  50 %  2.0 M events/s";
    expect(stream.text).toBe(`\r\u001b[K${line.slice(0, 59)}\r\u001b[K`);
  });

  test("elsewhere is one plain line for each quarter, without escape sequences", () => {
    const stream = new Captured(false);
    const progress = new Progress(stream);
    for (let percent = 0; percent <= 100; percent++) progress.update({ label: "ballooning", fraction: percent / 100 });
    progress.clear();
    const quarters = [0, 25, 50, 75, 100].map((percent) => `ballooning  ${percent} %\n`);
    expect(stream.text).toBe(quarters.join(""));
  });

  test("says nothing when it is to be quiet", () => {
    const stream = new Captured(false);
    const progress = new Progress(stream, true);
    progress.say("Starting");
    progress.update({ label: "ballooning", fraction: 0 });
    expect(stream.text).toBe("");
  });
});
