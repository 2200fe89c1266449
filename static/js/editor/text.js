// Small pure helpers for text and ids.

/** Text as the server keeps it: one line, NFC, no blanks at the ends. */
export function clean(text) {
  return text.normalize("NFC").replace(/\s+/g, " ").trim();
}

/** What a person may type into a clause: line breaks become blanks, nothing else changes. */
export function oneLine(text) {
  return text.replace(/\s*[\r\n\u2028\u2029\u000b]+\s*/g, " ");
}

/** A version 4 UUID; also where the page is served without HTTPS in an office network. */
export function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const b = crypto.getRandomValues(new Uint8Array(16));
  b[6] = (b[6] & 0x0f) | 0x40;
  b[8] = (b[8] & 0x3f) | 0x80;
  const hex = [...b].map((x) => x.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** Where the caret belongs after `before` was replaced by `after`: it keeps its neighbours. */
export function carried(before, after, at) {
  if (before === after) return at;
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head += 1;
  if (at <= head) return at;
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  if (at >= before.length - tail) return after.length - (before.length - at);
  return Math.min(at, after.length - tail);
}

/** "{n} mục" with {n: 3} gives "3 mục". */
export function fill(sentence, values = {}) {
  return sentence.replace(/\{(\w+)\}/g, (all, name) => (name in values ? String(values[name]) : all));
}

/** "07:05" of a Date or of now. */
export function clock(when = new Date(), seconds = false) {
  const two = (n) => String(n).padStart(2, "0");
  const short = `${two(when.getHours())}:${two(when.getMinutes())}`;
  return seconds ? `${short}:${two(when.getSeconds())}` : short;
}
