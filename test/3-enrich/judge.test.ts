import { describe, expect, test } from "vitest";
import { isPossibleName, judge, observation, uncheckedRow } from "../../pipeline/3-enrich/judge.ts";
import type { Answer } from "../../pipeline/3-enrich/repository.ts";
import {
  ABSENT,
  askOf,
  BLOCKED,
  checkedRow,
  FAILED,
  figuresOf,
  found,
  UNCHANGED,
} from "../support/repositories.ts";

const HOUR = 3_600_000;
const START = Date.parse("2026-02-01T00:00:00Z");
const hour = (hours: number, ms = 0) => `${new Date(START + hours * HOUR + ms).toISOString().slice(0, 19)}Z`;
const T0 = hour(0);

describe("a name that cannot be a repository's", () => {
  test.each([
    ["a/..", false],
    ["a/.", false],
    ["a/b c", false],
    ["a/bücher", false],
    ["a b/c", false],
    ["a.b/c", false],
    ["a/", false],
    ["/b", false],
    [`a/${"b".repeat(101)}`, false],
    [`${"a".repeat(40)}/b`, false],
    ["a/.github", true],
    ["a/b.c_d-e", true],
    ["0x/1", true],
    ["old-/name", true],
    ["jan_acme/tool", true],
    [`${"a".repeat(39)}/${"b".repeat(100)}`, true],
  ])("%s: possible is %s", (fullName, isPossible) => {
    const { owner, name } = askOf(fullName);
    expect(isPossibleName({ host: "github.com", owner, name })).toBe(isPossible);
    expect(uncheckedRow(askOf(fullName)).status).toBe(isPossible ? "unchecked" : "invalid");
  });
});

test("of a repository that nobody has asked about nothing is known but its name", () => {
  const { repository_id, host, owner, name, full_name, url, status, previous_names, ...unknown } =
    uncheckedRow(askOf("Ada/Stones"));
  expect({ host, owner, name, full_name, url, status, previous_names }).toEqual({
    host: "github.com",
    owner: "Ada",
    name: "Stones",
    full_name: "Ada/Stones",
    url: "https://github.com/Ada/Stones",
    status: "unchecked",
    previous_names: [],
  });
  expect(repository_id).toBe(askOf("ada/stones").repository_id);
  expect(Object.values(unknown).filter((value) => value !== null)).toEqual([]);
});

describe("a repository that answers", () => {
  test("under its name is alive, with the figures of this check", () => {
    const row = judge(uncheckedRow(askOf("ada/stones")), found({ stars: 0 }), T0);
    expect(row).toEqual({
      ...uncheckedRow(askOf("ada/stones")),
      ...figuresOf({ stars: 0 }),
      status: "alive",
      observed_at: T0,
      checked_at: T0,
    });
  });

  test("under its name in another case is alive, as the host spells it", () => {
    const row = judge(uncheckedRow(askOf("ADA/stones")), found({ full_name: "Ada/Stones" }), T0);
    expect(row).toMatchObject({ status: "alive", full_name: "Ada/Stones", owner: "Ada", previous_names: [] });
  });

  test("under another name has moved: both names are kept, and the id", () => {
    const row = judge(uncheckedRow(askOf("ada/pebbles")), found(), T0);
    expect(row).toMatchObject({
      repository_id: askOf("ada/pebbles").repository_id,
      status: "moved",
      owner: "ada",
      name: "stones",
      full_name: "ada/stones",
      url: "https://github.com/ada/stones",
      previous_names: ["ada/pebbles"],
      host_id: 11,
    });
  });

  test("under a third name has two previous names, oldest first", () => {
    const row = judge(
      judge(uncheckedRow(askOf("ada/a")), found({ full_name: "ada/b" }), T0),
      found({ full_name: "ada/c" }),
      hour(1),
    );
    expect(row).toMatchObject({ status: "moved", full_name: "ada/c", previous_names: ["ada/a", "ada/b"] });
  });

  test("under its first name again has the other one as its previous name", () => {
    const away = judge(checkedRow(), found({ full_name: "ada/away" }), T0);
    const back = judge(away, found({ full_name: "Ada/Stones" }), hour(1));
    expect(back).toMatchObject({ full_name: "Ada/Stones", previous_names: ["ada/away"], status: "moved" });
  });

  test("after an absence is no longer missing", () => {
    const row = judge(judge(checkedRow(), ABSENT, T0), found({ stars: 9 }), hour(48));
    expect(row).toMatchObject({ status: "alive", first_missing_at: null, stars: 9, observed_at: hour(48) });
  });

  test("after a block has no block's reason any more", () => {
    const row = judge(judge(checkedRow(), BLOCKED, T0), found(), hour(1));
    expect(row).toMatchObject({ status: "alive", status_reason: null });
  });

  test("with another numeric id than before is replaced, and the figures stay those of the one it was", () => {
    const before = checkedRow({ stars: 5, host_id: 11 });
    const row = judge(before, found({ host_id: 12, stars: 70, description: "Somebody else's" }), T0);
    expect(row).toEqual({ ...before, status: "replaced", checked_at: T0 });
  });
});

describe("a repository of another host", () => {
  test("has the groups that it stands in as its owner", () => {
    const asked = { ...askOf("x/y"), host: "gitlab.com" as const, owner: "ada/rivers", name: "stones" };
    const row = judge(uncheckedRow(asked), found({ full_name: "Ada/rivers/deep/stones", host_id: 9 }), T0);
    expect(row).toMatchObject({
      owner: "Ada/rivers/deep",
      name: "stones",
      url: "https://gitlab.com/Ada/rivers/deep/stones",
      status: "moved",
      previous_names: ["ada/rivers/stones"],
    });
  });

  test("without a numeric id is never taken for another one", () => {
    const before = checkedRow({ host: "bitbucket.org", host_id: null });
    expect(judge(before, found({ host_id: null }), T0)).toMatchObject({ status: "alive", host_id: null });
    expect(judge(checkedRow({ host_id: 11 }), found({ host_id: null }), T0).status).toBe("alive");
    expect(judge(before, found({ host_id: 12 }), T0)).toMatchObject({ status: "alive", host_id: 12 });
  });
});

describe("a repository that is absent", () => {
  test("is missing at first, since now, and its figures stay with their date", () => {
    const before = checkedRow();
    expect(judge(before, ABSENT, T0)).toEqual({
      ...before,
      status: "missing",
      checked_at: T0,
      first_missing_at: T0,
    });
  });

  test.each([
    ["a second less than a day later is still missing", 24, -1000, "missing"],
    ["a day later is gone", 24, 0, "gone"],
    ["a month later is gone", 720, 0, "gone"],
  ] as const)("%s", (_rule, hours, ms, status) => {
    const row = judge(judge(checkedRow(), ABSENT, T0), ABSENT, hour(hours, ms));
    expect(row).toMatchObject({ status, first_missing_at: T0, checked_at: hour(hours, ms) });
  });

  test("once gone stays gone, since the first time", () => {
    const answers = [0, 24, 25, 500].map((hours) => hour(hours));
    const row = answers.reduce((before, at) => judge(before, ABSENT, at), checkedRow());
    expect(row).toMatchObject({ status: "gone", first_missing_at: T0 });
  });

  test("is missing since the same time after a check that failed", () => {
    const failed = judge(judge(checkedRow(), ABSENT, T0), FAILED, hour(30));
    expect(failed).toMatchObject({ status: "unknown", first_missing_at: T0 });
    expect(judge(failed, ABSENT, hour(31))).toMatchObject({ status: "gone", first_missing_at: T0 });
  });

  test("is missing anew where it was there in between", () => {
    const back = judge(judge(checkedRow(), ABSENT, T0), found(), hour(30));
    expect(judge(back, ABSENT, hour(60))).toMatchObject({ status: "missing", first_missing_at: hour(60) });
  });
});

describe("a repository that the host withholds", () => {
  test.each(["dmca", "tos", "other"] as const)(
    "is blocked for the host's reason (%s), its figures stay",
    (reason) => {
      const before = checkedRow();
      const row = judge(before, { ...BLOCKED, reason } as Answer, T0);
      expect(row).toEqual({ ...before, status: "blocked", status_reason: reason, checked_at: T0 });
    },
  );

  test.each([
    ["absent", ABSENT],
    ["failed", FAILED],
    ["another one", found({ host_id: 12 })],
  ])("and is %s later keeps no reason", (_what, answer) => {
    const row = judge(judge(checkedRow(), BLOCKED, T0), answer, hour(1));
    expect(row.status_reason).toBeNull();
    expect(row.status).not.toBe("blocked");
  });
});

describe("a repository that is in the state that is known", () => {
  test("is alive with the same figures, read anew", () => {
    const before = checkedRow({ status: "unknown", stars: 5 });
    const row = judge(before, UNCHANGED, T0);
    expect(row).toEqual({ ...before, status: "alive", observed_at: T0, checked_at: T0 });
    expect(observation(row, UNCHANGED, T0)).toMatchObject({ status: "alive", stars: 5, http_status: 304 });
  });

  test("has still moved where it had before", () => {
    const before = checkedRow({ status: "moved", previous_names: ["ada/pebbles"] });
    expect(judge(before, UNCHANGED, T0)).toMatchObject({ status: "moved", previous_names: ["ada/pebbles"] });
  });

  test("is unknown where no figures are known of it: no figure is made up", () => {
    const row = judge(uncheckedRow(askOf("ada/stones")), UNCHANGED, T0);
    expect(row).toMatchObject({ status: "unknown", stars: null, observed_at: null });
    expect(observation(row, UNCHANGED, T0)).toMatchObject({ status: "unknown", stars: null });
  });
});

test("a check that failed leaves a repository unknown, and everything else as it was", () => {
  const before = checkedRow();
  expect(judge(before, FAILED, T0)).toEqual({ ...before, status: "unknown", checked_at: T0 });
});

describe("an observation", () => {
  const id = askOf("ada/stones").repository_id;
  const empty = {
    full_name: null,
    host_id: null,
    stars: null,
    forks: null,
    is_archived: null,
    pushed_at: null,
    license_spdx: null,
  };

  test("of a repository that answered carries what the host said, also under another id", () => {
    expect(observation(checkedRow({ status: "replaced" }), found({ host_id: 12, stars: 0 }), T0)).toEqual({
      repository_id: id,
      observed_at: T0,
      status: "replaced",
      http_status: 200,
      full_name: "ada/stones",
      host_id: 12,
      stars: 0,
      forks: 2,
      is_archived: false,
      pushed_at: "2026-01-02T03:04:05Z",
      license_spdx: "MIT",
      source: "github_graphql",
    });
  });

  test.each([
    ["absent", ABSENT, "missing", 404],
    ["blocked", BLOCKED, "blocked", 451],
    ["failed", { ...FAILED, http_status: null }, "unknown", null],
  ] as const)(
    "of one that is %s carries its HTTP status and no figure",
    (_what, answer, status, http_status) => {
      expect(observation(checkedRow({ status }), answer, T0)).toEqual({
        ...empty,
        repository_id: id,
        observed_at: T0,
        status,
        http_status,
        source: "github_rest",
      });
    },
  );
});

test.each([
  ["gitlab.com", "group/sub", "proj", true],
  ["codeberg.org", "ada.quill", "stones", true],
  ["bitbucket.org", "ada", "..", false],
  ["gitlab.com", "group//sub", "proj", false],
  ["github.com", "group/sub", "proj", false],
] as const)("%s may have a repository %s/%s: %s", (host, owner, name, isPossible) => {
  expect(isPossibleName({ host, owner, name })).toBe(isPossible);
});
