import { afterEach } from "vitest";
import { type GitHubAtHand, githubAtHand } from "../../support/github-check.ts";
import type { Reply } from "../../support/github-double.ts";

/** What a test opened; others may add to it. */
export const running: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((part) => part.close()));
});

/** The client and a double that are closed when the test is over. */
export async function start(...given: Parameters<typeof githubAtHand>): Promise<GitHubAtHand> {
  const hand = await githubAtHand(...given);
  running.push(hand);
  return hand;
}

export const alive = (full_name: string, id = 11): Reply => ({ found: { full_name, id, stars: 3 } });
export const MISSING: Reply = { missing: true };

/** Replies of `count` repositories that are there. */
export const many = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`ada/r${i}`, alive(`ada/r${i}`, i + 1)]));
