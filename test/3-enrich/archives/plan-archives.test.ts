import { appendFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import type { DatedArchive } from "../../../pipeline/3-enrich/archives/archive.ts";
import type { ArchivesConfig } from "../../../pipeline/3-enrich/archives/find-archived.ts";
import { planArchives } from "../../../pipeline/3-enrich/archives/plan-archives.ts";
import type { RepositoryRow } from "../../../schemas/index.ts";
import { ownFolder } from "../../support/folder.ts";
import { askOf, checkedRow } from "../../support/repositories.ts";
import { TEST_NOW } from "../../support/run-paperset.ts";
import { NOBODY, servicesAt } from "../../support/services.ts";

const at = ownFolder();

function row(fullName: string, known: Partial<RepositoryRow> = {}): RepositoryRow {
  const { repository_id, owner, name } = askOf(fullName);
  return checkedRow({ repository_id, owner, name, full_name: fullName, ...known });
}

/** The plan for repositories, each with whether it would be checked first. */
async function plan(
  repositories: readonly (readonly [RepositoryRow, boolean])[],
  known: Partial<ArchivesConfig> = {},
) {
  const services = servicesAt({ softwareheritage: NOBODY });
  const config = { offline: false, services, journalPath: at("journal.jsonl"), ...known };
  const archives = await planArchives(config, new Date(TEST_NOW));
  for (const [repository, isAsked] of repositories) archives.see(repository, isAsked);
  return archives.plan();
}

const told = (fullName: string, days: string, answer: DatedArchive["answer"]) => {
  const { repository_id } = askOf(fullName);
  return appendFile(
    at("journal.jsonl"),
    `${JSON.stringify({ repository_id, at: `${days}T09:00:00Z`, answer })}\n`,
  );
};

describe("what the archive would be asked", () => {
  test("is at least what is lost and not checked again, and at most that and all that is checked", async () => {
    const repositories = [
      [row("ada/gone", { status: "gone", previous_names: ["ada/went", "ada/go"] }), false],
      [row("ada/missing", { status: "missing" }), true],
      [row("ada/alive"), true],
      [row("ada/new", { status: "unchecked" }), true],
      [row("ada/fresh"), false],
      [row("ada/off", { status: "unchecked" }), false],
    ] as const;
    expect(await plan(repositories)).toEqual([
      { service: "softwareheritage", due: 2, leastRequests: 1, requests: { requests: 6 }, seconds: 6 },
    ]);
  });

  test("leaves out what is archived, and what was looked for lately, in the journal too", async () => {
    await told("ada/found", "2026-09-01", { kind: "archived", swhid: "swh:1:snp:0" });
    await told("ada/lately", "2026-11-01", { kind: "not_archived" });
    await told("ada/before", "2026-09-01", { kind: "not_archived" });
    await told("ada/failed", "2026-11-20", { kind: "failed", problem: "HTTP 500" });
    const names = ["found", "lately", "before", "failed"];
    const lost = names.map((name) => [row(`ada/${name}`, { status: "missing" }), false] as const);
    const archived = row("ada/kept", { status: "missing", swhid: "swh:1:snp:0" });
    expect(await plan([...lost, [archived, true]])).toMatchObject([
      { due: 2, leastRequests: 2, requests: { requests: 2 } },
    ]);
  });

  test("is no more than a run asks", async () => {
    const many = Array.from({ length: 300 }, (_, i) => [row(`ada/${i}`, { status: "gone" }), false] as const);
    expect(await plan(many)).toMatchObject([{ due: 300, leastRequests: 100, requests: { requests: 100 } }]);
  });

  test("is nothing where nothing is lost or checked, or the archive is not asked", async () => {
    const lost = [[row("ada/gone", { status: "gone" }), false]] as const;
    expect(await plan([[row("ada/alive"), false]])).toEqual([]);
    expect(await plan(lost, { services: servicesAt() })).toEqual([]);
    expect(await plan(lost, { offline: true })).toEqual([]);
  });
});
