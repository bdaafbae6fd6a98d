import { rmSync } from "node:fs";
import { join } from "node:path";
import { FaultyProxy } from "../actors/proxy.ts";
import type { ServerProcess } from "../actors/server-process.ts";
import { clusterPostgres, Database, ownPostgres, type Site, type SitePostgres } from "../actors/site.ts";
import type { DisturbedRound } from "../plan/round.ts";
import { BASE, type Bench, newServer, type ServerPlace } from "./bench.ts";

export type OpenSite = Site & { close(): Promise<void> };

type Parts = {
  readonly postgres: SitePostgres;
  readonly serverPlace: ServerPlace;
  readonly proxy?: FaultyProxy;
  readonly smallDisk?: string;
  readonly close: () => Promise<void>;
};

/** Makes what a round works on, its servers started. */
export async function openSite(bench: Bench, round: DisturbedRound): Promise<OpenSite> {
  const parts = await PLACES[round.place](bench, `round_${round.number}`);
  const clockFiles = Array.from({ length: round.servers }, (_, index) => join(bench.scratch.folder, `clock-${round.number}-${index}`));
  const servers = clockFiles.map((clockFile) => newServer(bench.scratch, parts.serverPlace, { clockFile, policyFiles: bench.policyFiles }));
  const database = new Database(() => parts.postgres.url());
  const close = async (): Promise<void> => {
    await stopAll(servers);
    await database.close();
    await parts.close();
    for (const file of clockFiles) rmSync(file, { force: true });
  };
  try {
    await Promise.all(servers.map((server) => server.start()));
  } catch (error) {
    await close();
    throw error;
  }
  return { servers, postgres: parts.postgres, proxy: parts.proxy, smallDisk: parts.smallDisk, clockFiles, database, close };
}

async function stopAll(servers: readonly ServerProcess[]): Promise<void> {
  for (const server of servers) await server.stop();
}

const PLACES: Readonly<Record<DisturbedRound["place"], (bench: Bench, name: string) => Promise<Parts>>> = {
  /** The same folder in every round: its server stops it, and starts it again. */
  own: ({ scratch }) => {
    const dataFolder = scratch.make("own");
    return Promise.resolve({ postgres: ownPostgres(dataFolder), serverPlace: { dataFolder }, close: () => Promise.resolve() });
  },
  proxied: async ({ cluster }, name) => {
    await cluster.createDatabase(name, BASE);
    const proxy = await FaultyProxy.open(() => cluster.port);
    const close = async (): Promise<void> => {
      await proxy.close();
      await cluster.revive();
      await cluster.dropDatabase(name);
    };
    return { postgres: clusterPostgres(cluster, name), serverPlace: { databaseUrl: cluster.url(name, proxy.port) }, proxy, close };
  },
  "small-disk": async ({ smallDisk }, name) => {
    if (smallDisk === undefined) throw new Error("there is no disk that can be filled");
    const { cluster, folder } = smallDisk;
    await cluster.createDatabase(name, BASE);
    const close = async (): Promise<void> => {
      await cluster.revive();
      await cluster.dropDatabase(name);
    };
    return { postgres: clusterPostgres(cluster, name), serverPlace: { databaseUrl: cluster.url(name) }, smallDisk: folder, close };
  },
};
