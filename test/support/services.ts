import { ENDPOINT_NAMES, type EndpointName } from "../../pipeline/3-enrich/hosts/endpoints.ts";
import type { ServiceName, ServicesConfig } from "../../pipeline/3-enrich/services.ts";

/** An address at which nobody answers: no test asks a host on the internet. */
export const NOBODY = "http://127.0.0.1:1";

/** Services in a test: those with an address are asked there, and GitHub where it is named. */
export function servicesAt(
  addresses: Partial<Record<EndpointName, string>> = {},
  known: Partial<Pick<ServicesConfig, "checkPages">> & { readonly only?: readonly ServiceName[] } = {},
): ServicesConfig {
  const endpoints = ENDPOINT_NAMES.map((name) => {
    const apiUrl = addresses[name] ?? NOBODY;
    return [name, { apiUrl, hasToken: false, maxWaitMs: 0 }] as const;
  });
  return {
    only: [...(Object.keys(addresses) as EndpointName[]), "github"],
    checkPages: false,
    endpoints: Object.fromEntries(endpoints) as ServicesConfig["endpoints"],
    ...known,
  };
}

/** What every check of this stage is told: all that is due, of services at which nobody answers, and of no release. */
export const asking = () => ({ offline: false, services: servicesAt(), maxAgeDays: 7, previous: null });
