import type { Random } from '../random.ts';
import type { Shot } from './shot.ts';

/** Parts of a form before they are joined. */
interface Form {
  boundary: string;
  /** As Content-Type names it. */
  named: string;
  parts: { head: string; content: Buffer }[];
  newline: string;
  preamble: string;
  end: string;
}

const file = (content: Buffer, disposition = 'name="file"; filename="a.png"') => ({
  head: `Content-Disposition: form-data; ${disposition}`,
  content,
});

/** What goes wrong with forms. Each takes a form of one file and changes it. */
const KINDS: Record<string, (form: Form, image: Buffer, random: Random) => void> = {
  plain: () => {},
  'two-files': (form, image) => void form.parts.push(file(image)),
  'many-files': (form, image) => void form.parts.push(...Array.from({ length: 40 }, () => file(image))),
  'other-field': (form, image) => void form.parts.splice(0, 1, file(image, 'name="photo"; filename="a.png"')),
  'no-field': (form, image) => void form.parts.splice(0, 1, file(image, 'filename="a.png"')),
  'no-disposition': (form, image) => void form.parts.splice(0, 1, { head: 'X-Nothing: 1', content: image }),
  'no-head': (form, image) => void form.parts.splice(0, 1, { head: '', content: image }),
  'no-parts': (form) => void form.parts.splice(0),
  'text-field': (form, image) =>
    void form.parts.splice(0, 1, file(Buffer.from(image.toString('base64')), 'name="file"')),
  'more-fields': (form, _, random) => {
    const names = ['__proto__', 'constructor', 'image', 'a[b][c]', 'a[]', '', 'file'];
    for (let i = random.between(1, 20); i > 0; i--)
      form.parts.push(file(random.bytes(5), `name="${random.pick(names)}"`));
  },
  'long-head': (form, _, random) => {
    for (const part of form.parts)
      part.head += `\r\nX-Long: ${'a'.repeat(random.pick([100, 9_000, 90_000]))}`;
  },
  'many-heads': (form, _, random) => {
    for (const part of form.parts) part.head += '\r\nX-More: 1'.repeat(random.pick([10, 40, 3_000]));
  },
  'odd-name': (form, image, random) => {
    const names = ['\u0000', '../../x', '"', "UTF-8''%e5%ad%97", 'a\rb', '%', '字'.repeat(2_000), '\u202e'];
    form.parts.splice(0, 1, file(image, `name="file"; filename="${random.pick(names)}"`));
  },
  'odd-star-name': (form, image, random) => {
    const names = ["UTF-8''%e5", "''", "x'y'z%", 'UTF-8', "iso-8859-1'en'%fc", "utf-7''+ADw-"];
    form.parts.splice(0, 1, file(image, `name="file"; filename*=${random.pick(names)}`));
  },
  base64: (form, image) => {
    const content = Buffer.from(image.toString('base64'));
    form.parts.splice(0, 1, { head: `${file(image).head}\r\nContent-Transfer-Encoding: base64`, content });
  },
  nested: (form, image) => {
    const inner = join({ ...form, boundary: 'inner', parts: [file(image)] });
    form.parts.splice(0, 1, {
      head: `${file(image).head}\r\nContent-Type: multipart/mixed; boundary=inner`,
      content: inner,
    });
  },
  'boundary-inside': (form) => {
    for (const part of form.parts)
      part.content = Buffer.concat([part.content, Buffer.from(`\r\n--${form.boundary}`)]);
  },
  'other-boundary': (form) => void Object.assign(form, { named: 'boundary=other' }),
  'no-boundary': (form, _, random) =>
    void Object.assign(form, {
      named: random.pick(['', 'boundary=', 'boundary=""', 'x=y', `boundary=${'b'.repeat(9_000)}`]),
    }),
  'odd-boundary': (form, _, random) => {
    form.boundary = random.pick(["a'()+_,-./:=?", ' ', '-', '--', 'b'.repeat(70), 'b'.repeat(200)]);
    form.named = `boundary="${form.boundary}"`;
  },
  'line-feeds': (form) => void Object.assign(form, { newline: '\n' }),
  preamble: (form, _, random) => void Object.assign(form, { preamble: 'x'.repeat(random.pick([1, 70_000])) }),
  'no-end': (form, _, random) => void Object.assign(form, { end: random.pick(['', '-', '\r\n--', '--x']) }),
};

function join({ boundary, parts, newline, preamble, end }: Form): Buffer {
  const pieces = parts.flatMap(({ head, content }) => [
    Buffer.from(`--${boundary}${newline}${head}${head && newline}${newline}`),
    content,
    Buffer.from(newline),
  ]);
  return Buffer.concat([
    Buffer.from(preamble && preamble + newline),
    ...pieces,
    Buffer.from(`--${boundary}${end}`),
  ]);
}

/** A form that holds the picture, with zero to two things wrong. */
export function multipart(image: Buffer, random: Random): Pick<Shot, 'headers' | 'body' | 'steps'> {
  const form: Form = {
    boundary: 'b0undary',
    named: 'boundary=b0undary',
    parts: [file(image)],
    newline: '\r\n',
    preamble: '',
    end: '--\r\n',
  };
  const steps: string[] = [];
  for (let left = random.pick([0, 1, 1, 2]); left > 0; left--) {
    const kind = random.pick(Object.keys(KINDS));
    KINDS[kind]?.(form, image, random);
    steps.push(`form ${kind}`);
  }
  return { headers: { 'Content-Type': `multipart/form-data; ${form.named}` }, body: join(form), steps };
}
