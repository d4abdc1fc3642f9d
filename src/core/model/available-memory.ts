import { readFile } from 'node:fs/promises';
import { freemem } from 'node:os';
import { join } from 'node:path';

/** Where Linux tells of memory; another root is for tests. */
export interface MemorySources {
  readonly meminfo: string;
  readonly cgroup: string;
}

const linux: MemorySources = { meminfo: '/proc/meminfo', cgroup: '/sys/fs/cgroup' };

/**
 * Bytes of memory that this process can still have. On Linux the kernel's own estimate (`MemAvailable`) and, in a
 * container, what its limit leaves; elsewhere what the system calls free.
 */
export async function availableMemory(sources: MemorySources = linux): Promise<number> {
  const meminfo = await readText(sources.meminfo);
  const kilobytes = /^MemAvailable:\s+(\d+) kB$/m.exec(meminfo ?? '')?.[1];
  const system = kilobytes === undefined ? freemem() : Number(kilobytes) * 1024;
  const container = (await leftInCgroup2(sources.cgroup)) ?? (await leftInCgroup1(join(sources.cgroup, 'memory')));
  return Math.min(system, container ?? Infinity);
}

async function leftInCgroup2(folder: string): Promise<number | undefined> {
  return left(
    await readText(join(folder, 'memory.max')),
    await readText(join(folder, 'memory.current')),
    await readText(join(folder, 'memory.stat')),
  );
}

async function leftInCgroup1(folder: string): Promise<number | undefined> {
  return left(
    await readText(join(folder, 'memory.limit_in_bytes')),
    await readText(join(folder, 'memory.usage_in_bytes')),
    await readText(join(folder, 'memory.stat')),
  );
}

/** What a limit leaves, with file pages that the kernel can drop counted as free; undefined where there is no limit. */
function left(limit: string | undefined, usage: string | undefined, stat: string | undefined): number | undefined {
  const bytes = Number(limit);
  const used = Number(usage);
  if (limit === undefined || usage === undefined || !Number.isFinite(bytes) || !Number.isFinite(used)) return undefined;
  const droppable = Number(/^(?:total_)?inactive_file (\d+)$/m.exec(stat ?? '')?.[1] ?? 0);
  return Math.max(0, bytes - used + droppable);
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return undefined;
  }
}
