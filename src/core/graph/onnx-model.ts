import { basename, dirname } from 'node:path';
import { LiftError } from '../foundation/lift-error';
import { phrase } from '../foundation/phrase';
import { executionOrder, resolve } from './execution-order';
import { externalTensorMessage, inlineTensorMessage, modelMessage, nodeMessage, valueMessage } from './onnx-messages';
import { ProtobufWriter } from './protobuf-writer';
import type { DType, InitializerNode, Node, OperationNode, Shape, Tensor } from './tensor';

interface ValueInfo {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: Shape;
}

/** An ONNX model whose large weights stay in their files. */
export interface OnnxModel {
  readonly bytes: Uint8Array;
  /** The one folder of all weight files; undefined when every weight is in `bytes`. */
  readonly dataFolder: string | undefined;
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
}

/**
 * Writes what `outputs` are computed from as an ONNX model. Equal operations on equal values are written once. Weight
 * files are named relative to their common folder, as external data must be; `model-invalid` when there are several.
 *
 * Without `describeShapes` inputs with named dimensions are written without their shape. The runtime's planner compares
 * the shape of every value with that of every value that is free, as far as it knows them; for the thousands of values of
 * a training graph this takes many seconds and gains nothing, as its allocator reuses memory anyway.
 */
export function writeOnnxModel(
  outputs: Readonly<Record<string, Tensor>>,
  { describeShapes = true }: { describeShapes?: boolean } = {},
): OnnxModel {
  const writer = new GraphWriter(describeShapes);
  for (const node of executionOrder(Object.values(outputs))) writer.write(node);
  return writer.finish(outputs);
}

class GraphWriter {
  private readonly graph = new ProtobufWriter().string(2, 'lift');
  private readonly names = new Map<Node, readonly string[]>();
  /** Names by what was written, so that equal things are written once. */
  private readonly shared = new Map<string, readonly string[]>();
  private readonly inputs: ValueInfo[] = [];
  private readonly folders = new Set<string>();
  private values = 0;

  constructor(private readonly describeShapes: boolean) {}

  write(node: Node): void {
    switch (node.kind) {
      case 'input':
        this.names.set(node, [node.name]);
        this.inputs.push(node);
        this.graph.message(11, valueMessage(node.name, node.dtype, this.described(node.shape)));
        break;
      case 'initializer':
        this.writeInitializer(node);
        break;
      case 'operation':
        this.writeOperation(node);
        break;
      case 'composite':
        break;
    }
  }

  finish(outputs: Readonly<Record<string, Tensor>>): OnnxModel {
    for (const [name, tensor] of Object.entries(outputs)) {
      const identity = { type: 'Identity', domain: '', attributes: {} } as const;
      this.graph.message(1, nodeMessage(identity, [this.nameOf(tensor)], [name]));
      this.graph.message(12, valueMessage(name, tensor.dtype, this.described(tensor.shape)));
    }
    if (this.folders.size > 1) {
      throw new LiftError(
        'model-invalid',
        phrase`The weight files of the model lie in ${this.folders.size} folders: ${[...this.folders].join(', ')}.`,
        'Put all *.safetensors files of the model into one folder.',
      );
    }
    return {
      bytes: modelMessage(this.graph).bytes(),
      dataFolder: [...this.folders][0],
      inputs: this.inputs.map(({ name, dtype, shape }) => ({ name, dtype, shape })),
      outputs: Object.entries(outputs).map(([name, { dtype, shape }]) => ({ name, dtype, shape })),
    };
  }

  private described(shape: Shape): Shape | undefined {
    return this.describeShapes || shape.every((dim) => typeof dim === 'number') ? shape : undefined;
  }

  private nameOf(tensor: Tensor): string {
    const { node, output } = resolve(tensor);
    return this.names.get(node)![output]!;
  }

  private writeOperation(node: OperationNode): void {
    const inputs = node.parents.map((parent) => (parent ? this.nameOf(parent) : ''));
    const key = `${node.type} ${JSON.stringify(node.attributes)} ${inputs.join()}`;
    this.once(node, key, node.outputCount, (outputs) => {
      this.graph.message(1, nodeMessage(node, inputs, outputs));
    });
  }

  private writeInitializer(node: InitializerNode): void {
    const { data, dtype, shape } = node;
    const where = data.kind === 'inline' ? Buffer.from(data.bytes).toString('latin1') : `${data.file}:${data.offset}`;
    this.once(node, `${dtype} ${shape.join()} ${where}`, 1, ([name]) => {
      if (data.kind === 'inline') this.graph.message(5, inlineTensorMessage(name!, dtype, shape, data.bytes));
      else {
        this.folders.add(dirname(data.file));
        const at = { location: basename(data.file), offset: data.offset, bytes: data.bytes };
        this.graph.message(5, externalTensorMessage(name!, dtype, shape, at));
      }
    });
  }

  /** Gives a node the names of an equal one that has been written, or new names and writes it. */
  private once(node: Node, key: string, outputs: number, write: (names: readonly string[]) => void): void {
    let names = this.shared.get(key);
    if (!names) {
      names = Array.from({ length: outputs }, () => `v${this.values++}`);
      this.shared.set(key, names);
      write(names);
    }
    this.names.set(node, names);
  }
}
