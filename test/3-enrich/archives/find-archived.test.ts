import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findArchived } from "../../../pipeline/3-enrich/archives/find-archived.ts";
import { type OpenNetwork, openNetwork } from "../../../pipeline/3-enrich/http.ts";
import type { CheckedRepository } from "../../../pipeline/3-enrich/repository.ts";
import type { RepositoryRow } from "../../../schemas/index.ts";
import { type TestEffects, testEffects } from "../../support/effects.ts";
import { askOf, checkedRow } from "../../support/repositories.ts";
import {
  type DoubleReply,
  json,
  type ServiceDouble,
  startServiceDouble,
} from "../../support/service-double.ts";
import { servicesAt } from "../../support/services.ts";
import { runAlone } from "../../support/stages.ts";

/**
 * Software Heritage (archive.softwareheritage.org/api/1/origin/visit/latest/doc), by the address of the origin; what is
 * not listed was never archived.
 */
const startArchiveDouble = (replies: Record<string, DoubleReply | string>) =>
  startServiceDouble(({ url }) => {
    const [, origin = ""] = /^\/origin\/(.+)\/visit\/latest\/$/.exec(url.pathname) ?? [];
    const reply = replies[origin];
    if (typeof reply === "object" || reply === "reset") return reply;
    if (reply === undefined)
      return json(404, { exception: "NotFoundExc", reason: `Origin with url ${origin} not found!` });
    return json(200, {
      origin,
      visit: 3,
      date: "2024-01-02T03:04:05+00:00",
      status: "full",
      snapshot: reply,
      type: "git",
    });
  });

const SNAPSHOT = "0123456789abcdef0123456789abcdef01234567";
const STONES = "https://github.com/ada/stones";

let folder: string;
let effects: TestEffects;
let network: OpenNetwork;
let double: ServiceDouble;
let replies: Record<string, DoubleReply | string>;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "paperset-archives-"));
  network = openNetwork(new Map());
  effects = testEffects(network);
  replies = {};
  double = await startArchiveDouble(replies);
});
afterEach(async () => {
  await network.close();
  double.close();
  await rm(folder, { recursive: true });
});

function repository(fullName: string, known: Partial<RepositoryRow> = {}): CheckedRepository {
  const { repository_id, owner, name } = askOf(fullName);
  const row = checkedRow({ repository_id, owner, name, full_name: fullName, status: "missing", ...known });
  return { row, keys: [], namings: 1, absorbed_ids: [], observations: [] };
}

async function run(repositories: readonly CheckedRepository[], known = {}) {
  const services = servicesAt({ softwareheritage: double.origin });
  const journalPath = join(folder, findArchived.name, "journal.jsonl");
  const config = { offline: false, services, journalPath, ...known };
  const { records } = await runAlone(findArchived, repositories, config, effects, folder);
  return records;
}

describe("a repository that its host no longer shows", () => {
  test("is looked for, and its newest archived state is named with where it was", async () => {
    replies[STONES] = SNAPSHOT;
    expect(await run([repository("ada/stones")])).toEqual([
      {
        repository_id: askOf("ada/stones").repository_id,
        swhid: `swh:1:snp:${SNAPSHOT};origin=${STONES}`,
        swhid_checked_at: "2026-11-21T09:00:00Z",
      },
    ]);
    expect(double.seen).toEqual([`GET /origin/${STONES}/visit/latest/?require_snapshot=true`]);
  });

  test("is missing, gone or blocked; about others nobody is asked", async () => {
    for (const status of ["missing", "gone", "blocked"] as const)
      await run([repository(`ada/${status}`, { status })]);
    expect(double.seen).toHaveLength(3);
    for (const status of ["alive", "moved", "replaced", "invalid", "unknown", "unchecked"] as const)
      expect(await run([repository("ada/stones", { status })])).toEqual([]);
    expect(double.seen).toHaveLength(3);
  });

  test("is looked for under its earlier names too, the newest first", async () => {
    replies["https://github.com/ada/older"] = SNAPSHOT;
    const [state] = await run([repository("ada/stones", { previous_names: ["ada/oldest", "ada/older"] })]);
    expect(state?.swhid).toBe(`swh:1:snp:${SNAPSHOT};origin=https://github.com/ada/older`);
    expect(double.seen).toHaveLength(2);
  });
});

describe("only the archive's own word says that there is none", () => {
  test("and then it is known that it was looked for", async () => {
    expect(await run([repository("ada/stones")])).toMatchObject([
      { swhid: null, swhid_checked_at: "2026-11-21T09:00:00Z" },
    ]);
  });

  test.each<[string, DoubleReply]>([
    ["an error", json(500, {})],
    ["a page of words", json(404, "<html>")],
    ["a visit without a snapshot", json(200, { snapshot: null })],
    ["a snapshot that is none", json(200, { snapshot: "../../etc" })],
    ["a reset", "reset"],
  ])("and not %s", async (_what, reply) => {
    replies[STONES] = reply;
    expect(await run([repository("ada/stones")])).toMatchObject([{ swhid: null, swhid_checked_at: null }]);
  });

  test("and a limit ends the looking at once, without waiting", async () => {
    replies[STONES] = json(429, {}, { "retry-after": "600" });
    expect(await run([repository("ada/stones"), repository("ada/other")])).toMatchObject([
      { swhid_checked_at: null },
      { swhid_checked_at: null },
    ]);
    expect([double.seen.length, effects.slept]).toEqual([1, []]);
  });
});

describe("what earlier runs found", () => {
  test("stays, and what was archived is not looked for again", async () => {
    const swhid = `swh:1:snp:${SNAPSHOT};origin=${STONES}`;
    const known = { swhid, swhid_checked_at: "2020-01-01T00:00:00Z" };
    expect(await run([repository("ada/stones", known)])).toMatchObject([known]);
    replies["https://github.com/ada/other"] = SNAPSHOT;
    await run([repository("ada/other")]);
    effects.time = "2029-01-01T00:00:00Z";
    await run([repository("ada/other")]);
    expect(double.seen).toHaveLength(1);
  });

  test("is looked for again after a month where it was not archived", async () => {
    for (const time of ["2026-11-21T09:00:00Z", "2026-12-21T08:59:59Z", "2026-12-21T09:00:00Z"]) {
      effects.time = time;
      await run([repository("ada/stones")]);
    }
    expect(double.seen).toHaveLength(2);
  });
});

test("nobody is asked offline, or when the archive is switched off", async () => {
  const services = { ...servicesAt({ softwareheritage: double.origin }), only: ["github"] as const };
  for (const known of [{ offline: true }, { services }])
    expect(await run([repository("ada/stones")], known)).toMatchObject([
      { swhid: null, swhid_checked_at: null },
    ]);
  expect(double.seen).toEqual([]);
});
