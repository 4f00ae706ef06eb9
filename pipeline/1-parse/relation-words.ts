/**
 * The words that the rules of `relation.ts` look for, as patterns over lower-case text of at most 240 characters. What
 * lies between two words of a pattern is limited too, so that no text makes a pattern slow.
 */

/** What a work can make public. */
const THING =
  "(?:source[- ]?codes?|code[- ]?bases?|codes?|(?:re-?)?implementations?|scripts?|software|systems?|projects?|" +
  "frameworks?|librar(?:y|ies)|toolkits?|toolbox(?:es)?|tools?|packages?|repositor(?:y|ies)|notebooks|demos?|videos|" +
  "data(?:[- ]?sets?|bases?|stores?)?|corp(?:us|ora)|benchmarks?|annotations|samples|models?|checkpoints?|weights|" +
  "experiments|results|recipes|papers|materials?|resources?|art[ei]facts?)";
const OFFERED =
  "(?:available|avaliable|accessible|accessed|released?|published|hosted|open[- ]?sourced?|provided|listed|shared|maintained|" +
  "public|deposited|archived|found|be (?:[a-z]+ )?(?:obtained|downloaded|cloned|viewed|installed))";
/** Nothing but small words up to the link. */
const UP_TO_LINK =
  "[^a-z0-9]*(?:\\b(?:on|via|at|in|from|under|through|online|here|github|gitlab|hugging ?face|zenodo|the|this|our|" +
  "following|project|web|website|page|site|repository|repo|code|link|url|address|is)\\b[^a-z0-9]*)*$";
/** The same, or any few words that end in a preposition: `available under the MIT licence at`. */
const THERE = `(?:[^;:]{0,50}\\b(?:at|on|via|from|under))?${UP_TO_LINK}`;
/** What may stand between a label's beginning and its thing. */
const QUALIFIED =
  "(?:(?:our|the|all|full|official|open[- ]?source|pre-?trained|project|supplementary|additional) )*";
/** A reader is sent there: `see the demo at`, `please visit our project page:`. */
const GO = "(?:(?:please |also )*(?:see|visit|try|find|get|download|check(?: out)?) )?";
const THINGS = `${QUALIFIED}${THING}(?:(?:,|,? (?:and|&)) ${QUALIFIED}(?:[a-z0-9-]+ )?${THING}){0,3}`;
const PAGE = "(?:web ?site|web ?page|home ?page|github)";
const OF_LABEL = "(?: (?:page|link|url|website|site|repository))?";

const pattern = (source: string) => new RegExp(source, "u");

/** A thing is said to be there: `the code is available at`, `data can be downloaded from`, `the repository is at`. */
export const AVAILABILITY = [
  pattern(`\\b${THING}\\b.{0,120}\\b${OFFERED}\\b${THERE}`),
  pattern(`\\b${THING}\\b.{0,80}\\b(?:is|are|lives?) (?:at|in|on|here|via)\\b${UP_TO_LINK}`),
  pattern(
    `\\b(?:reproduc|replicat)[a-z]* (?:using|with|from|by) (?:the|our) .{0,40}\\b${THING}\\b${UP_TO_LINK}`,
  ),
];

/** A thing as a label: `Code and models:`, `(data at`, `Source code (`. */
export const LABEL = [
  pattern(
    `(?:^|[.;:,([{])[^a-z0-9]*${GO}(?:${THINGS}${OF_LABEL}|${PAGE}) ?(?:[:=|–—-]|\\bis[: ])[^a-z0-9]*$`,
  ),
  pattern(`(?:^|[.;:,([{])[^a-z0-9]*${GO}${THINGS}${OF_LABEL} (?:at|on|via|here)\\b${UP_TO_LINK}`),
  pattern(`^[^a-z0-9]*${THINGS}${OF_LABEL}[^a-z0-9]*$`),
];
/** `Code for using the method:`, a label that is a sentence's whole beginning. */
export const LABEL_SENTENCE = pattern(`^[^a-z]*${QUALIFIED}${THING}\\b[^.;:]{0,80}:[^a-z0-9]*$`);

const GIVE =
  "(?:(?:release|provide|publish|share|open[- ]?source|make|offer|contribute|host|maintain|upload|deposit|establish)(?:s|e?d)?|made|put)";
/** The work speaks of itself: `we release … at`, `our page`, `this work lives in`, `we present Stonenet (`. */
export const OWN_SUBJECT = [
  pattern(
    `\\b(?:we|authors|this (?:work|paper|study))\\b.{0,40}\\b${GIVE}\\b.{0,180}` +
      `(?:\\b(?:at|on|via|under|through|here|in)\\b|:|\\b${THING} ?[([])${UP_TO_LINK}`,
  ),
  pattern(
    `\\bour (?:[a-z0-9-]+ ){0,3}(?:${THING}|page|homepage|website|site|leaderboard)` +
      `(?: (?:for|of|to) [^.;:,]{0,50})?${UP_TO_LINK}`,
  ),
  pattern("\\bthis (?:work|paper|study) (?:lives|has its|comes with)\\b.{0,60}$"),
  pattern("\\bwe (?:[a-z]+ )?(?:present|introduce|develop(?:ed)?|built|created?) [^ ]+,? ?[([][^a-z0-9]*$"),
  pattern(
    "\\bimplemented (?:in|as) (?:an?|the|our) .{0,60}\\b(?:package|software|tool|toolbox|plug-?in)\\b.{0,40}$",
  ),
];
/** Something that has no known name is said to be public there: `Stonenet is open-sourced at`. */
export const ANNOUNCED = pattern(
  `\\b(?:available|accessible|released|published|hosted|open[- ]?sourced)\\b${THERE}`,
);

/** The words between a verb and the link; full stops only in `et al.` and numbers, brackets only at the link. */
const BETWEEN = "((?:[^.;(]|(?<=\\bal|\\d)\\.){0,120}[([]?[^a-z0-9]*)$";
/** Verbs of building on something or running it, and what stands between the last of them and the link. */
export const BUILT_ON = pattern(
  "^.*\\b(?:" +
    "(?:built|builds?|building|based|implemented|rel(?:y|ies|ied|ying)|runs?|train(?:ed)?|training|fine-?tuned?|evaluated?|" +
    "tested|validated|experiments) (?:up)?on|" +
    "(?:implemented|trained|fine-?tuned|evaluated|built|annotated|processed|simulated|scanned) with|written in|" +
    "(?:initiali[sz]ed|fine-?tuned|built|comes?) from|" +
    "(?<!\\bbe (?:[a-z]+ )?)(?:adapted|forked|derived|taken|borrowed|retrieved|extracted|collected|downloaded|obtained) " +
    "from|(?:fork|extension|modification) of|(?:plug-?in|wrapper|extension) (?:for|around|to)|integrated? (?:in|into)|" +
    "powered by|(?<!\\bcan be (?:[a-z]+ )?)using|uses|utili[sz](?:es?|ed|ing)|employ(?:s|ed|ing)?|leverag(?:es?|ed|ing)|" +
    "adopt(?:s|ed|ing)?|extend(?:s|ed|ing)?|" +
    "we (?:[a-z]+ )?(?:use|run|ran|modify|modified|adapt|apply|applied|follow|followed|download)|" +
    "(?:we|is|are|was|were) (?:[a-z]+ )?used(?! (?:in|for|to|by)\\b)" +
    `)\\b${BETWEEN}`,
);
/** Words that set something beside somebody else's, and what stands between the last of them and the link. */
export const COMPARED = pattern(
  "^.*(?:\\b(?:compar(?:es?|ed|ing|able|isons?) (?:[a-z]+ ){0,2}(?:to|with)|" +
    "(?:benchmark|evaluat|test|measur)[a-z]* (?:[a-z]+ )?against|outperform(?:s|ed|ing)?|surpass(?:es|ed|ing)?|" +
    "improv(?:es?|ed|ing|ements?) (?:on|upon|over)|such as|similar to|unlike|see also|in contrast to|instead of|rather than|" +
    "inspired by|alternatives? to|for (?:example|instance),?|registered (?:at|in|on|with|under)|" +
    "(?:tools|libraries|frameworks|packages|systems|models|platforms|sites|datasets|benchmarks) like)|" +
    `\\b(?:e\\.g\\.|cf\\.|vs\\.?),?)(?=[^a-z])${BETWEEN}`,
);
/** A thing of somebody else: `their code`, `the original implementation`, `the code of Stone et al.` */
export const OTHERS = [
  pattern(
    "^.*(?<!\\b(?:and|with) )\\b(?:their|his|her|original|third[- ]party|existing|previous|prior|earlier|upstream|" +
      `competing|baselines?'?|et al\\.?['’]?s?) (?:[a-z0-9-]+ ){0,2}${THING}\\b([^;]{0,120})$`,
  ),
  pattern(`^.*\\b${THING}(?: [a-z]+)? (?:of|by|from) [^;,:]{0,40}\\bet al\\b([^;]{0,80})$`),
];
/** A reference behind a link names whose it is: `(Stone et al., 2023)`, `[12]`. */
export const REFERENCE =
  /^[\s)\]}>'"]*[([]\s*(?:[\p{L}'’-]+(?: et al\.?,?| (?:and|&) [\p{L}'’-]+,?|,) ?(?:19|20)\d\d|\d{1,3}[\])])/u;
/** A sentence that begins with the link, or sends the reader there. */
export const SENT_TO = /(?:^|\b(?:see|visit|refer to|check out|check|go to))[^a-z0-9]*$/u;
/** What a link is for, behind it: `see … for code and videos`, `… contains our code`. */
export const SERVES = pattern(
  "^[\\s)\\]}>'\"]*(?:for|contains?|holds?|hosts?|provides?|is|are) " +
    `(?:(?:the|our|all|more|full|further|source|additional|project) )*${THING}\\b`,
);

export const NAMES_THING = pattern(`\\b${THING}\\b`);
/** The work's own words. */
export const OWN = /\b(?:our|ours|we|this (?:work|paper|study))\b/u;
/** Words that offer something after all behind a verb: `built on it and released at`. */
const OFFER =
  "(?:available|avaliable|accessible|released?|published|hosted|open[- ]?sourced|provided|found|deposited)";
const OFFERS = pattern(`\\b${OFFER}\\b`);
const FINITE_OFFER = pattern(
  `(?<!\\b(?:that|which) )\\b(?:is|are|be|been|was|were|made|and|will)\\b.{0,30}\\b${OFFER}\\b`,
);
/** An offer that belongs to what was used: `using the code available at`. */
const THING_OFFERED = pattern(`\\b${THING}\\b.{0,60}\\b${OFFER}\\b`);

/** Whether the words between a verb and the link begin anew: another clause, this work's own thing, or an offer. */
export function beginsAnew(words: string): boolean {
  if (/[,:]\s*(?!(?:an?|the)\b)[a-z]/u.test(words) || OWN.test(words) || FINITE_OFFER.test(words))
    return true;
  return OFFERS.test(words) && !THING_OFFERED.test(words);
}
