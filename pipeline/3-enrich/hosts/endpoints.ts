/** Every service that is asked beside GitHub, once: its name for `--only`, its address, and what in the environment changes it. */

interface Endpoint {
  /** Without a slash at the end. */
  readonly apiUrl: string;
  /** The environment variable that gives another address, such as a mirror's. */
  readonly urlVariable: string;
  /** The environment variable that holds an access token; null: the service is asked without one. */
  readonly tokenVariable: string | null;
}

export const ENDPOINTS = {
  gitlab: {
    apiUrl: "https://gitlab.com/api/v4",
    urlVariable: "GITLAB_API_URL",
    tokenVariable: "GITLAB_TOKEN",
  },
  bitbucket: {
    apiUrl: "https://api.bitbucket.org/2.0",
    urlVariable: "BITBUCKET_API_URL",
    tokenVariable: "BITBUCKET_TOKEN",
  },
  codeberg: { apiUrl: "https://codeberg.org/api/v1", urlVariable: "CODEBERG_API_URL", tokenVariable: null },
  huggingface: { apiUrl: "https://huggingface.co", urlVariable: "HF_ENDPOINT", tokenVariable: "HF_TOKEN" },
  zenodo: { apiUrl: "https://zenodo.org/api", urlVariable: "ZENODO_API_URL", tokenVariable: null },
  doi: { apiUrl: "https://doi.org", urlVariable: "DOI_API_URL", tokenVariable: null },
  arxiv: { apiUrl: "https://export.arxiv.org/api", urlVariable: "ARXIV_API_URL", tokenVariable: null },
  softwareheritage: {
    apiUrl: "https://archive.softwareheritage.org/api/1",
    urlVariable: "SWH_API_URL",
    tokenVariable: "SWH_TOKEN",
  },
  anonymous_4open: {
    apiUrl: "https://anonymous.4open.science/api",
    urlVariable: "ANONYMOUS_4OPEN_API_URL",
    tokenVariable: null,
  },
} as const satisfies Record<string, Endpoint>;
export type EndpointName = keyof typeof ENDPOINTS;
export const ENDPOINT_NAMES = Object.keys(ENDPOINTS) as EndpointName[];

/** How one service is reached in this run. */
export interface ServiceConfig {
  /** Without a slash at the end. */
  readonly apiUrl: string;
  readonly hasToken: boolean;
  /** A limit that lasts longer ends the asking, in milliseconds. */
  readonly maxWaitMs: number;
}
