import { isListing, listingRecord } from "../records/listing.ts";
import { jsonLayout } from "./record-layout.ts";

/** The listing's API: what it answers for a day, a search or one paper. */
export const listingApi = jsonLayout({ name: "listing_api", isOne: isListing, toRecord: listingRecord });
