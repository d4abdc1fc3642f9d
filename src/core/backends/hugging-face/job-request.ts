import type { HfJobsChoice } from '../../run/backend-choice';
import { programEntrypoint, programRequirements } from '../jobs/program-files';

/** The place of the repository in the container of a job. */
const MOUNT = '/lift';
const usualImage = 'pytorch/pytorch:2.6.0-cuda12.4-cudnn9-runtime';
const ray = 'ray[default,data,train]==2.58.0';

/** Where the package of a job lies in the repository. */
export function packagePath(key: string): string {
  return `${key}/package.zip`;
}

/**
 * The body of `POST /api/jobs/{namespace}`: the program in a container that has the repository mounted.
 * @param token given to the job as a secret of the hub
 */
export async function jobRequest(
  key: string,
  repository: string,
  { flavor, minutes, image = usualImage }: HfJobsChoice & { flavor: string; minutes: number },
  token: string,
): Promise<object> {
  const packages = [ray, ...(await programRequirements())].map((name) => `'${name}'`).join(' ');
  const steps = [
    `mkdir -p /tmp/lift && cd /tmp/lift`,
    `python -m zipfile -e ${MOUNT}/${packagePath(key)} .`,
    `pip install --quiet --root-user-action ignore ${packages} 'huggingface_hub>=1,<2'`,
    `exec ${programEntrypoint}`,
  ];
  return {
    dockerImage: image,
    command: ['bash', '-c', steps.join(' && ')],
    arguments: [],
    environment: {
      HF_HUB_DISABLE_TELEMETRY: '1',
      RAY_USAGE_STATS_ENABLED: '0',
      TOKENIZERS_PARALLELISM: 'false',
      PYTHONUNBUFFERED: '1',
    },
    secrets: { HF_TOKEN: token },
    flavor,
    timeoutSeconds: minutes * 60,
    labels: { program: 'lift', lift: key },
    volumes: [{ type: 'dataset', source: repository, mountPath: MOUNT, readOnly: true }],
  };
}
