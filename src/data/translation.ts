import { assertCount } from "#src/util/assert.ts";
import type { Rng } from "#src/util/rng.ts";
import { assertFraction, assertRng, pick } from "./draw.ts";
import { joinFrench, startsWithVowel, writeFrench, type LinkedWord } from "./french.ts";
import {
  ADJECTIVES,
  BE,
  DETERMINERS,
  NOUNS,
  OBJECT_PRONOUNS,
  SUBJECTS,
  VERBS,
  type Noun,
  type NounClass,
  type Verb,
} from "./french-words.ts";

export interface SentencePair {
  /** such as "the small cat does not see her ." */
  english: string;
  /** such as "le petit chat ne la voit pas ." */
  french: string;
  /** lower case words; the stop is one */
  source: string[];
  /** words as written; "l'" and "n'" are words of their own */
  target: string[];
  /** for each word of the target, the positions in the source that it comes from, in order */
  alignment: number[][];
}

/** A sentence in the making: English words so far, and French ones linked to them. */
interface Draft {
  en: string[];
  fr: LinkedWord[];
}

interface Person {
  form: number;
  gender: "m" | "f";
  classes: readonly NounClass[];
}

const SINGULAR = ["the", "a", "this", "my", "his", "our"];
const PLURAL = ["the", "some", "these", "my", "his", "our"];
/** After a preposition: "de un" and "de des" would have rules of their own. */
const AFTER_PREPOSITION = ["the", "this", "my", "his", "our"];

/**
 * English sentences in the present tense with their French translation and word alignment, from a small grammar:
 * agreement in gender and number, adjectives before or after their noun, le + vowel → l', à + le → au, de + les → des,
 * "ne … pas" around the verb, pronouns before it. An English sentence always has the same translation.
 *
 * @param options.negated how often a sentence is negated, 0 … 1, default 0.25
 */
export function sentencePairs(options: { count: number; rng: Rng; negated?: number }): SentencePair[] {
  const { count, rng, negated = 0.25 } = options;
  assertCount("sentencePairs", "count", count);
  assertRng("sentencePairs", rng);
  assertFraction("sentencePairs", "negated", negated);
  return Array.from({ length: count }, () => drawPair(rng, rng.uniform() < negated));
}

function drawPair(rng: Rng, isNegated: boolean): SentencePair {
  const draft: Draft = { en: [], fr: [] };
  const subject = addSubject(rng, draft);
  // "you" may be one person or many, which an adjective would have to tell
  if (rng.uniform() < 0.25 && subject.form !== 3) addState(rng, draft, { subject, isNegated });
  else addAction(rng, draft, { subject, isNegated });
  draft.fr.push({ text: ".", from: [draft.en.push(".") - 1] });
  const words = joinFrench(draft.fr);
  const target = words.map(({ text }) => text);
  return {
    english: draft.en.join(" "),
    french: writeFrench(target),
    source: draft.en,
    target,
    alignment: words.map(({ from }) => [...from].sort((a, b) => a - b)),
  };
}

function addSubject(rng: Rng, draft: Draft): Person {
  if (rng.uniform() < 0.4) {
    const { en, fr, form, gender } = pick(rng, SUBJECTS);
    draft.fr.push({ text: fr, from: addEnglish(draft, en) });
    return { form, gender, classes: ["person"] };
  }
  const noun = pick(rng, ofClass(["person", "animal"]));
  const isPlural = rng.uniform() < 0.4;
  addNounPhrase(rng, draft, { noun, isPlural, determiners: isPlural ? PLURAL : SINGULAR });
  return { form: isPlural ? 4 : 1, gender: noun.gender, classes: [noun.class] };
}

/** "is (not) tired". */
function addState(
  rng: Rng,
  draft: Draft,
  { subject, isNegated }: { subject: Person; isNegated: boolean },
): void {
  const { form, gender, classes } = subject;
  const be = addEnglish(draft, ["am", "is", "are", "are", "are"][form]);
  const not = isNegated ? addEnglish(draft, "not") : [];
  const adjective = pick(rng, fitting(classes[0]));
  const isPlural = form === 2 || form === 4;
  const word = adjective.fr[(isPlural ? 2 : 0) + (gender === "f" ? 1 : 0)];
  addVerb(draft, { text: BE.fr[form], from: be }, not);
  draft.fr.push({ text: word, from: addEnglish(draft, adjective.en) });
}

/** "(does not) look for the cat", "goes to the park", "sees them". */
function addAction(
  rng: Rng,
  draft: Draft,
  { subject, isNegated }: { subject: Person; isNegated: boolean },
): void {
  const verb = pick(rng, VERBS);
  const isThird = subject.form === 1;
  const auxiliary = isNegated ? addEnglish(draft, isThird ? "does" : "do") : [];
  const not = isNegated ? addEnglish(draft, "not") : [];
  const words = addEnglish(draft, verb.en[isThird && !isNegated ? 1 : 0]);
  const form = { text: verb.fr[subject.form], from: [...auxiliary, ...words] };
  const mayBePronoun = verb.objects.includes("person") && !verb.preposition;
  if (mayBePronoun && rng.uniform() < 0.3) {
    const [en, fr] = pick(rng, OBJECT_PRONOUNS);
    addVerb(draft, form, not, { text: fr, from: addEnglish(draft, en) });
    return;
  }
  addVerb(draft, form, not);
  if (verb.objects.length > 0) addObject(rng, draft, { verb, isNegated });
}

function addObject(rng: Rng, draft: Draft, { verb, isNegated }: { verb: Verb; isNegated: boolean }): void {
  const noun = pick(rng, ofClass(verb.objects));
  if (verb.preposition) {
    const [en, fr] = verb.preposition;
    draft.fr.push({ text: fr, from: addEnglish(draft, en) });
    addNounPhrase(rng, draft, { noun, isPlural: false, determiners: AFTER_PREPOSITION });
    return;
  }
  const isPlural = rng.uniform() < 0.4;
  addNounPhrase(rng, draft, { noun, isPlural, determiners: isPlural ? PLURAL : SINGULAR, isNegated });
}

/** "ne", a pronoun, the verb and "pas", as far as there are any. */
function addVerb(draft: Draft, verb: LinkedWord, not: number[], pronoun?: LinkedWord): void {
  if (not.length > 0) draft.fr.push({ text: "ne", from: not });
  if (pronoun) draft.fr.push(pronoun);
  draft.fr.push(verb);
  if (not.length > 0) draft.fr.push({ text: "pas", from: not });
}

interface NounPhrase {
  noun: Noun;
  isPlural: boolean;
  determiners: readonly string[];
  /** the object of a negated verb: "un" and "des" become "de" */
  isNegated?: boolean;
}

function addNounPhrase(rng: Rng, draft: Draft, phrase: NounPhrase): void {
  const { noun, isPlural } = phrase;
  const determiner = pick(rng, phrase.determiners);
  const choices = fitting(noun.class);
  const before =
    rng.uniform() < 0.25
      ? pick(
          rng,
          choices.filter(({ isBefore }) => isBefore),
        )
      : undefined;
  const after =
    rng.uniform() < 0.2
      ? pick(
          rng,
          choices.filter(({ isBefore }) => !isBefore),
        )
      : undefined;
  const english = [before?.en, after?.en, noun.en[isPlural ? 1 : 0]].filter((word) => word !== undefined);
  const article = determiner === "a" && /^[aeiou]/.test(english[0]) ? "an" : determiner;
  const determinerFrom = addEnglish(draft, article);
  const beforeFrom = before ? addEnglish(draft, before.en) : [];
  const afterFrom = after ? addEnglish(draft, after.en) : [];
  const nounWord = { text: noun.fr[isPlural ? 1 : 0], from: addEnglish(draft, noun.en[isPlural ? 1 : 0]) };
  const agreement = (isPlural ? 2 : 0) + (noun.gender === "f" ? 1 : 0);
  const words: LinkedWord[] = [nounWord];
  if (before) {
    const isBeforeVowel = agreement === 0 && startsWithVowel(nounWord.text);
    words.unshift({ text: before.fr[isBeforeVowel ? 4 : agreement], from: beforeFrom });
  }
  if (after) words.push({ text: after.fr[agreement], from: afterFrom });
  const text = frenchDeterminer(determiner, {
    ...phrase,
    next: words[0].text,
    hasBefore: before !== undefined,
  });
  draft.fr.push({ text, from: determinerFrom }, ...words);
}

function frenchDeterminer(
  determiner: string,
  phrase: NounPhrase & { next: string; hasBefore: boolean },
): string {
  const { noun, isPlural, isNegated = false, next, hasBefore } = phrase;
  const isIndefinite = determiner === "a" || determiner === "some";
  if (isIndefinite && isNegated) return "de";
  // "des chats", but "de petits chats"
  if (isIndefinite && isPlural && hasBefore) return "de";
  if (isPlural) return DETERMINERS[determiner][2];
  return DETERMINERS[determiner][(noun.gender === "f" ? 1 : 0) + (startsWithVowel(next) ? 3 : 0)];
}

/** Adds a word or two and gives their positions. */
function addEnglish(draft: Draft, words: string): number[] {
  return words.split(" ").map((word) => draft.en.push(word) - 1);
}

const ofClass = (classes: readonly NounClass[]) => NOUNS.filter((noun) => classes.includes(noun.class));
const fitting = (kind: NounClass) => ADJECTIVES.filter(({ classes }) => classes.includes(kind));
