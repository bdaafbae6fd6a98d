import { SharingScanned } from "../../../events/index.ts";
import { NO_PAGE, type PhysicalPage, type RealPage } from "../../../ids/index.ts";
import type { SharingStyle } from "../../../policy/index.ts";
import type { HostRuntime } from "../../state/host-runtime.ts";
import type { VmRuntime } from "../../state/vm-runtime.ts";
import { isPrivateWith, mergePage, shareFrame } from "./shared-frames.ts";
import type { Sharing } from "../../state/sharing/sharing.ts";

/** What the scan of one VM came to. */
type Stretch = { readonly vm: VmRuntime; scannedPages: number; readPages: number; mergedPages: number };

/** How equal pages are found, and whether large pages are broken up for them. */
type ScanManner = { readonly style: SharingStyle; readonly breaksLargePages: boolean };

/**
 * Looks at up to `count` resident pages from where the last scan ended: VMs by number, each one's real pages by number,
 * then from the first again. At most at each page once. Returns how many pages were looked at.
 */
export function scanPages(host: HostRuntime, count: number, { style, breaksLargePages }: ScanManner): number {
  const { sharing } = host;
  sharing.style = style;
  const keepsLargePages = style === "esx" && !breaksLargePages;
  const pages = Math.min(count, countResidentPages(host));
  let stretch: Stretch | undefined;
  for (let page = 0; page < pages; page++) {
    const vm = moveHand(host, sharing);
    if (vm === undefined) return page;
    if (stretch?.vm !== vm) {
      recordScan(host, stretch);
      stretch = { vm, scannedPages: 0, readPages: 0, mergedPages: 0 };
    }
    stretch.scannedPages++;
    examinePage(host, stretch, (sharing.real - 1) as RealPage, keepsLargePages);
  }
  recordScan(host, stretch);
  return pages;
}

function countResidentPages(host: HostRuntime): number {
  let pages = 0;
  for (const vm of host.vms) if (vm?.isOn) pages += vm.memory.residentPages;
  return pages;
}

/** Moves the hand behind the next resident page; whose it is. The last page of the last VM ends a pass. */
function moveHand(host: HostRuntime, sharing: Sharing): VmRuntime | undefined {
  // The VM at the hand is looked through twice: from the hand on, and at the end up to it.
  for (let visits = 0; visits <= host.vms.length; visits++) {
    const vm = host.vms[sharing.vm - 1];
    if (vm?.isOn && moveToResident(sharing, vm.memory.realMap)) return vm;
    sharing.real = 0;
    if (sharing.vm++ < host.vms.length) continue;
    sharing.vm = 1;
    sharing.candidates.endPass();
  }
  return undefined;
}

function moveToResident(sharing: Sharing, realMap: Int32Array): boolean {
  while (sharing.real < realMap.length) if (realMap[sharing.real++] !== NO_PAGE) return true;
  return false;
}

/** A page of zeros shares the frame of zeros, or becomes it. Any other is merged with a shared frame, or with another page. */
function examinePage(host: HostRuntime, stretch: Stretch, real: RealPage, keepsLargePages: boolean): void {
  const { sharing } = host;
  const { vm } = stretch;
  const frame = vm.memory.physicalPage(real);
  if (host.machine.frames.isShared(frame)) return;
  stretch.readPages++;
  const content = host.content[frame];
  if (keepsLargePages && vm.memory.isLarge(real)) return leaveHint(sharing, content, frame);
  const shared = sharing.frameByContent.get(content);
  if (shared !== undefined) return merge(host, stretch, real, shared);
  if (content === 0) return shareFrame(host, frame);
  const other = sharing.candidates.meet({ vm: vm.memory.vm, real, frame, content });
  if (other === NO_PAGE) return;
  stretch.readPages++;
  if (!isPrivateWith(host, other, content)) return sharing.candidates.remember(content, frame);
  sharing.candidates.forget(content);
  shareFrame(host, other);
  merge(host, stretch, real, other);
}

/** ESX lets large pages be, for they are worth more than what sharing saves, and only notes what could be shared later. */
function leaveHint({ hints }: Sharing, content: number, frame: number): void {
  if (content !== 0 && hints.find(content) === NO_PAGE) hints.remember(content, frame);
}

/** Equal hashes are not enough: both are compared. */
function merge(host: HostRuntime, stretch: Stretch, real: RealPage, shared: number): void {
  stretch.readPages++;
  stretch.mergedPages++;
  mergePage(host, stretch.vm, real, shared as PhysicalPage);
}

function recordScan(host: HostRuntime, stretch: Stretch | undefined): void {
  if (stretch === undefined) return;
  const { vm, scannedPages, readPages, mergedPages } = stretch;
  const costNs = readPages * host.scenario.host.costs.sharingReadPageNs;
  host.recorder.record(SharingScanned, vm.memory.vm, scannedPages, readPages, mergedPages, costNs);
}
