import { anonymous4open } from "./hosts/anonymous-4open.ts";
import { bitbucket } from "./hosts/bitbucket.ts";
import { codeberg } from "./hosts/codeberg.ts";
import { doi } from "./hosts/doi.ts";
import { ENDPOINT_NAMES, type EndpointName, type ServiceConfig } from "./hosts/endpoints.ts";
import { gitlab } from "./hosts/gitlab.ts";
import { huggingface } from "./hosts/huggingface.ts";
import type { RepositoryService } from "./hosts/service.ts";
import { zenodo } from "./hosts/zenodo.ts";
import type { LinkService } from "./links/link.ts";
import { webPages } from "./pages/web-pages.ts";

/** Every service that may be asked, and which of them are in this run. */

export const SERVICE_NAMES = ["github", ...ENDPOINT_NAMES] as const;
export type ServiceName = (typeof SERVICE_NAMES)[number];

/** Which services are asked, and how those beside GitHub are reached. */
export interface ServicesConfig {
  readonly only: readonly ServiceName[];
  /** Whether pages of other hosts are visited. */
  readonly checkPages: boolean;
  readonly endpoints: Readonly<Record<EndpointName, ServiceConfig>>;
}

/** Code hosts beside GitHub that are in this run. */
export function codeHosts({ only, endpoints }: ServicesConfig): RepositoryService[] {
  const services = [gitlab(endpoints.gitlab), bitbucket(endpoints.bitbucket), codeberg(endpoints.codeberg)];
  return services.filter(({ name }) => only.some((wanted) => wanted === name));
}

/**
 * Services for addresses in the order in which they are offered one, and whether they are in this run: a page is visited
 * only where no service keeps it.
 */
export function linkServices({
  only,
  checkPages,
  endpoints,
}: ServicesConfig): { readonly service: LinkService; readonly isOn: boolean }[] {
  const services = [
    huggingface(endpoints.huggingface),
    zenodo(endpoints.zenodo),
    doi(endpoints.doi),
    anonymous4open(endpoints.anonymous_4open),
  ];
  return [
    ...services.map((service) => ({ service, isOn: only.some((wanted) => wanted === service.name) })),
    { service: webPages, isOn: checkPages },
  ];
}
