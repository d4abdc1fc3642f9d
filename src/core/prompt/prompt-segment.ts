/** What a piece of a prompt is for: training decides by it where loss falls, the preview what it highlights. */
export type SegmentRole = 'context' | 'example-answer' | 'question' | 'answer';

export interface PromptSegment {
  readonly text: string;
  readonly role: SegmentRole;
}

/** A written row. The segments joined are `prompt` + `completion`; neighbours differ in role and none is empty. */
export interface RenderedPrompt {
  readonly segments: readonly PromptSegment[];
  /** What the model reads before it answers. */
  readonly prompt: string;
  /** What it should answer, with the end mark; empty when the answer is not known. */
  readonly completion: string;
}

/** Builds a `RenderedPrompt` piece by piece. */
export class SegmentList {
  private readonly segments: { text: string; role: SegmentRole }[] = [];
  private prompt = '';

  add(role: SegmentRole, text: string): void {
    if (text === '') return;
    this.prompt += text;
    const last = this.segments.at(-1);
    if (last?.role === role) last.text += text;
    else this.segments.push({ text, role });
  }

  finish(completion: string): RenderedPrompt {
    if (completion !== '') this.segments.push({ text: completion, role: 'answer' });
    return { segments: this.segments, prompt: this.prompt, completion };
  }
}
