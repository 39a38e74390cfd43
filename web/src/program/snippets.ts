/** A program that sends one picture and prints the result. */
export interface Snippet {
  language: 'curl' | 'javascript' | 'python';
  /** Under which name people save it; null where it is a command. */
  file: string | null;
  code: string;
}

/**
 * Programs that send the picture `name`, which lies beside them, to `url`, and need nothing that is not there already: curl, Node.js 20
 * or later, Python 3.
 */
export function snippetsOf({ name, url }: { name: string; url: string }): readonly Snippet[] {
  // A string of JSON is one of JavaScript, and of Python too.
  const [file, address] = [JSON.stringify(name), JSON.stringify(url)];
  return [
    { language: 'curl', file: null, code: `curl -F ${shellWord(curlField(name))} ${shellWord(url)}` },
    {
      language: 'javascript',
      file: 'predict.mjs',
      code: `import { openAsBlob } from 'node:fs';

const form = new FormData();
form.append('file', await openAsBlob(${file}), ${file});
const response = await fetch(${address}, { method: 'POST', body: form });
console.log(JSON.stringify(await response.json(), null, 2));`,
    },
    {
      language: 'python',
      file: 'predict.py',
      code: `from pathlib import Path
from urllib.request import Request, urlopen

image = Path(${file}).read_bytes()
headers = {"Content-Type": "application/octet-stream"}
with urlopen(Request(${address}, data=image, headers=headers)) as response:
    print(response.read().decode())`,
    },
  ];
}

/** Commas and semicolons in a file's name mean something to curl unless the name is quoted. */
function curlField(name: string): string {
  if (/^[\w.-]+$/.test(name)) return `file=@${name}`;
  return `file=@"${name.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

/** One word of a POSIX shell. */
function shellWord(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", "'\\''")}'`;
}
