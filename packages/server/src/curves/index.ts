export type { CurvePoint, CurveRequest, CurveTrace, MissRatioCurves, PolicyCurve, ShardsEstimate } from "./curve-request.ts";
export { missRatioCurves } from "./miss-ratio-curves.ts";
export { loadCurveTrace, readCurveTrace } from "./curve-trace.ts";
