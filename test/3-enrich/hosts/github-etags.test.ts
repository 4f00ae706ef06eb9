import { describe, expect, test } from "vitest";
import { releaseOf } from "../../support/releases.ts";
import { run } from "../enrich-run.ts";
import { start } from "./replies.ts";

const WEEK_LATER = "2026-11-29T09:00:00Z";
const shown = (stars: number) => ({
  only_rest: { full_name: "ada/stones", id: 11, stars, pushed_at: "2026-11-01T00:00:00Z" },
});

/** Statuses of the requests to REST. */
const rest = ({ seen }: Awaited<ReturnType<typeof start>>["double"]) =>
  seen.filter(({ method }) => method === "GET").map(({ status }) => status);

describe("a repository that only REST shows", () => {
  test("is asked about by the state that is known: an unchanged one costs no quota and keeps its figures", async () => {
    const hand = await start({ "ada/stones": shown(3) });
    await run(["ada/stones"], hand);
    hand.effects.time = WEEK_LATER;
    const { records } = await run(["ada/stones"], hand);
    expect(rest(hand.double)).toEqual([200, 304]);
    expect(records).toMatchObject([{ row: { status: "alive", stars: 3, observed_at: WEEK_LATER } }]);
    const seen = records[0]?.observations.map(({ http_status, stars, source }) => [
      http_status,
      stars,
      source,
    ]);
    expect(seen).toEqual([
      [200, 3, "github_rest"],
      [304, 3, "github_rest"],
    ]);
  });

  test("is asked about by its state also when a release has been made since", async () => {
    const hand = await start({ "ada/stones": shown(3) });
    const { records } = await run(["ada/stones"], hand);
    const previous = releaseOf({
      repositories: records.map(({ row }) => row),
      repository_observations: records.flatMap(({ observations }) => observations),
    });
    hand.effects.time = WEEK_LATER;
    await run(["ada/stones"], hand, { previous });
    expect(rest(hand.double)).toEqual([200, 304]);
  });

  test("is shown anew where it has changed", async () => {
    await run(["ada/stones"], await start({ "ada/stones": shown(3) }));
    const changed = await start({ "ada/stones": shown(4) });
    changed.effects.time = WEEK_LATER;
    const { records } = await run(["ada/stones"], changed);
    expect(rest(changed.double)).toEqual([200]);
    expect(records).toMatchObject([{ row: { stars: 4 } }]);
  });

  test("is shown anew to another token, which is not asked by the other's state", async () => {
    const first = await start({ "ada/stones": shown(3) }, { tokens: ["another"] });
    await run(["ada/stones"], first);
    const other = await start({ "ada/stones": shown(3) }, { tokens: ["another"] }, ["another"]);
    const github = { ...other.github, tokens: ["another's digest"] };
    other.effects.time = WEEK_LATER;
    const { request } = other.effects.network;
    const network: typeof other.effects.network = {
      request(asked) {
        expect(asked.headers).not.toHaveProperty("if-none-match");
        return request(asked);
      },
    };
    await run(["ada/stones"], { github, effects: { ...other.effects, network } });
    expect(rest(other.double)).toEqual([200]);
  });

  test("is not asked by a state that is older than its figures", async () => {
    await run(["ada/stones"], await start({ "ada/stones": shown(3) }));
    const graphql = await start({ "ada/stones": { found: shown(5).only_rest } });
    graphql.effects.time = WEEK_LATER;
    await run(["ada/stones"], graphql);
    const back = await start({ "ada/stones": shown(3) });
    back.effects.time = "2026-12-07T09:00:00Z";
    const { records } = await run(["ada/stones"], back);
    expect(rest(back.double)).toEqual([200]);
    expect(records[0]?.observations.map(({ stars }) => stars)).toEqual([3, 5, 3]);
  });
});
