import { expect, test } from "vitest";
import type { RepositoryStatus } from "../../schemas/vocabularies.ts";
import { random } from "../bench/captures.ts";
import { TOKEN } from "../support/github-check.ts";
import type { DoubleRepository, Reply, TransportFailure } from "../support/github-double.ts";
import { releaseOf } from "../support/releases.ts";
import { askOf, checkedRow } from "../support/repositories.ts";
import { run } from "./enrich-run.ts";
import { start } from "./hosts/replies.ts";

/** Names of every kind among many that are simply there, with the status that each must get. */

const COUNT = 1000;
const there = (i: number): DoubleRepository => ({ full_name: `lab-${i % 7}/code-${i}`, id: i + 1, stars: i });

function kindOf(i: number): readonly [Reply, RepositoryStatus] {
  const found = there(i);
  switch (i % 50) {
    case 0:
      return [{ missing: true }, "missing"];
    case 1:
      return [{ found: { ...found, full_name: `new-${found.full_name}` } }, "moved"];
    case 2:
      return [{ blocked: i % 100 === 2 ? "dmca" : "tos" }, "blocked"];
    case 3:
      return [{ refused: found }, "alive"];
    case 4:
      return [{ only_rest: found }, "alive"];
    case 5:
      return [{ fails: "null_without_error" }, "unknown"];
    case 6:
      return [{ fails: "deeper_error" }, "unknown"];
    case 7:
      return [{ found: { ...found, full_name: found.full_name.toUpperCase() } }, "alive"];
    case 8:
      return [{ found: { ...found, archived: true } }, "alive"];
    case 9:
      return [{ found: { ...found, id: 100_000 + i } }, "replaced"];
    case 10:
      return [{ missing: true }, "gone"];
    default:
      return [{ found }, "alive"];
  }
}

const all = Array.from({ length: COUNT }, (_, i) => ({ i, name: there(i).full_name, kind: kindOf(i) }));
const replies = Object.fromEntries(all.map(({ name, kind: [reply] }) => [name, reply]));
const names = [...all.map(({ name }) => name), "lab-0/..", "lab 1/code"];
const expected = new Map<string, RepositoryStatus>([
  ...all.map(({ name, kind: [, status] }) => [name, status] as const),
  ["lab-0/..", "invalid"],
  ["lab 1/code", "invalid"],
]);

/** What an earlier release knew: those that are replaced since, and those that were missing a month ago. */
const earlier = all.flatMap(({ i, name, kind: [, status] }) => {
  const [owner = "", repository = ""] = name.split("/");
  const row = checkedRow({ ...askOf(name), owner, name: repository, full_name: name, host_id: i + 1 });
  if (status === "replaced") return [row];
  const first = "2026-10-20T09:00:00Z";
  if (status === "gone")
    return [{ ...row, status: "missing" as const, checked_at: first, first_missing_at: first }];
  return [];
});

const FAULTS: readonly TransportFailure[] = ["server_error", "not_json", "truncated", "reset"];

/** Checks all of them at a host of whose requests this share fails. */
async function checkAll(share: number) {
  const next = random(20_261_121);
  const fault = () => (next() < share ? (FAULTS[Math.floor(next() * FAULTS.length)] ?? null) : null);
  const { double, ...hand } = await start(replies, { fault });
  const { records } = await run(names, hand, { previous: releaseOf({ repositories: earlier }) });
  const statuses = new Map(
    records.map(({ keys, row }) => [keys[0]?.slice("github.com/".length), row.status]),
  );
  return { double, statuses };
}

test.each([
  ["without a failure", 0],
  ["where three requests in a hundred fail", 0.03],
])("every status is right %s, and requests stay within the budget", async (_what, share) => {
  const { double, statuses } = await checkAll(share);
  for (const [name, status] of expected) expect([name, statuses.get(name)]).toEqual([name, status]);
  const { seen, most } = double;
  const graphql = seen.filter(({ method }) => method === "POST").length;
  const rest = seen.length - graphql;
  const resolvable = all.filter(({ kind: [reply] }) => "found" in reply).length;
  expect(graphql).toBeLessThanOrEqual((resolvable * 20) / 1000);
  // what does not resolve takes one request, and another where that one fails
  expect(rest).toBeLessThanOrEqual((COUNT - resolvable) * (1 + 2 * share));
  expect(most.graphql).toBe(1);
  for (const { authorization } of seen) expect([`Bearer ${TOKEN}`, null]).toContain(authorization);
});

test("where one request in five fails, what could not be checked is unknown, and no verdict is wrong", async () => {
  const { statuses } = await checkAll(0.2);
  const wrong = [...expected].filter(([name, status]) => statuses.get(name) !== status);
  expect(wrong.filter(([name]) => statuses.get(name) !== "unknown")).toEqual([]);
  expect(wrong.length).toBeLessThan(20);
});
