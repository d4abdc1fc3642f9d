export function installWorkbench(): { node: string; entry: string };
