import { BlockList, isIP } from "node:net";

/**
 * Which addresses are somebody's public host: everything else is this machine, a private network, a tunnel that leads
 * into one, or nobody. IANA's special-purpose address registries (RFC 6890, RFC 8190), with what they call globally
 * reachable but no web server has (protocol assignments, deprecated relays) left out too.
 */

/** IPv4 networks that are not public, each with what it is. */
export const SPECIAL_IPV4 = {
  "0.0.0.0/8": "this network (RFC 791)",
  "10.0.0.0/8": "private (RFC 1918)",
  "100.64.0.0/10": "shared by a provider's customers (RFC 6598)",
  "127.0.0.0/8": "loopback (RFC 1122)",
  "168.63.129.16/32": "a cloud's own services (learn.microsoft.com, What is IP address 168.63.129.16)",
  "169.254.0.0/16": "link-local, and the metadata of clouds (RFC 3927)",
  "172.16.0.0/12": "private (RFC 1918)",
  "192.0.0.0/24": "protocol assignments (RFC 6890)",
  "192.0.2.0/24": "documentation (RFC 5737)",
  "192.88.99.0/24": "relays of 6to4, deprecated (RFC 7526)",
  "192.168.0.0/16": "private (RFC 1918)",
  "198.18.0.0/15": "benchmarks (RFC 2544)",
  "198.51.100.0/24": "documentation (RFC 5737)",
  "203.0.113.0/24": "documentation (RFC 5737)",
  "224.0.0.0/4": "multicast (RFC 5771)",
  "240.0.0.0/4": "reserved, and broadcast (RFC 1112, RFC 919)",
} as const;

/**
 * All of IPv6 that is given out as global unicast (RFC 4291, section 2.4, and IANA's registry of it). Outside lie loopback,
 * unspecified, IPv4-mapped and -compatible addresses, NAT64 (RFC 6052), private (RFC 4193), link-local and multicast.
 */
const GLOBAL_IPV6 = "2000::/3";

/** Networks within it that are not public. */
export const SPECIAL_IPV6 = {
  "2001::/23": "protocol assignments, Teredo among them (RFC 2928, RFC 4380)",
  "2001:db8::/32": "documentation (RFC 3849)",
  "2002::/16": "6to4, which holds an IPv4 address (RFC 3056)",
  "3fff::/20": "documentation (RFC 9637)",
} as const;

function listOf(networks: readonly string[], family: "ipv4" | "ipv6"): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = "", prefix] = network.split("/");
    list.addSubnet(address, Number(prefix), family);
  }
  return list;
}

const special4 = listOf(Object.keys(SPECIAL_IPV4), "ipv4");
const special6 = listOf(Object.keys(SPECIAL_IPV6), "ipv6");
const global6 = listOf([GLOBAL_IPV6], "ipv6");

/** Whether an IP address in its usual spelling is public; what is no address, or names a zone (`%eth0`), is not. */
export function isPublicAddress(address: string): boolean {
  if (address.includes("%")) return false;
  switch (isIP(address)) {
    case 4:
      return !special4.check(address, "ipv4");
    case 6:
      return global6.check(address, "ipv6") && !special6.check(address, "ipv6");
    default:
      return false;
  }
}
