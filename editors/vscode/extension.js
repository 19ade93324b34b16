// Starts `edusync lsp` for the YAML files of the folder that is open, and marks what cases show.
const { Uri, commands, window, workspace, OverviewRulerLane, ProgressLocation } = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

// Green: shown. Amber: one side only. Red: never. Grey: excused.
const COLOURS = { whole: "#2e9f57", part: "#d99a00", none: "#d3423e", excused: "#888888" };

let client;
let marks;

exports.activate = async (context) => {
  const [command, ...args] = workspace.getConfiguration("edusync").get("command");
  const folder = workspace.workspaceFolders?.[0]?.uri.fsPath;
  client = new LanguageClient(
    "edusync",
    "edusync",
    { command, args, options: { cwd: folder } },
    { documentSelector: [{ scheme: "file", language: "yaml" }] },
  );
  marks = Object.fromEntries(Object.entries(COLOURS).map(([state, colour]) => [state, mark(colour)]));
  context.subscriptions.push(
    ...Object.values(marks),
    commands.registerCommand("edusync.showCoverage", showCoverage),
    commands.registerCommand("edusync.hideCoverage", () => draw(window.activeTextEditor, [])),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      const editor = window.visibleTextEditors.find((one) => one.document === document);
      if (editor && contentChanges.length) draw(editor, []); // the lines are others by now
    }),
  );
  await client.start();
};

exports.deactivate = () => client?.stop();

async function showCoverage() {
  const editor = window.activeTextEditor;
  if (!editor) return;
  await editor.document.save();
  const found = await window.withProgress(
    { location: ProgressLocation.Window, title: "edusync runs the cases" },
    () =>
      client.sendRequest("workspace/executeCommand", {
        command: "edusync.coverage",
        arguments: [editor.document.uri.toString()],
      }),
  );
  if (!found) return; // the server has said why
  draw(editor, found.lines);
  window.setStatusBarMessage(`${found.percent} % shown by ${found.cases} cases`, 10000);
}

function draw(editor, lines) {
  for (const [state, kind] of Object.entries(marks)) {
    editor?.setDecorations(
      kind,
      lines
        .filter((one) => one.state === state)
        .map(({ line, note }) => ({ range: editor.document.lineAt(line).range, hoverMessage: note || undefined })),
    );
  }
}

function mark(colour) {
  const icon = `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16"><rect x="6" width="4" height="16" fill="${colour}"/></svg>`;
  return window.createTextEditorDecorationType({
    gutterIconPath: Uri.parse(`data:image/svg+xml;base64,${Buffer.from(icon).toString("base64")}`),
    gutterIconSize: "contain",
    overviewRulerColor: colour,
    overviewRulerLane: OverviewRulerLane.Left,
  });
}
