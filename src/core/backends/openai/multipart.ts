import { randomBytes } from 'node:crypto';

/** A form with one file of JSON lines, to be used for fine-tuning (RFC 7578). */
export function fileForm(name: string, content: Uint8Array): { body: Uint8Array; type: string } {
  const boundary = `lift-${randomBytes(16).toString('hex')}`;
  const head =
    `--${boundary}\r\nContent-Disposition: form-data; name="purpose"\r\n\r\nfine-tune\r\n` +
    `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\n` +
    'Content-Type: application/jsonl\r\n\r\n';
  const body = Buffer.concat([Buffer.from(head), content, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  return { body, type: `multipart/form-data; boundary=${boundary}` };
}
