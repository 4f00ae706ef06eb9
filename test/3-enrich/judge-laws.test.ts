import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { judge } from "../../pipeline/3-enrich/judge.ts";
import type { RepositoryRow } from "../../schemas/index.ts";
import { REPOSITORY_STATUSES, type RepositoryStatus } from "../../schemas/vocabularies.ts";
import { ABSENT, BLOCKED, checkedRow, FAILED, found } from "../support/repositories.ts";

const START = Date.parse("2026-02-01T00:00:00Z");
const hour = (hours: number) => `${new Date(START + hours * 3_600_000).toISOString().slice(0, 19)}Z`;
const T0 = hour(0);

/** What must not change by an answer that brings no figures. */
function kept({ status, status_reason, checked_at, first_missing_at, ...rest }: RepositoryRow) {
  return rest;
}

describe("laws", () => {
  const statuses = Object.keys(REPOSITORY_STATUSES) as RepositoryStatus[];
  const anyRow = fc
    .record({
      status: fc.constantFrom(...statuses),
      first_missing_at: fc.constantFrom(null, hour(-100), hour(-1)),
      stars: fc.constantFrom(null, 0, 5),
      previous_names: fc.constantFrom([], ["ada/pebbles"]),
      host_id: fc.constantFrom(null, 11),
    })
    .map(checkedRow);
  const anyAnswer = fc.constantFrom(ABSENT, BLOCKED, FAILED, found(), found({ full_name: "ada/new" }));

  test("a failed answer is never a verdict: unknown, and the absence so far is neither begun nor ended", () => {
    fc.assert(
      fc.property(anyRow, (row) => {
        const next = judge(row, FAILED, T0);
        expect(next.status).toBe("unknown");
        expect(next.first_missing_at).toBe(row.first_missing_at);
      }),
    );
  });

  test("an answer without figures changes no figure, name or date of observation", () => {
    fc.assert(
      fc.property(anyRow, fc.constantFrom(ABSENT, BLOCKED, FAILED), (row, answer) => {
        expect(kept(judge(row, answer, T0))).toEqual(kept(row));
      }),
    );
  });

  test("a row keeps its id and is dated by its last check, whatever the answer", () => {
    fc.assert(
      fc.property(anyRow, anyAnswer, (row, answer) => {
        expect(judge(row, answer, T0)).toMatchObject({ repository_id: row.repository_id, checked_at: T0 });
      }),
    );
  });

  test("a reason stands exactly at what is blocked", () => {
    fc.assert(
      fc.property(fc.array(anyAnswer, { minLength: 1 }), (answers) => {
        const row = answers.reduce((before, answer, i) => judge(before, answer, hour(i)), checkedRow());
        expect(row.status_reason !== null).toBe(row.status === "blocked");
      }),
    );
  });

  test("gone means: absent now, and absent at least a day ago, and never there since", () => {
    const anyCheck = fc.record({ answer: anyAnswer, hours: fc.integer({ min: 1, max: 30 }) });
    fc.assert(
      fc.property(fc.array(anyCheck, { minLength: 1, maxLength: 8 }), (checks) => {
        let time = 0;
        let absentSince: number | null = null;
        let row = checkedRow();
        for (const { answer, hours } of checks) {
          time += hours;
          row = judge(row, answer, hour(time));
          if (answer.kind === "found") absentSince = null;
          if (answer.kind === "absent") absentSince ??= time;
          const isAbsent = answer.kind === "absent";
          const isOld = absentSince !== null && time - absentSince >= 24;
          expect(row.status === "gone").toBe(isAbsent && isOld);
          expect(row.status === "missing").toBe(isAbsent && !isOld);
        }
      }),
      { numRuns: 500 },
    );
  });
});
