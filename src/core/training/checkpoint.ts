import { mkdir, readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../foundation/atomic-file';
import { LiftError } from '../foundation/lift-error';
import { phrase } from '../foundation/phrase';
import type { AdapterTensor } from '../model/adapter/adapter';
import type { Moments } from './optimiser/adamw';
import type { TensorFile } from './tensor-file';
import { readTensorFile, writeTensorFile } from './tensor-file';
import type { TrainingProgressState, TrainingState } from './training-state';

const manifestName = 'checkpoint.json';

interface Manifest {
  readonly version: 1;
  /** Says which training this is, so that it is not continued as another. */
  readonly fingerprint: string;
  readonly progress: TrainingProgressState;
  readonly state: TensorFile;
  readonly best?: TensorFile;
}

/**
 * The checkpoint of one training, in a folder of its own: `state-<step>.safetensors` (parameters and moments),
 * `best-<epoch>.safetensors`, and `checkpoint.json`, which names the two with their hashes. Tensors are written under new
 * names first; renaming the manifest into place is the one moment that decides, so that a run that is killed at any time
 * leaves the previous checkpoint or the new one, whole.
 */
export class CheckpointFolder {
  private state: { readonly step: number; readonly file: TensorFile } | undefined;
  private best: { readonly epoch: number; readonly file: TensorFile } | undefined;

  constructor(
    private readonly folder: string,
    private readonly fingerprint: string,
  ) {}

  /** @throws LiftError `disk-full`, `file-unwritable` */
  async save(state: TrainingState): Promise<void> {
    const { progress, bestParameters } = state;
    try {
      await mkdir(this.folder, { recursive: true });
      if (bestParameters !== undefined && progress.best!.epoch !== this.best?.epoch) {
        const { epoch } = progress.best!;
        this.best = { epoch, file: await writeTensorFile(this.folder, `best-${epoch}.safetensors`, bestParameters) };
      }
      if (progress.step !== this.state?.step) {
        const { step } = progress;
        this.state = { step, file: await writeTensorFile(this.folder, `state-${step}.safetensors`, tensorsOf(state)) };
      }
      const manifest: Manifest = {
        version: 1,
        fingerprint: this.fingerprint,
        progress,
        state: this.state.file,
        ...(this.best === undefined ? {} : { best: this.best.file }),
      };
      await writeFileAtomically(join(this.folder, manifestName), `${JSON.stringify(manifest, undefined, 2)}\n`);
      await this.removeOthers();
    } catch (error) {
      throw LiftError.from(error);
    }
  }

  /**
   * The saved state, or undefined when there is none.
   * @throws LiftError `run-invalid` when it belongs to another training or its files are broken.
   */
  async load(): Promise<TrainingState | undefined> {
    const manifest = await this.readManifest();
    if (manifest === undefined) return undefined;
    if (manifest.fingerprint !== this.fingerprint) {
      throw new LiftError(
        'run-invalid',
        phrase`The checkpoint in ${this.folder} belongs to another training: the settings, the model or the rows have changed since.`,
        'Undo the change to resume, or start a new run.',
      );
    }
    const { progress } = manifest;
    const state = stateOf(progress, await readTensorFile(this.folder, manifest.state));
    this.state = { step: progress.step, file: manifest.state };
    if (manifest.best !== undefined) {
      state.bestParameters = await readTensorFile(this.folder, manifest.best);
      this.best = { epoch: progress.best!.epoch, file: manifest.best };
    }
    return state;
  }

  private async readManifest(): Promise<Manifest | undefined> {
    const path = join(this.folder, manifestName);
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch (error) {
      const known = LiftError.from(error);
      if (known.code === 'file-not-found') return undefined;
      throw known;
    }
    try {
      return JSON.parse(text) as Manifest;
    } catch (cause) {
      throw new LiftError('run-invalid', phrase`${path} is not a checkpoint.`, 'Delete its folder and train again.', {
        cause,
      });
    }
  }

  /** Files of earlier checkpoints, and what a killed run left half-written. */
  private async removeOthers(): Promise<void> {
    const kept = [manifestName, this.state?.file.file, this.best?.file.file];
    for (const name of await readdir(this.folder)) {
      if (/^(state|best|checkpoint)\b/.test(name) && !kept.includes(name))
        await rm(join(this.folder, name), { force: true });
    }
  }
}

function tensorsOf({ parameters, moments }: TrainingState): Map<string, AdapterTensor> {
  const tensors = new Map<string, AdapterTensor>();
  for (const [name, { shape, data }] of parameters) {
    tensors.set(`parameter.${name}`, { shape, data });
    tensors.set(`first.${name}`, { shape, data: moments.get(name)!.first });
    tensors.set(`second.${name}`, { shape, data: moments.get(name)!.second });
  }
  return tensors;
}

function stateOf(progress: TrainingProgressState, tensors: ReadonlyMap<string, AdapterTensor>): TrainingState {
  const parameters = new Map<string, AdapterTensor>();
  const moments = new Map<string, Moments>();
  for (const [key, tensor] of tensors) {
    if (!key.startsWith('parameter.')) continue;
    const name = key.slice('parameter.'.length);
    parameters.set(name, tensor);
    moments.set(name, { first: tensors.get(`first.${name}`)!.data, second: tensors.get(`second.${name}`)!.data });
  }
  return { progress, parameters, moments, bestParameters: undefined };
}
