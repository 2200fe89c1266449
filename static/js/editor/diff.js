// Word by word difference of two texts: [{same | left | right: words}, …]. Pure.

const MOST = 1_500_000;

function tokens(text) {
  return text.match(/\s*[^\s]+/g) ?? [];
}

/** Pieces in order; `left` stands only in the first text, `right` only in the second. */
export function diff(first, second) {
  const a = tokens(first);
  const b = tokens(second);
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail += 1;
  const out = [];
  add(out, "same", a.slice(0, head));
  middle(a.slice(head, a.length - tail), b.slice(head, b.length - tail), out);
  add(out, "same", a.slice(a.length - tail));
  return out;
}

function add(out, kind, words) {
  if (!words.length) return;
  const last = out.at(-1);
  if (last?.kind === kind) last.text += words.join("");
  else out.push({ kind, text: words.join("") });
}

/** Longest common subsequence of the part that differs; too long a part counts as all new. */
function middle(a, b, out) {
  if (!a.length || !b.length || a.length * b.length > MOST) {
    add(out, "left", a);
    add(out, "right", b);
    return;
  }
  const wide = b.length + 1;
  const best = new Uint32Array((a.length + 1) * wide);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      best[i * wide + j] = a[i].trim() === b[j].trim()
        ? best[(i + 1) * wide + j + 1] + 1
        : Math.max(best[(i + 1) * wide + j], best[i * wide + j + 1]);
    }
  }
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    if (a[i].trim() === b[j].trim()) {
      add(out, "same", [b[j]]);
      i += 1;
      j += 1;
    } else if (best[(i + 1) * wide + j] >= best[i * wide + j + 1]) add(out, "left", [a[i++]]);
    else add(out, "right", [b[j++]]);
  }
  add(out, "left", a.slice(i));
  add(out, "right", b.slice(j));
}

/** Both texts in one, where they differ one after the other: a start for merging by hand. */
export function together(mine, theirs) {
  return diff(theirs, mine).map((piece) => piece.text).join("");
}
