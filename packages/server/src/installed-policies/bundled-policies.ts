/** The policies that come with Ballast, by ascending name. They are found and loaded like anybody else's. */
export const BUNDLED_POLICIES: readonly string[] = [
  "@ballast/policy-ballooning",
  "@ballast/policy-clairvoyant",
  "@ballast/policy-esx",
  "@ballast/policy-far-memory",
  "@ballast/policy-free-page-reporting",
  "@ballast/policy-hyper-v",
  "@ballast/policy-idle-steal",
  "@ballast/policy-ksm",
  "@ballast/policy-mom",
  "@ballast/policy-mrc-balance",
  "@ballast/policy-no-reclaim",
  "@ballast/policy-proxmox",
  "@ballast/policy-random-steal",
  "@ballast/policy-self-balloon",
  "@ballast/policy-squeezed",
  "@ballast/policy-swap-mapper",
];
