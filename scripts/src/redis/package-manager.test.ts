import { describe, expect, it } from 'vitest';
import { choosePackageManager, redisAdvice } from './package-manager.ts';

const having = (...programs: string[]) => choosePackageManager((program) => programs.includes(program));

describe('choosePackageManager', () => {
  it.each(['apt-get', 'apk', 'dnf', 'brew'])('takes %s where it is present', (name) => {
    expect(having(name)?.name).toBe(name);
  });

  it('prefers the system’s own over Homebrew', () => {
    expect(having('brew', 'apt-get')?.name).toBe('apt-get');
  });

  it('finds none on a system without one of them', () => {
    expect(having('pacman')).toBeNull();
  });
});

describe('redisAdvice', () => {
  it('names the exact command, with sudo where that is needed', () => {
    const manager = having('apt-get');
    expect(redisAdvice({ manager, platform: 'linux', isRoot: false })).toContain(
      '`sudo apt-get install redis-server`',
    );
    expect(redisAdvice({ manager, platform: 'linux', isRoot: true })).toContain(
      '`apt-get install redis-server`',
    );
    expect(redisAdvice({ manager: having('brew'), platform: 'darwin', isRoot: false })).toContain(
      '`brew install redis`',
    );
  });

  it('names the ways without a package on every system', () => {
    for (const platform of ['linux', 'darwin', 'win32'] as const) {
      const advice = redisAdvice({ manager: null, platform, isRoot: false });
      expect(advice).toContain('REDIS_URL');
      expect(advice).toContain('docker compose up --build');
    }
    expect(redisAdvice({ manager: null, platform: 'win32', isRoot: false })).toContain('WSL');
  });
});
