import type { Network } from "../core/effects.ts";
import { type OpenNetwork, openNetwork } from "./http.ts";

/**
 * A network with several tokens for an origin. Requests say by number which one they send, or that they send none,
 * so that nothing but this and the networks below knows a token.
 * @param tokens access tokens by origin, in the order of their numbers
 */
export function openAccounts(tokens: ReadonlyMap<string, readonly string[]>): OpenNetwork {
  const most = Math.max(0, ...[...tokens.values()].map((own) => own.length));
  const signed = Array.from({ length: most }, (_, number) => {
    const numbered = [...tokens].flatMap(([origin, own]) => {
      const token = own[number];
      return token === undefined ? [] : [[origin, token] as const];
    });
    return openNetwork(new Map(numbered));
  });
  const unsigned = openNetwork(new Map());
  const request: Network["request"] = (asked) => {
    const network = asked.token === null ? unsigned : (signed[asked.token ?? 0] ?? unsigned);
    return network.request(asked);
  };
  return {
    request,
    async close() {
      await Promise.all([...signed, unsigned].map((network) => network.close()));
    },
  };
}
