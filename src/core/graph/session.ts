import type { InferenceSession, Tensor as RuntimeTensor } from 'onnxruntime-node';
import { LiftError } from '../foundation/lift-error';
import { phrase } from '../foundation/phrase';
import type { OnnxModel } from './onnx-model';
import { loadRuntime } from './runtime';

/** Values that go in or come out: `data` in row-major order. */
export interface FeedTensor {
  readonly data: Float32Array | Int32Array | BigInt64Array;
  readonly dims: readonly number[];
}

interface SessionOptions {
  /** Threads of one operator; the runtime's choice (the physical cores) when left out. */
  readonly threads?: number;
  /** Writes the time of every operator of every run to a JSON file of this prefix when the session closes. */
  readonly profilePrefix?: string;
}

/**
 * A graph that is loaded and can run. Weights are mapped from the model's files, not copied. Loading costs seconds and
 * the memory of all weights; the runtime frees it fully only when the process ends, so a process opens few sessions.
 */
export class GraphSession {
  private constructor(
    private readonly session: InferenceSession,
    private readonly tensorOf: (feed: FeedTensor) => RuntimeTensor,
    private readonly inputs: readonly string[],
  ) {}

  /** Throws `platform-unsupported` when the native runtime cannot be loaded, `model-too-large` when memory does not suffice. */
  static async open(model: OnnxModel, options: SessionOptions = {}): Promise<GraphSession> {
    const { InferenceSession, Tensor } = await loadRuntime();
    const session = await explained('load', () =>
      InferenceSession.create(model.bytes, {
        executionProviders: ['cpu'],
        logSeverityLevel: 3,
        // Fusions are the graph's own; the runtime's later ones only cost time. Constant folding is among the basic ones.
        graphOptimizationLevel: 'basic',
        // A plan of all memory for each shape of the inputs would be held besides the memory of other shapes.
        enableMemPattern: false,
        ...(options.threads === undefined ? {} : { intraOpNumThreads: options.threads }),
        ...(options.profilePrefix === undefined
          ? {}
          : { enableProfiling: true, profileFilePrefix: options.profilePrefix }),
        extra: {
          session: {
            ...(model.dataFolder === undefined
              ? {}
              : { model_external_initializers_file_folder_path: model.dataFolder }),
          },
        },
      }),
    );
    const tensorOf = ({ data, dims }: FeedTensor): RuntimeTensor => {
      if (data instanceof Float32Array) return new Tensor('float32', data, dims);
      return data instanceof Int32Array ? new Tensor('int32', data, dims) : new Tensor('int64', data, dims);
    };
    return new GraphSession(
      session,
      tensorOf,
      model.inputs.map((input) => input.name),
    );
  }

  /** Runs the graph once. Feeds that the graph does not read are ignored. Blocks the thread while it computes. */
  async run(feeds: Readonly<Record<string, FeedTensor>>): Promise<Record<string, FeedTensor>> {
    const tensors = this.inputs.map((name) => {
      const feed = feeds[name];
      if (!feed) throw new LiftError('internal', phrase`The graph was run without its input "${name}".`);
      return [name, this.tensorOf(feed)] as const;
    });
    const results = await explained('run', () => this.session.run(Object.fromEntries(tensors)));
    return Object.fromEntries(
      Object.entries(results).map(([name, { data, dims }]) => [name, { data: data as FeedTensor['data'], dims }]),
    );
  }

  async close(): Promise<void> {
    await this.session.release();
  }
}

async function explained<T>(what: 'load' | 'run', action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (/bad_alloc|allocate memory|out of memory/i.test(reason)) {
      throw new LiftError(
        'model-too-large',
        what === 'load'
          ? phrase`Memory did not suffice to load the model: ${reason}`
          : phrase`Memory did not suffice to run the model: ${reason}`,
        'Use a smaller model, fewer tokens in a batch, or adapt only the top layers.',
        { cause: error },
      );
    }
    throw new LiftError(
      'internal',
      what === 'load'
        ? phrase`The model graph could not be loaded: ${reason}`
        : phrase`The model graph could not be run: ${reason}`,
      '',
      {
        cause: error,
      },
    );
  }
}
