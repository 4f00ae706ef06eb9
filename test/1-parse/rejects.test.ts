import { expect, test } from "vitest";
import { REJECT_REASONS } from "../../pipeline/1-parse/rejects.ts";

test.each(Object.entries(REJECT_REASONS))(
  "the reason %s is told in a sentence of its own",
  (reason, meaning) => {
    expect(reason).toMatch(/^[a-z]+(?:_[a-z]+)+$/u);
    expect(meaning).toMatch(/^[A-Z].*\.$/u);
    expect(Object.values(REJECT_REASONS).filter((other) => other === meaning)).toHaveLength(1);
  },
);
