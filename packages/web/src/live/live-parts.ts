export { ClickTouch } from "./click/click-touch.tsx";
export { LiveControls } from "./live-controls.tsx";
