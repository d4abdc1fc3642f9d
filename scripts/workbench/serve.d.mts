export interface ServedWorkbench {
  readonly origin: string;
  /** The server's log file. */
  readonly log: string;
  readonly stop: () => Promise<void>;
}

export function serveWorkbench(options: {
  folder: string;
  settings?: Record<string, unknown>;
  vsix?: string;
  port?: number;
}): Promise<ServedWorkbench>;
