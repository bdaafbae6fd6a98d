/** Hosts whose memory states are published, with their marks (in the scenario) and what is done in each (in the policy `esx`). */
export const MEMORY_STATE_PRESETS = ["esx2", "vsphere5", "vsphere6"] as const;
export type MemoryStatePreset = (typeof MEMORY_STATE_PRESETS)[number];
