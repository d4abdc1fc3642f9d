import { Random } from '../foundation/random';
import { NetworkTraining } from '../networks/network-training';
import { SmallNetwork } from '../networks/small-network';
import type { GalleryOptions, GalleryTable } from './gallery-table';
import { cellOf } from './gallery-table';

/** Epochs after which the network is the teacher: as in the paper, the later the harder its boundary. */
const epochsOf: Readonly<Record<string, number>> = { 'network-10': 10, 'network-80': 80, 'network-490': 490 };

/** The network's layers, and how far its plane goes to each side of the origin, as in the paper. */
const layers = [2, 6, 6, 2];
const reach = 6;
/** What the network learns: two rolls, one in the other. The paper's rows are not published. */
const rollRows = 200;
const turns = 1.25;
/** One network for all tables: their seed draws rows, not another boundary. */
const networkSeed = 4;

export const networkNames: readonly string[] = Object.keys(epochsOf);

const networks = new Map<string, SmallNetwork>();

/**
 * One of `networkNames`: points of a plane (`x1`, `x2`), uniform, and the class that a small network sees there. `noise` is the
 * standard deviation of what is added to both coordinates afterwards.
 */
export function networkTable(name: string, { rows, seed, noise }: GalleryOptions): GalleryTable {
  const network = networks.get(name) ?? trainedNetwork(epochsOf[name]!);
  networks.set(name, network);
  const random = Random.derive(seed, `gallery ${name}`);
  const drawn = Array.from({ length: rows }, () => {
    const point = Float64Array.from({ length: 2 }, () => reach * (2 * random.next() - 1));
    const [first, second] = network.predict(point);
    const cells = Array.from(point, (value) => cellOf(value + noise * random.normal()));
    return [...cells, first! > second! ? 'a' : 'b'];
  });
  return { columns: ['x1', 'x2', 'class'], rows: drawn };
}

function trainedNetwork(epochs: number): SmallNetwork {
  const random = new Random(networkSeed);
  const sides = Array.from({ length: rollRows }, (_, row) => row % 2);
  const learnt = {
    rows: sides.map((side) => rollPoint(side, random)),
    targets: sides.map((side) => Float64Array.of(1 - side, side)),
  };
  const network = new SmallNetwork(layers, true, random);
  const training = new NetworkTraining(network, learnt, random);
  for (let step = 0; step < epochs * training.stepsOfEpoch; step++) training.step();
  return network;
}

/** A point of one of two spirals, half a turn apart. */
function rollPoint(side: number, random: Random): Float64Array {
  const way = Math.sqrt(random.next());
  const angle = 2 * Math.PI * turns * way + Math.PI * side;
  return Float64Array.of(reach * way * Math.cos(angle), reach * way * Math.sin(angle));
}
