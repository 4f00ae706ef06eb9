import { describe, expect, test } from "vitest";
import { FIRST_VERSION, largestStep, nextVersion, type Step } from "../../pipeline/release/version.ts";

describe("the version that follows", () => {
  test.each<readonly [string, Step, string]>([
    ["1.2.3", "none", "1.2.3"],
    ["1.2.3", "patch", "1.2.4"],
    ["1.2.3", "minor", "1.3.0"],
    ["1.2.3", "major", "2.0.0"],
    ["1.9.9", "patch", "1.9.10"],
    ["9.99.0", "minor", "9.100.0"],
    ["10.0.0", "major", "11.0.0"],
  ])("%s by a step of %s is %s", (version, step, next) => {
    expect(nextVersion(version, step)).toBe(next);
  });

  test("nothing is 1.0.0", () => {
    expect(FIRST_VERSION).toBe("1.0.0");
  });
});

describe("the step that a difference calls for", () => {
  const same = { isReshaped: false, added: 0, removed: 0, changed: 0 };
  test.each<readonly [string, Step, Partial<typeof same>]>([
    ["nothing differs", "none", {}],
    ["values changed", "patch", { changed: 1 }],
    ["rows came", "minor", { added: 1 }],
    ["rows went", "minor", { removed: 1 }],
    ["rows came and values changed", "minor", { added: 1, changed: 9 }],
    ["the table has another shape", "major", { isReshaped: true }],
    ["the table has another shape and other rows", "major", { isReshaped: true, removed: 3, changed: 1 }],
  ])("where %s is %s", (_rule, step, changes) => {
    expect(largestStep([{ ...same, ...changes }])).toBe(step);
    expect(largestStep([same, { ...same, ...changes }, same])).toBe(step);
  });

  test("is that of the table that has changed most, wherever it stands", () => {
    const [patch, minor] = [
      { ...same, changed: 1 },
      { ...same, added: 1 },
    ];
    expect(largestStep([patch, minor])).toBe("minor");
    expect(largestStep([minor, patch])).toBe("minor");
    expect(largestStep([])).toBe("none");
  });
});
