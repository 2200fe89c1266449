// Word's HTML on the clipboard: numbering that Word makes by itself stands there as ignored markup and
// is often missing from the plain text. Turned into plain lines that begin with their labels. Pure.

const SPACES = /[\s\u00a0]+/g;

function words(node) {
  return (node.textContent ?? "").replace(SPACES, " ").trim();
}

/** The label that Word drew for a list paragraph, or "" where it drew none. */
function labelOf(paragraph) {
  const drawn = paragraph.querySelector('span[data-style*="mso-list:Ignore"], span[data-style*="mso-list: Ignore"]');
  if (!drawn) return "";
  const label = words(drawn);
  return /^[·•§o▪–—-]$/.test(label) ? "-" : label;
}

function bodyOf(paragraph) {
  const copy = paragraph.cloneNode(true);
  for (const drawn of copy.querySelectorAll('span[data-style*="mso-list"]')) {
    if (/mso-list:\s*Ignore/i.test(drawn.dataset.style ?? "")) drawn.remove();
  }
  return words(copy);
}

/**
 * Plain lines of a clipboard: the plain text, unless the HTML has list labels that it lacks.
 * `parse` turns HTML into a document (DOMParser in the browser).
 */
export function pasted(plain, html, parse) {
  const text = plain.replace(/\r\n?/g, "\n");
  if (!html || !/mso-list|<li[\s>]/i.test(html)) return text;
  const doc = parse(quiet(html));
  const lines = [...doc.querySelectorAll("p, li, h1, h2, h3, h4, h5, h6")]
    .filter((node) => !node.querySelector("p, li"))
    .map((node) => line(node)).filter(Boolean);
  if (!lines.length) return text;
  const missing = lines.some(({ label, body }) => label && !holds(text, label, body));
  if (!missing) return text;
  return lines.map(({ label, body }) => (label ? `${label} ${body}` : body)).join("\n");
}

/** Styles become data: nothing of a clipboard is applied to a page, not even to one that is only read. */
function quiet(html) {
  return html.replace(/<style[\s\S]*?<\/style>/gi, "").replace(/(<[^>]*?\s)style(\s*=)/gi, "$1data-style$2");
}

function line(node) {
  const drawn = labelOf(node);
  const body = bodyOf(node);
  if (!body) return null;
  if (drawn || node.localName !== "li") return { label: drawn, body };
  const list = node.parentElement;
  if (list?.localName !== "ol") return { label: "-", body };
  const at = [...list.children].filter((each) => each.localName === "li").indexOf(node);
  const n = Number(list.getAttribute("start") ?? 1) + at;
  return { label: list.getAttribute("type") === "a" ? `${"abcdđeghiklmnopqrstuvxy"[n - 1] ?? n})` : `${n}.`, body };
}

/** Does the plain text have the label before these words? */
function holds(text, label, body) {
  const start = body.slice(0, 24);
  return text.split("\n").some((each) => {
    const bare = each.replace(SPACES, " ").trim();
    return bare.startsWith(label) && bare.slice(label.length).trim().startsWith(start);
  });
}
