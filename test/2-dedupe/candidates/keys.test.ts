import { describe, expect, test } from "vitest";
import { beginning } from "../../../pipeline/2-dedupe/candidates/keys.ts";

describe("the beginning of a title", () => {
  const of = (title: string) => beginning(title.split(" "));

  test("is its first five words", () => {
    expect(of("counting river stones with drones a view")).toBe("countingriverstoneswithdrones");
    expect(of("counting river stones")).toBe("countingriverstones");
  });

  test("is none where it has less than fifteen letters", () => {
    expect(of("abc def ghi jkl mn")).toBeNull();
    expect(of("abc def ghi jkl mno p")).toBe("abcdefghijklmno");
    expect(beginning([])).toBeNull();
  });
});
