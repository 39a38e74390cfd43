import { createPrivateRedis, type PrivateRedis } from '@inkqueue/scripts/private-redis';
import { Redis } from 'ioredis';
import { until } from '../integration/until.ts';
import { openAddress } from './address.ts';

const SYNC_MS = 30_000;

/** A private Redis with its log on disk, behind an address that stays when another server takes its place. */
export async function startRedis() {
  /** The last one is the primary. */
  const servers: PrivateRedis[] = [await createPrivateRedis()];
  const primary = () => servers.at(-1) as PrivateRedis;
  const address = await openAddress(primary().url);

  /** Talks to one server itself, past the address. */
  async function ask<T>(server: PrivateRedis, question: (client: Redis) => Promise<T>): Promise<T> {
    const client = new Redis(server.url, { maxRetriesPerRequest: 1 });
    client.on('error', () => {});
    try {
      return await question(client);
    } finally {
      client.disconnect();
    }
  }

  const portOf = ({ url }: PrivateRedis) => new URL(url).port;
  const roleOf = (server: PrivateRedis) => ask(server, (client) => client.info('replication'));

  /** New connections go to this server from now on. */
  function leadWith(server: PrivateRedis): void {
    servers.splice(servers.indexOf(server), 1);
    servers.push(server);
    address.pointTo(server.url);
  }

  return {
    url: address.url,
    primary,
    ask: <T>(question: (client: Redis) => Promise<T>) => ask(primary(), question),
    /** Starts a replica of the primary. Resolves once it has everything. */
    async startReplica(): Promise<PrivateRedis> {
      const replica = await createPrivateRedis();
      servers.unshift(replica);
      const lead = primary();
      // Else it waits five seconds for other replicas that may come.
      await ask(lead, (client) => client.config('SET', 'repl-diskless-sync-delay', '0'));
      await ask(replica, (client) => client.call('REPLICAOF', '127.0.0.1', portOf(lead)));
      const isOnline = new RegExp(`port=${portOf(replica)},state=online`);
      await until('the replica has everything', async () => isOnline.test(await roleOf(lead)), SYNC_MS);
      return replica;
    },
    /** Hands over to a replica: Redis holds back writes until the replica has all of them. */
    async handOver(replica: PrivateRedis): Promise<void> {
      const target = ['TO', '127.0.0.1', portOf(replica), 'TIMEOUT', 5_000] as const;
      await ask(primary(), (client) => client.call('FAILOVER', ...target));
      await until(
        'the replica is the primary',
        async () => /role:master/.test(await roleOf(replica)),
        SYNC_MS,
      );
      leadWith(replica);
    },
    /** Promotes a replica, whatever it has. */
    async promote(replica: PrivateRedis): Promise<void> {
      await ask(replica, (client) => client.call('REPLICAOF', 'NO', 'ONE'));
      leadWith(replica);
    },
    /** Ends every server but the primary. */
    async removeFormer(): Promise<void> {
      await Promise.all(servers.splice(0, servers.length - 1).map((server) => server.remove()));
    },
    async remove(): Promise<void> {
      address.close();
      await Promise.all(servers.map((server) => server.remove()));
    },
  };
}
