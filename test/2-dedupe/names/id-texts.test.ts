import fc from "fast-check";
import { expect, test } from "vitest";
import { IdTexts } from "../../../pipeline/2-dedupe/names/id-texts.ts";
import { stableId } from "../../../pipeline/core/digest.ts";

test("every line has the id that was last put there, however the ids came", () => {
  const anyId = fc.string().map((text) => stableId("p", text));
  const anyChange = fc.tuple(fc.nat(), anyId);
  fc.assert(
    fc.property(fc.array(fc.array(anyId)), fc.array(anyChange), (lists, changes) => {
      const texts = new IdTexts();
      for (const ids of lists) texts.push(ids.join(""));
      const expected = lists.flat();
      for (const [at, id] of expected.length === 0 ? [] : changes) {
        texts.set(at % expected.length, id);
        expected[at % expected.length] = id;
      }
      expect(expected.map((_, line) => texts.at(line))).toEqual(expected);
    }),
  );
});

test("ids put in place stay there when others are added", () => {
  const texts = new IdTexts();
  texts.push(stableId("p", "a"));
  texts.set(0, stableId("p", "b"));
  texts.push(stableId("p", "c").repeat(1_000));
  expect([texts.at(0), texts.at(1_000)]).toEqual([stableId("p", "b"), stableId("p", "c")]);
});
