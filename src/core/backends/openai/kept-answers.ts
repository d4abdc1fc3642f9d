import { createHash } from 'node:crypto';
import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { writeFileAtomically } from '../../foundation/atomic-file';
import { LiftError } from '../../foundation/lift-error';
import type { RunFolder } from '../../run/folder/run-folder';
import type { Asks, Question, Reply } from './asker';

const Token = v.object({ token: v.string(), scores: v.array(v.tuple([v.string(), v.number()])) });
const Line = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ asked: v.string(), text: v.string(), tokens: v.optional(v.array(Token)) }),
);

/**
 * The answers of a service, in `answers.jsonl` of the run folder as they come: every one was paid for, so none is asked for
 * twice, whether a prediction broke off or the same row comes again. Of a question only its hash stands there.
 */
export class KeptAnswers implements Asks {
  private constructor(
    private readonly asker: Asks,
    /** Where the model is, and which one: another one answers otherwise. */
    private readonly model: string,
    private readonly path: string,
    private readonly replies: Map<string, Reply>,
  ) {}

  static async open(asker: Asks, model: string, folder: RunFolder): Promise<KeptAnswers> {
    const path = join(folder.path, 'answers.jsonl');
    const text = await readFile(path, 'utf8').catch(() => '');
    const lines = text.split('\n').filter((line) => line !== '');
    const replies = new Map<string, Reply>();
    const whole = lines.filter((line) => {
      const parsed = v.safeParse(Line, line);
      if (!parsed.success) return false;
      const { asked, text, tokens } = parsed.output;
      const read = tokens?.map(({ token, scores }) => ({ token, scores: new Map(scores) }));
      replies.set(asked, { text, tokens: read });
      return true;
    });
    // A line that was cut by a crash would swallow the next one.
    if (whole.length < lines.length || !(text === '' || text.endsWith('\n'))) {
      await writeFileAtomically(path, whole.map((line) => `${line}\n`).join(''));
    }
    return new KeptAnswers(asker, model, path, replies);
  }

  /** Throws `disk-full`, and what the asker throws. */
  async ask(question: Question, wantsScores: boolean, signal: AbortSignal | undefined): Promise<Reply> {
    const facts = JSON.stringify([this.model, wantsScores, question]);
    const asked = createHash('sha256').update(facts).digest('hex').slice(0, 32);
    const known = this.replies.get(asked);
    if (known) return known;
    const reply = await this.asker.ask(question, wantsScores, signal);
    const tokens = reply.tokens?.map(({ token, scores }) => ({ token, scores: [...scores] }));
    try {
      await appendFile(this.path, `${JSON.stringify({ asked, text: reply.text, tokens })}\n`);
    } catch (error) {
      throw LiftError.from(error);
    }
    this.replies.set(asked, reply);
    return reply;
  }
}
