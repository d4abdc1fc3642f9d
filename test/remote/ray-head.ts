import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

/** The interpreter of an environment with Ray; `npm test` makes one where its packages can be had. */
export const rayPython = process.env.LIFT_RAY_PYTHON;

/** One job is part of all tests; the others are asked for. */
export const everyRayTest = rayPython !== undefined && Boolean(process.env.LIFT_RAY);

/** The environment variable by which the processes of a cluster are found. */
const mark = 'LIFT_TEST_CLUSTER';

/** On a machine that is busy Ray gives up too early, and its workers wait for everybody else. */
const patient = {
  RAY_DASHBOARD_STARTUP_TIMEOUT_S: '240',
  RAY_DASHBOARD_SUBPROCESS_MODULE_WAIT_READY_TIMEOUT: '240',
  RAY_worker_niceness: '0',
};

/** Its parts give each other half a minute, which may be too little on a machine that is busy. */
const ATTEMPTS = 3;

/** A Ray cluster of one node with two CPUs, on the loopback interface. */
export class RayHead {
  /** Short, as the paths of sockets below it may not be long. */
  private readonly folder = mkdtempSync(join(tmpdir(), 'lr-'));

  private constructor(
    private readonly python: string,
    private readonly port: number,
    private readonly ports: readonly string[],
  ) {}

  static async start(python: string): Promise<RayHead> {
    const others = ['--ray-client-server-port', '--dashboard-agent-listen-port', '--runtime-env-agent-port'];
    const ports = await Promise.all(others.map(async (name) => `${name}=${await freePort()}`));
    const head = new RayHead(python, await freePort(), ports);
    try {
      head.start();
      return head;
    } catch (error) {
      head.close();
      throw error;
    }
  }

  get address(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts the processes; after `kill` the same address serves a cluster that knows nothing of the former one. */
  start(): void {
    const options = ['--head', '--num-cpus=2', '--port=0', '--node-ip-address=127.0.0.1', '--disable-usage-stats'];
    const dashboard = ['--include-dashboard=true', '--dashboard-host=127.0.0.1', `--dashboard-port=${this.port}`];
    const rest = ['--object-store-memory=200000000', `--temp-dir=${this.folder}`, ...this.ports];
    const bin = dirname(this.python);
    // A job's `python` is the one that comes first here.
    const PATH = `${bin}${delimiter}${process.env.PATH ?? ''}`;
    const start = ['start', ...options, ...dashboard, ...rest];
    for (let attempt = 1; ; attempt++) {
      const failure = this.run(join(bin, 'ray'), start, PATH);
      if (failure === undefined) return;
      this.kill();
      if (attempt === ATTEMPTS) throw new Error(`Ray did not start: ${failure}`);
    }
  }

  /** What it says when it fails. */
  private run(ray: string, args: readonly string[], PATH: string): string | undefined {
    const { status, stdout, stderr } = spawnSync(ray, args, {
      env: { ...process.env, ...patient, PATH, [mark]: this.folder },
      // Processes whose input is a socket are taken for remote shells by Bash, which then reads the user's own files.
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
      timeout: 300_000,
    });
    return status === 0 ? undefined : `${stdout}${stderr}`;
  }

  /** Ends its processes at once, as a machine that fails does. */
  kill(): void {
    for (const pid of this.processes()) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has ended with another one.
      }
    }
  }

  /** What has the mark or our folder in its environment or arguments, and what such a process has started. */
  private processes(): number[] {
    const listing = execFileSync('ps', ['axeww', '-o', 'pid,ppid,args'], { encoding: 'utf8', maxBuffer: 2 ** 26 });
    const all = listing.split('\n').map((text) => {
      const [pid, parent] = text.trim().split(/\s+/, 2).map(Number);
      return { pid: pid!, parent: parent!, ours: text.includes(this.folder) };
    });
    const found = new Set(all.filter(({ ours }) => ours).map(({ pid }) => pid));
    for (let before = -1; before !== found.size;) {
      before = found.size;
      for (const { pid, parent } of all) if (found.has(parent)) found.add(pid);
    }
    return [...found];
  }

  close(): void {
    this.kill();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => {
        resolve(port);
      });
    });
  });
}
