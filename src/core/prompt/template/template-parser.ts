import { lexTemplate } from './template-lexer';
import type { ProblemList } from './template-problem';
import type { Place, Tag, TemplateNode, Token } from './template-syntax';
import { phrase } from '../../foundation/phrase';

/**
 * Parses one text of a template. It never throws: what is wrong is added to `problems`, with its place, and the rest is
 * parsed as well as it can be, so that an editor can show everything at once.
 */
export function parseTemplate(problems: ProblemList): TemplateNode[] {
  return new TemplateParser(lexTemplate(problems.text, problems), problems).parse();
}

/** Blocks may stand inside each other this deep; nobody writes more by hand. */
const deepest = 32;

type BlockTag = Extract<Tag, { kind: 'features' | 'if' }>;

class TemplateParser {
  private next = 0;
  private readonly open: BlockTag[] = [];

  constructor(
    private readonly tokens: readonly Token[],
    private readonly problems: ProblemList,
  ) {}

  parse(): TemplateNode[] {
    const nodes: TemplateNode[] = [];
    while (this.next < this.tokens.length) {
      this.parseNodes(nodes);
      const stray = this.tokens[this.next++];
      if (stray?.kind === 'tag') this.reportStray(stray.tag, stray.place);
    }
    return nodes;
  }

  /** Adds nodes up to an `{{else}}`, a closing tag, or the end; that tag is left to the caller. */
  private parseNodes(nodes: TemplateNode[]): TemplateNode[] {
    for (let token = this.tokens[this.next]; token !== undefined; token = this.tokens[this.next]) {
      if (token.kind === 'text') {
        nodes.push(token);
        this.next++;
        continue;
      }
      const { tag, place } = token;
      if (tag.kind === 'else' || tag.kind === 'close') return nodes;
      this.next++;
      if (tag.kind === 'wrong') this.problems.add(place, tag.message, tag.hint);
      else if (tag.kind === 'reference') nodes.push({ kind: 'reference', reference: tag.reference, place });
      else if (tag.kind === 'literal') nodes.push({ kind: 'text', text: tag.text, place });
      else nodes.push(this.parseBlock(tag, place));
    }
    return nodes;
  }

  private parseBlock(tag: BlockTag, place: Place): TemplateNode {
    if (this.open.length === deepest) {
      this.problems.add(place, phrase`blocks stand more than ${deepest} deep.`, phrase`Write a simpler template.`);
      this.next = this.tokens.length;
    }
    if (tag.kind === 'features' && this.open.some((outer) => outer.kind === 'features')) {
      this.problems.add(
        place,
        phrase`{{#features}} stands inside another {{#features}}.`,
        phrase`Close the first one before it.`,
      );
    }
    this.open.push(tag);
    const body = this.parseNodes([]);
    const otherwise = tag.kind === 'if' && this.takeElse() ? this.parseNodes([]) : [];
    this.open.pop();
    this.takeClose(tag, place);
    return tag.kind === 'features'
      ? { kind: 'features', separator: tag.separator, body, place }
      : { kind: 'if', subject: tag.subject, equals: tag.equals, then: body, otherwise, place };
  }

  private takeElse(): boolean {
    const token = this.tokens[this.next];
    if (token?.kind !== 'tag' || token.tag.kind !== 'else') return false;
    this.next++;
    return true;
  }

  /** Takes the closing tag of a block. Another block's closing tag is left to that block. */
  private takeClose(opening: BlockTag, place: Place): void {
    for (let token = this.tokens[this.next]; token?.kind === 'tag'; token = this.tokens[this.next]) {
      if (token.tag.kind === 'close') {
        if (token.tag.block !== opening.kind) break;
        this.next++;
        return;
      }
      this.reportStray(token.tag, token.place);
      this.next++;
      this.parseNodes([]);
    }
    this.problems.add(
      place,
      phrase`{{#${opening.kind}}} is never closed.`,
      phrase`Close it with {{/${opening.kind}}}.`,
    );
  }

  private reportStray(tag: Tag, place: Place): void {
    if (tag.kind === 'else') {
      this.problems.add(
        place,
        phrase`{{else}} has no {{#if}}.`,
        phrase`One {{else}} may stand between {{#if …}} and {{/if}}.`,
      );
    } else if (tag.kind === 'close') {
      const advice = phrase`Open the block with {{#${tag.block} …}}, or take this out.`;
      this.problems.add(place, phrase`{{/${tag.block}}} closes nothing.`, advice);
    }
  }
}
