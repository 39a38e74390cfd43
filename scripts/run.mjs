// Runs a command of this project: `node scripts/run.mjs start` or `… test [vitest arguments]`.
// Plain JavaScript, as is src/bootstrap: it runs before packages are installed and TypeScript is compiled. Nothing is
// imported before the version check, so that an old Node.js says what is wrong instead of failing on newer syntax.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    'inkqueue: Node.js 20.19 or later is needed, this is ' +
      process.versions.node +
      ' (see https://nodejs.org)\n',
  );
  process.exit(1);
}
import('./src/bootstrap/command.mjs').then((bootstrap) =>
  bootstrap.runCommand(process.argv[2], process.argv.slice(3)),
);
