import type { ServiceConfig } from "../../pipeline/3-enrich/hosts/endpoints.ts";
import { openNetwork } from "../../pipeline/3-enrich/http.ts";
import type { LinkAnswer, LinkService } from "../../pipeline/3-enrich/links/link.ts";
import type { LinkKind } from "../../schemas/vocabularies.ts";
import { type TestEffects, testEffects } from "./effects.ts";
import type { ServiceDouble } from "./service-double.ts";

export interface LinkCheck {
  /** By address; one that the service does not answer for, or did not ask about, is not there. */
  readonly answers: Readonly<Record<string, LinkAnswer>>;
  readonly double: ServiceDouble;
  readonly effects: TestEffects;
}

/** Asks a service at its double about addresses, and ends both. */
export async function checkLinksAt(
  make: (config: ServiceConfig) => LinkService,
  double: ServiceDouble,
  urls: readonly (string | readonly [string, LinkKind])[],
  token?: string,
): Promise<LinkCheck> {
  const network = openNetwork(new Map(token === undefined ? [] : [[double.origin, token]]));
  const effects = testEffects(network);
  try {
    const service = make({ apiUrl: double.origin, hasToken: token !== undefined, maxWaitMs: 3_600_000 });
    const asks = urls
      .map((one) =>
        typeof one === "string" ? ({ url: one, kind: "page" } as const) : { url: one[0], kind: one[1] },
      )
      .filter((ask) => service.answersFor(ask));
    const batches = await Array.fromAsync(service.check(asks, { effects, tell() {} }));
    const answers = Object.fromEntries(batches.flat().map(({ url, answer }) => [url, answer]));
    return { answers, double, effects };
  } finally {
    await network.close();
    double.close();
  }
}
