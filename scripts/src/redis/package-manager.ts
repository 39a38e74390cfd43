export type PackageManager = (typeof MANAGERS)[number];

/** A mirror that is away must fail within seconds; another run of apt must be waited for. */
const APT =
  'apt-get -qq -o Acquire::Retries=1 -o Acquire::http::Timeout=20 -o DPkg::Lock::Timeout=60 -o Dpkg::Use-Pty=0';

/**
 * Ways to install Redis: command lines that are tried in turn until there is a server, whether they must run as root, and
 * what a person would type.
 */
const MANAGERS = [
  {
    name: 'apt-get',
    attempts: [
      `${APT} install -y --no-install-recommends redis-server`,
      // A fresh image has no package lists yet.
      `${APT} update`,
      `${APT} install -y --no-install-recommends redis-server`,
      // dpkg has it as installed, and yet its program is missing.
      `${APT} install -y --reinstall redis-server redis-tools`,
      `${APT} install -y --no-install-recommends valkey-server`,
    ],
    asRoot: true,
    command: 'apt-get install redis-server',
  },
  {
    name: 'apk',
    attempts: ['apk add --no-cache redis', 'apk add --no-cache valkey'],
    asRoot: true,
    command: 'apk add redis',
  },
  {
    name: 'dnf',
    attempts: ['dnf install -y -q valkey', 'dnf install -y -q redis'],
    asRoot: true,
    command: 'dnf install valkey',
  },
  { name: 'brew', attempts: ['brew install --quiet redis'], asRoot: false, command: 'brew install redis' },
];

/**
 * The package manager of this system.
 *
 * @param isPresent whether a program is on the PATH
 */
export function choosePackageManager(isPresent: (program: string) => boolean): PackageManager | null {
  return MANAGERS.find((manager) => isPresent(manager.name)) ?? null;
}

/** How a person would get Redis here: the exact command for the system, and the ways without a package. */
export function redisAdvice(options: {
  manager: PackageManager | null;
  platform: NodeJS.Platform;
  isRoot: boolean;
}): string {
  const { manager, platform, isRoot } = options;
  let install = 'install Redis 6.2 or later (https://redis.io/docs/latest/operate/oss_and_stack/install/)';
  if (platform === 'win32') install = 'run this project in WSL, where Redis is available';
  if (manager) install = `run \`${manager.asRoot && !isRoot ? 'sudo ' : ''}${manager.command}\``;
  return `${install}, or set REDIS_URL to a Redis you have, or run all of it in Docker: \`docker compose up --build\``;
}
