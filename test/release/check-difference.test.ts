import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { gatesNotRun } from "../../pipeline/release/gates.ts";
import { breakCopies, editDifference, editManifest, editText, findingsIn, rowsIn, sign } from "./damage.ts";

let folder: string;
breakCopies((given) => {
  ({ folder } = given);
});
const found = () => findingsIn(folder);
const gate = "difference";

describe("the gate difference finds", () => {
  test("that diff.json counts other rows than there are", async () => {
    await editDifference(folder, ({ tables }) => {
      if (tables["mentions"] !== undefined) tables["mentions"].rows.after += 1;
    });
    expect(await found()).toEqual([
      { gate, where: "mentions", found: "diff.json says something else than its files of rows" },
    ]);
  });

  test("that diff.json counts other values than there are, or knows of a later date", async () => {
    await editDifference(folder, ({ tables }) => {
      Object.assign(tables["papers"]?.columns["title"] ?? {}, { filled_after: 2 });
      Object.assign(tables["repositories"]?.columns["checked_at"] ?? {}, { latest: "2026-11-21T09:00:01Z" });
    });
    expect((await found()).map(({ where, found: words }) => `${where}: ${words.split(" of ")[1]}`)).toEqual([
      "papers: filled title",
      "repositories: latest checked_at",
    ]);
  });

  test("that a table or a column is missing from diff.json", async () => {
    await editDifference(folder, ({ tables }) => {
      delete tables["papers"]?.columns["venue"];
    });
    expect(await found()).toMatchObject([{ gate, where: "papers" }]);
    await editDifference(folder, ({ tables }) => {
      delete tables["papers"];
    });
    expect(await found()).toMatchObject([{ gate, where: "diff.json" }]);
  });

  test.each(["", "{", "{}", "null", "[]"])("that diff.json is no difference but %j", async (text) => {
    await writeFile(join(folder, "diff.json"), text);
    await sign(folder);
    expect(await found()).toEqual([
      { gate, where: "diff.json", found: "it is missing, or no difference of releases" },
    ]);
  });

  test.each<readonly [string, (difference: Record<string, unknown>) => unknown]>([
    ["a step that is none", (difference) => Object.assign(difference, { step: "giant" })],
    ["an earlier release without a version", (difference) => Object.assign(difference, { from: {} })],
    ["no later release", (difference) => Object.assign(difference, { to: null })],
    [
      "a table without columns",
      ({ tables }) => Object.assign(tables as object, { papers: { columns: null } }),
    ],
    ["a table that is nothing", ({ tables }) => Object.assign(tables as object, { others: null })],
  ])("that diff.json is no difference, with %s", async (_what, edit) => {
    await editDifference(folder, (difference) => edit(difference as unknown as Record<string, unknown>));
    expect(await found()).toEqual([
      { gate, where: "diff.json", found: "it is missing, or no difference of releases" },
    ]);
  });

  test("that a release has none", async () => {
    await rm(join(folder, "diff.json"));
    await editManifest(folder, ({ files, ...manifest }) => ({
      ...manifest,
      files: files.filter(({ path }) => path !== "diff.json"),
    }));
    await sign(folder);
    expect(await found()).toMatchObject([{ gate, where: "diff.json" }]);
  });

  test("that it speaks of other releases than the manifest", async () => {
    await editDifference(folder, ({ to }) => {
      to.version = "1.2.0";
    });
    expect(await found()).toEqual([
      { gate, where: "diff.json", found: "it speaks of other releases than the manifest" },
    ]);
    await editDifference(folder, ({ to, from }) => {
      to.version = "1.1.0";
      if (from !== null) from.version = "0.9.0";
    });
    expect(await found()).toMatchObject([{ gate, where: "diff.json" }]);
  });

  test("that the version does not follow from it", async () => {
    await editDifference(folder, (difference) => {
      difference.step = "major";
    });
    expect(await found()).toEqual([{ gate, where: "diff.json", found: "it calls for version 2.0.0" }]);
  });

  test("that the changelog's newest entry is another release's", async () => {
    await editText(join(folder, "CHANGELOG.md"), (text) => text.replace("## 1.1.0", "## 1.1.0-draft"));
    await sign(folder);
    expect(await found()).toEqual([
      { gate, where: "CHANGELOG.md", found: "its newest entry is not that of 1.1.0" },
    ]);
  });
});

test("gates that judge by the difference are not tried where it is wrong", async () => {
  await editDifference(folder, ({ tables }) => {
    Object.assign(tables["papers"]?.rows ?? {}, { before: 1000, after: 7 });
  });
  const findings = await found();
  expect(findings.map((finding) => finding.gate)).toEqual([gate]);
  expect(gatesNotRun(findings)).toEqual(["future", "empty_columns", "counts", "fill"]);
});

describe("what somebody accepted", () => {
  const drifted = { gate: "counts", where: "papers", found: "5 rows after 100: fewer than 90.0 % are left" };
  const accept = async (findings: readonly object[]) => {
    const papers = await rowsIn(folder, "papers");
    expect(papers).toHaveLength(5);
    await editDifference(folder, ({ tables }) =>
      Object.assign(tables["papers"]?.rows ?? {}, { before: 100 }),
    );
    await editManifest(folder, (manifest) => ({
      ...manifest,
      accepted: { reason: "The old listing is gone.", findings },
    }));
  };

  test("passes", async () => {
    await accept([drifted]);
    expect(await found()).toEqual([]);
  });

  test("lets nothing else pass: neither another place nor another figure", async () => {
    await accept([
      { ...drifted, where: "mentions" },
      { ...drifted, found: "5 rows after 90" },
    ]);
    expect(await found()).toEqual([drifted]);
  });

  test("lets nothing pass that is a matter of the files", async () => {
    await accept([drifted, { gate: "sums", where: "README.md", found: "its content has changed" }]);
    await editText(join(folder, "README.md"), (text) => text.replace("Papers", "papers"));
    expect(await found()).toMatchObject([{ gate: "sums", where: "README.md" }]);
  });
});
