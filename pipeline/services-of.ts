import {
  ENDPOINT_NAMES,
  ENDPOINTS,
  type EndpointName,
  type ServiceConfig,
} from "./3-enrich/hosts/endpoints.ts";
import { SERVICE_NAMES, type ServiceName, type ServicesConfig } from "./3-enrich/services.ts";
import { PapersetError } from "./core/errors.ts";
import { addressOf, type Environment } from "./environment.ts";
import type { Given } from "./options.ts";

/** Which services a run asks and how it reaches them, from its options and environment. */

const isService = (name: string): name is ServiceName => SERVICE_NAMES.some((known) => known === name);

/** The services named by `--only`, all where it is not given. */
function wanted(given: string | undefined): readonly ServiceName[] {
  if (given === undefined) return SERVICE_NAMES;
  const names = given.split(",").flatMap((name) => name.trim() || []);
  const unknown = names.find((name) => !isService(name));
  if (unknown !== undefined || names.length === 0)
    throw new PapersetError(
      "USAGE",
      `--only is ${JSON.stringify(given)}; it takes services parted by commas: ${SERVICE_NAMES.join(", ")}.`,
    );
  return names.filter(isService);
}

function tokenOf(environment: Environment, name: EndpointName): string | null {
  const { tokenVariable } = ENDPOINTS[name];
  return tokenVariable === null ? null : environment[tokenVariable]?.trim() || null;
}

const apiUrlOf = (environment: Environment, name: EndpointName) =>
  addressOf(environment, ENDPOINTS[name].urlVariable, ENDPOINTS[name].apiUrl);

export function servicesOf(given: Given, environment: Environment, maxWaitMs: number): ServicesConfig {
  const endpoints = ENDPOINT_NAMES.map((name): [EndpointName, ServiceConfig] => [
    name,
    { apiUrl: apiUrlOf(environment, name), hasToken: tokenOf(environment, name) !== null, maxWaitMs },
  ]);
  return {
    only: wanted(given.only),
    checkPages: given["check-links"] === true,
    endpoints: Object.fromEntries(endpoints) as ServicesConfig["endpoints"],
  };
}

/** The services' access tokens. */
export const serviceSecrets = (environment: Environment): string[] =>
  ENDPOINT_NAMES.flatMap((name) => tokenOf(environment, name) ?? []);

/** The services' access tokens by the origin that each is for. */
export function serviceTokens(environment: Environment): Map<string, readonly string[]> {
  return new Map(
    ENDPOINT_NAMES.flatMap((name) => {
      const token = tokenOf(environment, name);
      return token === null ? [] : [[new URL(apiUrlOf(environment, name)).origin, [token]] as const];
    }),
  );
}
