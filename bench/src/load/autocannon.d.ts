declare module 'autocannon' {
  /** The part of autocannon's result that is read here. Latencies are in milliseconds, `duration` in seconds. */
  export interface Result {
    duration: number;
    '2xx': number;
    non2xx: number;
    errors: number;
    timeouts: number;
    latency: { p50: number; p99: number; max: number };
  }
  export default function autocannon(options: {
    url: string;
    method: 'POST';
    headers: Record<string, string>;
    body: Buffer;
    connections: number;
    /** Seconds. */
    duration: number;
    /** Seconds. */
    timeout: number;
  }): Promise<Result>;
}
