// The words a finding speaks of, underlined in the sheet; painted by the highlight registry, so that
// the text of the mirror stays one piece.

/** Where in the text the finding points: [start, end], or null. Pure. */
export function pointed(text, finding) {
  const quoted = finding.message.match(/“([^”]+)”/)?.[1] ?? finding.message.match(/\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?/)?.[0];
  const start = quoted ? text.indexOf(quoted) : -1;
  if (start < 0) return null;
  const behind = text.slice(start + quoted.length).match(/^\s*\([^)]{0,20}\)/)?.[0] ?? "";
  return [start, start + quoted.length + (finding.code.startsWith("weekday") ? behind.length : 0)];
}

/** The text as the finding proposes it, or null. A short proposal replaces the words it speaks of. Pure. */
export function proposed(text, { code, message, suggestion }) {
  if (!suggestion) return null;
  if (code !== "weekday.wrong") return suggestion !== text && suggestion.length * 2 > text.length ? suggestion : null;
  const place = pointed(text, { code, message });
  if (!place) return null;
  const words = text.slice(...place).replace(/\([^)]*\)$/, suggestion);
  const fixed = text.slice(0, place[0]) + words + text.slice(place[1]);
  return fixed === text ? null : fixed;
}

/** The findings that are shown at their words; a missing body has its own mark. */
export function shown(line) {
  return (line.findings ?? []).filter((finding) => finding.code !== "body.missing");
}

export function wireMarks(editor, sheet) {
  if (!globalThis.CSS?.highlights) return;
  const soon = new Highlight();
  const late = new Highlight();
  CSS.highlights.set("finding", soon);
  CSS.highlights.set("finding-late", late);
  let frame = 0;
  const draw = () => {
    frame = 0;
    soon.clear();
    late.clear();
    for (const id of editor.doc.order) {
      const line = editor.line(id);
      const node = sheet.mirror(id)?.firstChild;
      for (const finding of node ? shown(line) : []) {
        const place = pointed(node.data, finding);
        if (!place) continue;
        const range = new StaticRange({ startContainer: node, startOffset: place[0], endContainer: node, endOffset: Math.min(place[1], node.length) });
        (finding.severity === "error" ? late : soon).add(range);
      }
    }
  };
  const later = () => { frame ||= requestAnimationFrame(draw); };
  for (const name of ["change", "typed"]) editor.addEventListener(name, later);
}
