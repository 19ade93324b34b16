// Starts `edusync lsp` for the YAML files of the folder that is open, and nothing else.
const { workspace } = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

exports.activate = async () => {
  const [command, ...args] = workspace.getConfiguration("edusync").get("command");
  const folder = workspace.workspaceFolders?.[0]?.uri.fsPath;
  client = new LanguageClient(
    "edusync",
    "edusync",
    { command, args, options: { cwd: folder } },
    { documentSelector: [{ scheme: "file", language: "yaml" }] },
  );
  await client.start();
};

exports.deactivate = () => client?.stop();
