// Start of the editor: takes the page over, brings back what an earlier window left, joins the modules.

import { Actions } from "./actions.js";
import { Lost, conflictPart } from "./conflict.js";
import { Drawer, SignIn, wireDialogs } from "./dialogs.js";
import { wireDrag } from "./drag.js";
import { Editor } from "./editor.js";
import { Fields } from "./fields.js";
import { Findings } from "./findings.js";
import { wireHistory } from "./history.js";
import { Inspector } from "./inspector.js";
import { Keys } from "./keys.js";
import { Layout } from "./layout.js";
import { Margin } from "./margin.js";
import { wireMarks } from "./marks.js";
import { RowMenu } from "./menu.js";
import { notesPart, tablePart, wireInlineNotes } from "./notes.js";
import { Outline } from "./outline.js";
import { config, say, startLines, t } from "./page.js";
import { Paste } from "./paste.js";
import { Presence } from "./presence.js";
import { Preview } from "./preview.js";
import { Proofread } from "./proofread.js";
import { Queue } from "./queue.js";
import { resume } from "./resume.js";
import { SaveState } from "./savestate.js";
import { Sheet } from "./sheet.js";
import { openStore } from "./store.js";
import { focusPicker, wireMention } from "./suggest.js";
import { uuid } from "./text.js";
import { wireTools } from "./tools.js";
import { wireWho } from "./who.js";

async function start() {
  const win = uuid();
  const store = await openStore(config.key, win);
  const queue = new Queue(config.urls, store);
  const editor = new Editor(startLines(), queue, store);
  const sheet = new Sheet(editor);
  const actions = new Actions(editor, sheet);
  const fields = new Fields(editor, sheet, store);
  const keys = new Keys(editor, sheet, actions, fields);
  const outline = new Outline(editor, sheet, actions);
  const inspector = new Inspector(editor, sheet, actions);
  const findings = new Findings(editor, sheet);
  new Proofread(editor, sheet, inspector, findings);
  const menu = new RowMenu(editor, sheet, actions);
  const preview = new Preview(editor);
  const layout = new Layout(editor);
  const assign = (id) => {
    editor.setCurrent(id);
    inspector.open(1);
    editor.tell("reveal");
    if (editor.line(id)?.role === "meeting") inspector.enter(1);
    else focusPicker("lead");
  };
  sheet.parts.push(notesPart(editor, assign), tablePart, conflictPart(editor, sheet));
  wireInlineNotes(sheet, assign);
  editor.addEventListener("assign", ({ detail }) => assign(detail.id));
  new SaveState(editor, sheet);
  new Lost(editor, actions);
  new Paste(editor, sheet, keys);
  new SignIn(editor);
  new Drawer(editor);
  new Margin(editor, sheet);
  wireWho(editor, sheet);
  wireMarks(editor, sheet);
  wireDialogs();
  wireHistory(editor, inspector);
  wireMention(editor, sheet, keys);
  wireDrag({ editor, sheet, outline, actions, menu });
  wireTools({ editor, sheet, actions, outline, inspector, findings, menu, preview, layout });
  editor.addEventListener("closed", () => {
    say(t("closed"), { error: true });
    config.editable = false;
    for (const field of sheet.fields()) field.readOnly = true;
  });
  sheet.start();
  await resume({ editor, queue, store, win });
  if (config.editable) new Presence(editor, sheet, outline, win, fields);
  window.addEventListener("online", () => queue.retry());
  window.addEventListener("beforeunload", (event) => {
    const { unsafe } = fields;
    fields.saveNow();
    if (unsafe) event.preventDefault();
  });
  layout.first(sheet);
  document.documentElement.dataset.editor = "ready";
}

start();
