import { describe, expect, test } from "vitest";
import { TABLES, type Table, type Vocabulary } from "../../schemas/index.ts";
import * as vocabularies from "../../schemas/vocabularies.ts";

const all = Object.entries<Vocabulary>(vocabularies);
const used = Object.values<Table>(TABLES).flatMap((table) =>
  Object.values(table.columns).flatMap(({ vocabulary }) => (vocabulary === undefined ? [] : [vocabulary])),
);

describe.each(all)("the codes of %s", (_name, vocabulary) => {
  test("each have a meaning, told in sentences, that no other code has", () => {
    const meanings = Object.values(vocabulary);
    expect(meanings.length).toBeGreaterThan(0);
    for (const [code, meaning] of Object.entries(vocabulary)) expect(meaning, code).toMatch(/^\S.*\.$/su);
    expect(new Set(meanings).size).toBe(meanings.length);
  });

  test("are lower-case words of ASCII that programs can take for names", () => {
    for (const code of Object.keys(vocabulary)) expect(code).toMatch(/^[a-z][a-z0-9_.]*$/u);
  });

  test("are those of at least one column", () => {
    expect(used).toContain(vocabulary);
  });
});

test("every column with codes takes them from a vocabulary that is published", () => {
  const published = all.map(([, vocabulary]) => vocabulary);
  for (const vocabulary of used) expect(published).toContain(vocabulary);
});

test("an issue's meaning says what to do about it", () => {
  for (const [code, meaning] of Object.entries(vocabularies.ISSUE_CODES))
    expect(meaning, code).toMatch(/\. (?:Look|Check|Compare|Run|Read|Add) /u);
});

test("the states that are no verdict exist for repositories and other links alike", () => {
  for (const code of ["unknown", "unchecked"]) {
    expect(vocabularies.REPOSITORY_STATUSES).toHaveProperty(code);
    expect(vocabularies.LINK_STATUSES).toHaveProperty(code);
  }
});
