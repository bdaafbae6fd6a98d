import { resolve } from "node:path";
import { packPackages, publishedPackages } from "./pack-packages.ts";

const USAGE = "usage: npm run pack -- FOLDER [PACKAGE ...]   packs the packages (by default all) into FOLDER, as tarballs";

/** `npm run pack -- FOLDER [PACKAGE ...]`: tarballs that `npm install` takes, to use or publish a package outside of this clone. */
function main([target, ...names]: readonly string[]): number {
  const known = publishedPackages();
  const unknown = names.filter((name) => !known.some(({ manifest }) => manifest.name === name));
  if (target === undefined || unknown.length > 0) {
    const told = unknown.map((name) => `there is no package ${name}; there are: ${known.map(({ manifest }) => manifest.name).join(", ")}`);
    console.error([...told, USAGE].join("\n"));
    return 2;
  }
  const chosen = names.length === 0 ? known : known.filter(({ manifest }) => names.includes(manifest.name));
  for (const { tarball } of packPackages(chosen, resolve(target))) console.log(tarball);
  return 0;
}

process.exitCode = main(process.argv.slice(2));
