// Runs a command of this project: `node scripts/run.mjs start` or `… test [vitest arguments]`.
// Plain JavaScript, as is src/bootstrap: it runs before packages are installed and TypeScript is compiled. It imports
// nothing before the version check, so that an old Node.js reports its version and not a syntax error.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `inkqueue: this is Node.js ${process.versions.node}; install 20.19 or later (https://nodejs.org)\n`,
  );
  process.exit(1);
}
import('./src/bootstrap/command.mjs').then((bootstrap) =>
  bootstrap.runCommand(process.argv[2], process.argv.slice(3)),
);
