import type { Snapshot, Subscription } from '@inkqueue/shared/contracts/live';
import type { LiveServer, LiveSocket } from './sockets.ts';
import type { Source, TopicSource, TopicSources } from './topics.ts';

/** One source and the room of sockets that get its snapshots. */
interface Channel {
  source: Promise<Source<Snapshot>>;
  /** Sockets whose snapshot has not been sent yet. */
  joining: number;
}

/** The room of a subscription. A socket's own room is named after its id, which has no colon. */
export const roomOf = (subscription: Subscription) =>
  `${subscription.topic}:${'id' in subscription ? subscription.id : ''}`;

/**
 * One channel for each thing that sockets of this process are subscribed to: opened by the first subscriber, shared by all,
 * closed with the last. Replying with the snapshot and joining the room happen in one turn of the event loop, so a snapshot
 * is never missed or sent twice.
 */
export function createChannels(options: { io: LiveServer; sources: TopicSources }) {
  const { io, sources } = options;
  const channels = new Map<string, Channel>();
  const { adapter } = io.of('/');

  adapter.on('delete-room', (room: string) => closeIfEmpty(room));

  function open(room: string, subscription: Subscription): Channel {
    // The compiler does not see that topic and snapshot belong together.
    const topic = sources[subscription.topic] as TopicSource<Snapshot>;
    const id = 'id' in subscription ? subscription.id : undefined;
    const channel: Channel = {
      joining: 0,
      source: topic.open(id, (snapshot) => {
        const to = topic.volatile ? io.local.volatile.to(room) : io.local.to(room);
        to.emit(subscription.topic, snapshot as never);
        // Nothing follows the last snapshot: the room goes with it.
        if (topic.isLast(snapshot)) io.local.socketsLeave(room);
      }),
    };
    channels.set(room, channel);
    return channel;
  }

  function closeIfEmpty(room: string): void {
    const channel = channels.get(room);
    if (!channel || channel.joining > 0 || adapter.rooms.has(room)) return;
    channels.delete(room);
    channel.source.then(
      (source) => source.close(),
      // A source that could not be opened is not to be closed.
      () => {},
    );
  }

  return {
    /**
     * Sends a socket the snapshot of what it subscribes to through `reply`, and every later one as an event.
     *
     * @throws what the topic's source throws; nothing was sent then
     */
    async subscribe(
      socket: LiveSocket,
      subscription: Subscription,
      reply: (snapshot: Snapshot) => void,
    ): Promise<void> {
      const room = roomOf(subscription);
      const channel = channels.get(room) ?? open(room, subscription);
      channel.joining++;
      try {
        const source = await channel.source;
        const snapshot = source.now();
        reply(snapshot);
        const wanted = socket.connected && socket.data.rooms.has(room);
        const isLast = (sources[subscription.topic] as TopicSource<Snapshot>).isLast(snapshot);
        if (wanted && !isLast) void socket.join(room);
        else socket.data.rooms.delete(room);
      } finally {
        channel.joining--;
        closeIfEmpty(room);
      }
    },
  };
}
