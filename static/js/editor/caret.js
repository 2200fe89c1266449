// Where the caret stands in a field, seen through its mirror: the paragraph of the same words, width
// and breaks that lies under the field and gives it its height.

/** Is the caret on the first (-1) or the last (1) printed line of the field? */
export function onEdge(field, mirror, direction) {
  const at = direction < 0 ? field.selectionStart : field.selectionEnd;
  if (field.selectionStart !== field.selectionEnd) return false;
  const node = mirror.firstChild;
  if (!field.value.length || node?.nodeType !== Node.TEXT_NODE) return true;
  const here = spot(node, at);
  const edge = spot(node, direction < 0 ? 0 : node.length);
  return Math.abs(here.top - edge.top) < here.height / 2;
}

/** The box of the letter behind the caret; at the end, of the last letter. */
function spot(node, at) {
  return box(node, Math.min(at, node.length - 1));
}

/** The place in a field nearest to a horizontal position on its first or last line. */
export function nearest(field, mirror, x, direction) {
  const node = mirror.firstChild;
  if (!field.value.length || node?.nodeType !== Node.TEXT_NODE) return 0;
  const all = [...Array(node.length).keys()].map((i) => ({ i, ...box(node, i) }));
  const edge = direction > 0 ? all[0].top : all[all.length - 1].top;
  const line = all.filter((c) => Math.abs(c.top - edge) < c.height / 2);
  const hit = line.find((c) => x < c.left + c.width / 2);
  return hit ? hit.i : line[line.length - 1].i + 1;
}

function box(node, i) {
  const range = document.createRange();
  range.setStart(node, i);
  range.setEnd(node, i + 1);
  const { left, top, width, height } = range.getBoundingClientRect();
  return { left, top, width, height };
}

/** The horizontal position of the caret on the page. */
export function caretX(field, mirror) {
  const node = mirror.firstChild;
  if (!field.value.length || node?.nodeType !== Node.TEXT_NODE) return field.getBoundingClientRect().left;
  const at = field.selectionStart;
  const letter = spot(node, at);
  return at < node.length ? letter.left : letter.left + letter.width;
}
