/** Where the listing stands whose captures are read; addresses in a page are read as seen from here. */
export const SITE = "https://huggingface.co";

/** The paper's page on the listing's site. */
export const pageOf = (arxivId: string): string => `${SITE}/papers/${arxivId}`;
