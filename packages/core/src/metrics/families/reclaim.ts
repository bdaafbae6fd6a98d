import {
  BalloonAllocationRefused,
  BalloonDeflatedOnOom,
  BalloonPagePinned,
  BalloonPageUnpinned,
  BalloonPopped,
  BalloonTargetSet,
  CompressedPageEvicted,
  CompressedPageFreed,
  CompressionCacheGrown,
  CompressionCacheShrunk,
  FrameUnmapped,
  FreePagesReported,
  PageCompressed,
  PageDecompressed,
  PolicyDecided,
  SharedFrameUnmapped,
} from "../../events/index.ts";
import { adds, counts, sets, subtracts } from "../effect.ts";
import { counter, gauge } from "../metric.ts";

/** What the policy decides, balloons, free page reporting and compression. */
export const reclaimMetrics = {
  decisions: counter({ description: "Decisions of the policy.", unit: "count", effects: [counts(PolicyDecided)] }),
  balloonTargetsSet: counter({ description: "Balloon targets set.", unit: "count", effects: [counts(BalloonTargetSet)] }),
  balloonPagesPinned: counter({
    description: "Pages that went into balloons.",
    unit: "pages",
    effects: [counts(BalloonPagePinned)],
  }),
  balloonPagesUnpinned: counter({
    description: "Pages that balloons gave back.",
    unit: "pages",
    effects: [counts(BalloonPageUnpinned)],
  }),
  balloonPops: counter({
    description: "Pages in balloons that were accessed by mistake.",
    unit: "pages",
    better: "lower",
    result: {},
    effects: [counts(BalloonPopped)],
  }),
  balloonRefusals: counter({
    description: "Pages that guests refused their balloon drivers, once for each attempt.",
    unit: "count",
    better: "lower",
    effects: [counts(BalloonAllocationRefused)],
  }),
  balloonOomDeflations: counter({
    description: "Times that balloons gave pages back to guests that would have run out of memory.",
    unit: "count",
    better: "lower",
    effects: [counts(BalloonDeflatedOnOom)],
  }),
  balloonFrames: counter({
    description: "Pages in balloons whose frames the hypervisor took.",
    unit: "pages",
    result: {},
    effects: [counts(FrameUnmapped, { where: { cause: "Balloon" } }), counts(SharedFrameUnmapped, { where: { cause: "Balloon" } })],
  }),
  reportedFrames: counter({
    description: "Frames that the hypervisor took because guests reported their pages free.",
    unit: "pages",
    result: {},
    effects: [adds(FreePagesReported, "framePages")],
  }),
  pagesCompressed: counter({
    description: "Stolen pages that went into the compression cache.",
    unit: "pages",
    result: {},
    effects: [counts(PageCompressed)],
  }),
  pagesDecompressed: counter({
    description: "Pages that an access took out of the compression cache.",
    unit: "pages",
    better: "lower",
    result: {},
    effects: [counts(PageDecompressed)],
  }),
  compressedPagesEvicted: counter({
    description: "Pages that left the full compression cache for the host's swap.",
    unit: "pages",
    better: "lower",
    effects: [counts(CompressedPageEvicted)],
  }),
  balloonSizePages: gauge({
    description: "Pages that the guest has given up.",
    unit: "pages",
    effects: [counts(BalloonPagePinned), subtracts(BalloonPageUnpinned, 1), subtracts(BalloonPopped, 1)],
  }),
  balloonTargetPages: gauge({
    description: "Pages that the hypervisor asks the guest to give up.",
    unit: "pages",
    effects: [sets(BalloonTargetSet, "targetPages")],
  }),
  compressedPages: gauge({
    description: "Real pages in the compression cache.",
    unit: "pages",
    effects: [
      counts(PageCompressed),
      subtracts(PageDecompressed, 1),
      subtracts(CompressedPageEvicted, 1),
      subtracts(CompressedPageFreed, 1),
    ],
  }),
  cacheFramePages: gauge({
    description: "Frames of the compression cache; the hypervisor's.",
    unit: "pages",
    effects: [counts(CompressionCacheGrown), subtracts(CompressionCacheShrunk, 1)],
  }),
};
