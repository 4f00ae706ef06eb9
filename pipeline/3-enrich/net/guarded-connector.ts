import { type LookupAddress, lookup as systemLookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { buildConnector } from "undici";
import { NetworkFailure } from "./failure.ts";
import { isPublicAddress } from "./public-address.ts";

/** Whether a connection may be made; asked of the address that is connected to, not of a name. */
export type Permit = (address: string, port: number) => boolean;

const WEB_PORTS = new Set([80, 443]);

/** Public addresses at the ports of the web. */
export const publicWeb: Permit = (address, port) => WEB_PORTS.has(port) && isPublicAddress(address);

/** Looks all addresses of a name up. */
export type Resolve = (
  hostname: string,
  options: { readonly all: true; readonly order: "verbatim" },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

const refused = (host: string, port: number) =>
  new NetworkFailure("refused_address", `${host} at port ${port} is no public web address.`);

/** A lookup that hands on only what is permitted: what is connected to is what was judged, however the name changes. */
function guardedLookup(port: number, permit: Permit, resolve: Resolve): LookupFunction {
  return (hostname, { all }, callback) => {
    resolve(hostname, { all: true, order: "verbatim" }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error !== null || first === undefined)
        callback(error ?? new Error(`${hostname} has no address`), "");
      else if (!addresses.every(({ address }) => permit(address, port)))
        callback(refused(hostname, port), "");
      else if (all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

/**
 * Connects only to permitted addresses, judged when the connection is made: by the name's addresses, or by the address
 * itself where the host is one, in which case no name is looked up and a lookup alone would guard nothing.
 */
export function guardedConnector(
  permit: Permit,
  timeout: number,
  resolve: Resolve = systemLookup,
): buildConnector.connector {
  return (options, callback) => {
    const port = Number(options.port) || (options.protocol === "https:" ? 443 : 80);
    const host = options.hostname.replace(/^\[|\]$/gu, "");
    if (isIP(host) !== 0 && !permit(host, port)) callback(refused(host, port), null);
    else
      buildConnector({ allowH2: false, timeout, lookup: guardedLookup(port, permit, resolve) })(
        options,
        callback,
      );
  };
}
