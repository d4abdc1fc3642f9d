/** How far the download of a model is. */
export interface DownloadProgress {
  readonly file: string;
  /** Bytes of all files that are here, and of all files. */
  readonly bytes: number;
  readonly totalBytes: number;
  /** Undefined until it can be told. */
  readonly bytesPerSecond: number | undefined;
  readonly secondsLeft: number | undefined;
}

const shortestInterval = 100;
/** The speed is that of about the last seconds. */
const window = 5000;

/** Counts bytes over several files and reports at most ten times a second, and at the end. */
export class ProgressMeter {
  private readonly bytesOf = new Map<string, number>();
  private readonly marks: { time: number; bytes: number }[] = [];
  private reported = -Infinity;

  constructor(
    private readonly totalBytes: number,
    private readonly report: ((progress: DownloadProgress) => void) | undefined,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** States how much of a file is here. */
  update(file: string, fileBytes: number): void {
    // What an earlier download left says nothing of the speed.
    const isFirst = !this.bytesOf.has(file);
    const before = this.bytes();
    this.bytesOf.set(file, fileBytes);
    const bytes = this.bytes();
    const time = this.now();
    if (isFirst) for (const mark of this.marks) mark.bytes += bytes - before;
    this.marks.push({ time, bytes });
    while (this.marks.length > 2 && time - this.marks[0]!.time > window) this.marks.shift();
    if (time - this.reported < shortestInterval && bytes < this.totalBytes) return;
    this.reported = time;
    const speed = this.speed();
    const missing = this.totalBytes - bytes;
    const left = missing === 0 ? 0 : speed && missing / speed;
    this.report?.({ file, bytes, totalBytes: this.totalBytes, bytesPerSecond: speed, secondsLeft: left });
  }

  private bytes(): number {
    let total = 0;
    for (const bytes of this.bytesOf.values()) total += bytes;
    return total;
  }

  private speed(): number | undefined {
    const first = this.marks[0]!;
    const last = this.marks.at(-1)!;
    const seconds = (last.time - first.time) / 1000;
    return seconds > 0 && last.bytes > first.bytes ? (last.bytes - first.bytes) / seconds : undefined;
  }
}
