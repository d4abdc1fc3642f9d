import { LiftError } from '../foundation/lift-error';
import { phrase } from '../foundation/phrase';

/** What follows one token: which completions go on how. */
interface TrieNode {
  readonly token: number;
  readonly children: Map<number, TrieNode>;
  /** Index of the edge that leads here. */
  readonly edge: number;
}

/**
 * All completions that a prompt may have, merged where they begin alike: what is computed once for "10" serves "12" too.
 * Tokens that others follow are laid out in depth-first order behind the prompt; last tokens are only asked for.
 */
export class CompletionTree {
  /** Tokens laid out behind the prompt. */
  readonly tokens: Int32Array;
  /** Depth of each of them behind the prompt, from 0. */
  readonly depths: Int32Array;
  /** Each is seen by those from itself to before this place. */
  readonly visibleUntil: Int32Array;
  /** Edge e asks for the token `edgeTokens[e]` after the laid-out token `edgeParents[e]`; −1 is the prompt's last token. */
  readonly edgeParents: Int32Array;
  readonly edgeTokens: Int32Array;
  /** For each completion the edges that spell it. */
  readonly paths: readonly Int32Array[];

  /**
   * @param completions tokens of each
   * @throws LiftError `template-invalid` when one begins another (or is empty), as their probabilities could not be compared.
   */
  constructor(completions: readonly ArrayLike<number>[]) {
    const root: TrieNode = { token: -1, children: new Map(), edge: -1 };
    let edges = 0;
    this.paths = completions.map((completion) => {
      let node = root;
      return Int32Array.from(completion, (token) => {
        let child = node.children.get(token);
        if (child === undefined) node.children.set(token, (child = { token, children: new Map(), edge: edges++ }));
        node = child;
        return child.edge;
      });
    });
    checkEnds(completions, root);
    this.edgeParents = new Int32Array(edges);
    this.edgeTokens = new Int32Array(edges);
    const tokens: number[] = [];
    const depths: number[] = [];
    const ends: number[] = [];
    const layOut = (node: TrieNode, place: number, depth: number): void => {
      for (const child of node.children.values()) {
        this.edgeParents[child.edge] = place;
        this.edgeTokens[child.edge] = child.token;
        if (child.children.size === 0) continue;
        const own = tokens.push(child.token) - 1;
        depths.push(depth);
        layOut(child, own, depth + 1);
        ends[own] = tokens.length;
      }
    };
    layOut(root, -1, 0);
    this.tokens = Int32Array.from(tokens);
    this.depths = Int32Array.from(depths);
    this.visibleUntil = Int32Array.from(ends);
  }

  /** Positions that the longest completion takes behind the prompt; its last token needs none. */
  get depth(): number {
    return this.depths.reduce((deepest, depth) => Math.max(deepest, depth + 1), 0);
  }
}

function checkEnds(completions: readonly ArrayLike<number>[], root: TrieNode): void {
  const ended = new Set<TrieNode>([root]);
  for (const [number, completion] of completions.entries()) {
    let node = root;
    for (const token of Array.from(completion)) node = node.children.get(token)!;
    if (node.children.size > 0 || ended.has(node)) {
      throw new LiftError(
        'template-invalid',
        phrase`Answer ${number + 1} of ${completions.length} is the beginning of another, so the two cannot be told apart.`,
        'Give the template an answerEnd, such as @@@.',
      );
    }
    ended.add(node);
  }
}
