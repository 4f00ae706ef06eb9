import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Network } from "../../pipeline/core/effects.ts";
import { TOKEN } from "../support/github-check.ts";
import { releaseOf } from "../support/releases.ts";
import { askOf, paperNaming } from "../support/repositories.ts";
import { asked, journalled, place, run, runPapers, statuses } from "./enrich-run.ts";
import { alive, MISSING, many, start } from "./hosts/replies.ts";

describe("what earlier runs found", () => {
  test("is not asked again before it is as old as a verdict may be", async () => {
    const hand = await start({ ...many(1), "ada/none": MISSING, "ada/law": { blocked: "dmca" } });
    const names = ["ada/r0", "ada/none", "ada/law"];
    const first = await run(names, hand);
    expect(statuses(first.records)).toEqual({
      "ada/r0": "alive",
      "ada/none": "missing",
      "ada/law": "blocked",
    });
    const requests = hand.double.seen.length;
    hand.effects.time = "2026-11-28T08:59:59Z";
    const second = await run(names, hand);
    expect(second.records).toEqual(first.records);
    expect(hand.double.seen).toHaveLength(requests);
    hand.effects.time = "2026-11-28T09:00:00Z";
    const third = await run(names, hand);
    // what is blocked is good for a month, and so is what nobody has pushed to for a year
    expect(asked(hand)).toEqual([3, 1]);
    expect(statuses(third.records)).toEqual({ "ada/r0": "alive", "ada/none": "gone", "ada/law": "blocked" });
    hand.effects.time = "2026-12-19T09:00:00Z";
    const fourth = await run(names, hand);
    expect(asked(hand)).toEqual([3, 1, 2]);
    // what is gone was missing by REST too, twice: that GraphQL still does not find it is enough
    const rest = hand.double.seen.map(({ path }) => path).filter((path) => path === "/repos/ada/none");
    expect(rest).toHaveLength(2);
    hand.effects.time = "2027-01-17T09:00:00Z";
    expect(statuses((await run(names, hand)).records)).toMatchObject({ "ada/none": "gone" });
    expect(hand.double.seen.filter(({ path }) => path === "/repos/ada/none")).toHaveLength(2);
    expect(fourth.records.map(({ observations }) => observations.length).sort()).toEqual([2, 2, 2]);
  });

  test("is asked again at once where it is no verdict", async () => {
    const failing = await start({ ...many(1), "ada/down": { fails: "null_without_error" } });
    const first = await run(["ada/r0", "ada/down"], failing);
    expect(statuses(first.records)).toEqual({ "ada/r0": "alive", "ada/down": "unknown" });
    const back = await start({ ...many(1), "ada/down": alive("ada/down") });
    back.effects.time = "2026-11-21T09:00:01Z";
    const second = await run(["ada/r0", "ada/down"], back);
    expect(asked(back)).toEqual([1]);
    expect(statuses(second.records)).toEqual({ "ada/r0": "alive", "ada/down": "alive" });
    const down = second.records.find(({ row }) => row.full_name === "ada/down");
    expect(down?.observations.map(({ status }) => status)).toEqual(["unknown", "alive"]);
  });

  test("is asked again at once where the limit left it unchecked", async () => {
    const names = Object.keys(many(60));
    const limited = await start(many(60), { limits: { graphql_after: 1 } });
    const github = { ...limited.github, maxWaitMs: 60_000 };
    const first = await run(names, { ...limited, github });
    expect(first.report.notes).toEqual({ statuses: { alive: 50, unchecked: 10 } });
    expect(limited.effects.said).toEqual([expect.stringMatching(/rate limit.*--max-wait/)]);
    const open = await start(many(60));
    expect((await run(names, open)).report.notes).toEqual({ statuses: { alive: 60 } });
    expect(asked(open)).toEqual([10]);
  });

  test("is kept offline", async () => {
    const hand = await start(many(1));
    const online = await run(["ada/r0"], hand);
    hand.effects.time = "2027-11-21T09:00:00Z";
    const offline = await run(["ada/r0"], hand, { offline: true });
    expect(offline.records).toEqual(online.records);
    expect(asked(hand)).toEqual([1]);
  });

  test("and the previous release holds is kept as well, with the id after a rename", async () => {
    const first = await run(["ada/old"], await start({ "ada/old": alive("ada/new") }));
    const previous = releaseOf({
      repositories: first.records.map(({ row }) => row),
      repository_observations: first.records.flatMap(({ observations }) => observations),
    });
    await rm(place.journalPath);
    const later = await start({ "ada/new": alive("ada/new") });
    const kept = await run(["ada/new"], later, { previous });
    expect(later.double.seen).toEqual([]);
    later.effects.time = "2026-12-21T09:00:00Z";
    const { records } = await run(["ada/new"], later, { previous });
    for (const [repository] of [kept.records, records])
      expect(repository).toMatchObject({
        row: { repository_id: askOf("ada/old").repository_id, full_name: "ada/new" },
        keys: ["github.com/ada/new"],
      });
    expect(asked(later)).toEqual([1]);
    expect(records[0]?.observations).toHaveLength(2);
  });
});

describe("the journal", () => {
  /** The network, telling what the journal held whenever a query was sent. */
  function watched(network: Network, held: number[]): Network {
    return {
      async request(request) {
        if (request.method === "POST") held.push((await journalled()).length);
        return network.request(request);
      },
    };
  }

  test("holds a batch's answers before the next batch is asked", async () => {
    const hand = await start(many(120));
    const held: number[] = [];
    const effects = { ...hand.effects, network: watched(hand.effects.network, held) };
    await run(Object.keys(many(120)), { ...hand, effects });
    expect(held).toEqual([0, 50, 100]);
  });

  test("keeps what was answered before the run was stopped, and a later run goes on there", async () => {
    const hand = await start(many(60));
    const refused = await start(many(60), {}, ["wr0ng-token"]);
    let queries = 0;
    // the token is withdrawn after the first query
    const request: Network["request"] = ({ url, ...rest }) => {
      queries += 1;
      const { double, effects } = queries === 1 ? hand : refused;
      return effects.network.request({ url: url.replace(hand.double.apiUrl, double.apiUrl), ...rest });
    };
    const names = Object.keys(many(60));
    const stopped = run(names, { ...hand, effects: { ...hand.effects, network: { request } } });
    await expect(stopped).rejects.toMatchObject({ code: "TOKEN_REFUSED" });
    expect(await journalled()).toHaveLength(50);
    expect((await run(names, hand)).report.notes).toEqual({ statuses: { alive: 60 } });
    expect(asked(hand)).toEqual([50, 10]);
  });

  test("holds the token as little as the records and the report do", async () => {
    const hand = await start({ ...many(1), "ada/x": { refused: true }, "ada/y": { fails: "reset" } });
    await run(["ada/r0", "ada/x", "ada/y"], hand);
    expect(hand.double.seen[0]?.authorization).toContain(TOKEN);
    for (const file of ["journal.jsonl", "records.jsonl", "report.json", "rejects.jsonl"])
      expect(await readFile(join(place.folder, "3-enrich", file), "utf8"), file).not.toContain(TOKEN);
    expect(hand.effects.said.join()).not.toContain(TOKEN);
  });
});

describe("the stage", () => {
  test("accounts for every naming: each is a row or part of one", async () => {
    const hand = await start({
      "ada/old": alive("ada/new"),
      "ada/new": alive("ada/new"),
      "ada/else": alive("ada/else", 12),
    });
    const papers = [paperNaming("ada/old", "ada/else"), paperNaming("Ada/New"), paperNaming("ada/else")];
    const { records, report } = await runPapers(papers, hand);
    expect(report).toMatchObject({
      read: 4,
      written: 2,
      merged: 2,
      notes: { statuses: { alive: 1, moved: 1 } },
    });
    expect(records.map(({ keys, namings }) => [keys.length, namings]).sort()).toEqual([
      [1, 2],
      [2, 2],
    ]);
    expect(asked(hand)).toEqual([3]);
  });

  test("asks nobody and writes nothing where papers name no repository", async () => {
    const hand = await start({});
    const { records, report } = await run([], hand);
    expect([records, report.read, hand.double.seen]).toEqual([[], 0, []]);
  });

  test("keeps a repository that is replaced apart, with its old figures", async () => {
    const names = ["ada/stones"];
    await run(
      names,
      await start({ "ada/stones": { found: { full_name: "ada/stones", id: 11, stars: 70 } } }),
    );
    const other = await start({ "ada/stones": { found: { full_name: "ada/stones", id: 12, stars: 1 } } });
    other.effects.time = "2026-12-21T09:00:00Z";
    const { records } = await run(names, other);
    expect(records).toMatchObject([
      { row: { status: "replaced", host_id: 11, stars: 70, observed_at: "2026-11-21T09:00:00Z" } },
    ]);
    expect(records[0]?.observations.map(({ host_id, stars }) => [host_id, stars])).toEqual([
      [11, 70],
      [12, 1],
    ]);
  });
});
