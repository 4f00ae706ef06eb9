import { describe, expect, test } from "vitest";
import { meetingKeys } from "../../../pipeline/2-dedupe/candidates/keys.ts";
import { profile } from "../../support/mentions.ts";

describe("mentions meet under", () => {
  test("their identifiers, their title and its beginning, in this order", () => {
    expect(
      meetingKeys(
        profile({
          arxiv_id: "2401.00001v2",
          doi: "10.1234/ONE",
          title: "Counting river stones with drones: a view",
        }),
      ),
    ).toEqual([
      "arxiv:2401.00001",
      "doi:10.1234/one",
      "title:countingriverstoneswithdronesaview",
      "begin:countingriverstoneswithdrones",
    ]);
  });

  test("no identifier that they do not have", () => {
    expect(meetingKeys(profile({ title: "Stones" }))).toEqual(["title:stones"]);
  });

  test("nothing where the title has no letter and no identifier is known", () => {
    expect(meetingKeys(profile({ title: "🚁 …" }))).toEqual([]);
  });

  test("the first five words from fifteen letters on", () => {
    expect(meetingKeys(profile({ title: "abc def ghi jkl mn" }))).not.toContain("begin:abcdefghijklmn");
    expect(meetingKeys(profile({ title: "abc def ghi jkl mno p" }))).toContain("begin:abcdefghijklmno");
  });

  test("one beginning, be the rest cut off or another subtitle", () => {
    const begin = (title: string) => meetingKeys(profile({ title })).at(-1);
    expect(begin("Counting river stones with drones")).toBe(
      begin("Counting river stones with drones — a view"),
    );
  });
});
