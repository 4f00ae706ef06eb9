import type { Environment } from "../../config.ts";
import type { Log } from "../../core/effects.ts";
import { CHECK_SAID_NO, PapersetError, reasonOf } from "../../core/errors.ts";
import { openRelease, type Release } from "../../core/release.ts";
import { gatesTable, table } from "../../report.ts";
import type { Result } from "../../world.ts";
import { verify } from "../verify.ts";
import { type Plan, planOf, publish } from "./publish.ts";
import type { Target, Upload } from "./target.ts";
import { TARGETS, targetFor } from "./targets.ts";

export interface PublishOptions {
  readonly folder: string;
  readonly to: string | undefined;
  /** Without it nothing is sent and nobody is asked. */
  readonly yes: boolean;
  readonly environment: Environment;
  readonly log: Log;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly now: () => Date;
}

const sum = (uploads: readonly Upload[]) => uploads.reduce((total, { bytes }) => total + bytes, 0);

/** Every file with its size and digest, and its name there where that is another. */
function planWords({ uploads, leftOut }: Plan): string {
  const rows = uploads.map(({ path, name, bytes, sha256 }) => [
    `  ${name === path ? path : `${path} as ${name}`}`,
    `${bytes} bytes`,
    `sha256 ${sha256}`,
  ]);
  const empty = leftOut.length === 0 ? [] : [`  left out, as they hold no byte: ${leftOut.join(", ")}`];
  return [table(rows), ...empty, `  ${uploads.length} files, ${sum(uploads)} bytes`].join("\n");
}

/** A failure that is none of ours (a library's, the network's), told in a sentence. */
async function inWords<T>(target: Target, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (cause) {
    if (cause instanceof PapersetError) throw cause;
    const words = reasonOf(cause);
    throw new PapersetError(
      "PUBLISH_FAILED",
      `Publishing to ${target.address} failed: ${words}. Run the same command again: what has arrived is not sent again.`,
      {},
      { cause },
    );
  }
}

async function refusedBy(release: Release, now: Date): Promise<Result | null> {
  const findings = await verify(release, now);
  if (findings.length === 0) return null;
  const words = `${gatesTable(findings)}\n\nRelease ${release.version} does not pass: nothing was published.`;
  return { data: { version: release.version, passed: false, findings }, words, exitCode: CHECK_SAID_NO };
}

/** `paperset publish`: verifies a release, says what goes where, and with `yes` brings it there. */
export async function runPublish(options: PublishOptions): Promise<Result> {
  const { folder, to, yes, log, environment, sleep } = options;
  if (to === undefined)
    throw new PapersetError("USAGE", `Say with --to where to publish: ${Object.keys(TARGETS).join(", ")}.`);
  const release = await openRelease(folder);
  const target = await targetFor({ to, environment, isDryRun: !yes, sleep }, release);
  const refused = await refusedBy(release, options.now());
  if (refused !== null) return refused;
  const plan = await planOf(release, target);
  const { uploads, leftOut } = plan;
  const { version } = release;
  const files = uploads.map(({ path, name, bytes, sha256 }) => ({ path, name, bytes, sha256 }));
  const data = { version, passed: true, to, address: target.address, files, leftOut };
  if (!yes)
    return {
      data: { ...data, published: false },
      words: `Release ${version} passes every gate. It would go to ${target.address}:\n${planWords(plan)}\n\nNobody was asked and nothing was sent: say --yes to publish.`,
      exitCode: 0,
    };
  const done = await inWords(target, () =>
    publish(target, uploads, (sent, total) => log.progress("publish", sent, total)),
  );
  const said = done.wasPublished
    ? `Release ${version} stands at ${target.address} already, the same in every file.`
    : `Release ${version} is published at ${target.address}: ${uploads.length} files, ${done.sent} of them sent now, all with the digests that they have here.`;
  return { data: { ...data, published: true, ...done }, words: said, exitCode: 0 };
}
