import { z } from 'zod';

/** V8's CPU profile: a tree of calls, the node on top at each sample, and the microseconds between samples. */
export const cpuProfile = z.object({
  nodes: z.array(
    z.object({
      id: z.int(),
      callFrame: z.object({ functionName: z.string(), url: z.string() }),
      children: z.array(z.int()).optional(),
    }),
  ),
  samples: z.array(z.int()),
  timeDeltas: z.array(z.number()),
});
export type CpuProfile = z.infer<typeof cpuProfile>;

export type Role = 'api' | 'worker';

type Rule = readonly [stage: string, where: RegExp];

/**
 * Where the time of a sample belongs: the first of these that fits any frame of its stack, so the narrow ones come first.
 * They are tested on "file function". Where none fits, {@link shared} has the rest.
 */
const own: Record<Role, readonly Rule[]> = {
  api: [
    ['parse', /multer|busboy|streamsearch|append-field|api\/dist\/uploads/],
    [
      'notify',
      /queue-events|api\/dist\/(completions|live|followed|states|batch-progress)|socket\.io|engine\.io/,
    ],
    ['store', /shared\/dist\/node\/uploads/],
    ['enqueue', /\/bullmq\/|shared\/dist\/node\/queue|api\/dist\/(ids|submissions|job-writer)/],
    ['answer', /api\/dist\/|koa.* respond|koa-helmet|helmet/],
  ],
  worker: [
    ['decode', /worker\/dist\/pipeline\/decode|\/sharp\/|fast-png|napi-rs/],
    ['normalise', /worker\/dist\/pipeline\/normalize|model\.js toTensor/],
    ['infer', /onnxruntime|worker\/dist\/pipeline\/(model|batcher|postprocess)/],
    [
      'complete',
      /shared\/dist\/node\/uploads\.js release|bullmq.* (moveTo(Completed|Finished|Failed).*|handleCompleted|handleFailed)|worker\/dist\/consumer/,
    ],
    ['process', /worker\/dist\/|p-limit/],
    ['take', /\/bullmq\/|shared\/dist\/node\/uploads/],
  ],
};

const shared: readonly Rule[] = [
  ['garbage collection', /\(garbage collector\)/],
  ['Redis client', /ioredis|redis-parser|standard-as-callback/],
  ['HTTP', /node:_http|node:http|node:internal\/http|\/koa|on-finished|raw-body|\/router\//],
  ['sockets and event loop', /./],
];

/** Order of the rows in a table. */
export const stageOrder: readonly string[] = [
  ...new Set([
    'HTTP',
    ...['parse', 'store', 'enqueue', 'take', 'decode', 'normalise', 'infer', 'process', 'complete'],
    ...['notify', 'answer'],
    ...shared.map(([stage]) => stage),
  ]),
];

/** Sums a profile's time by stage, in microseconds. Idle time is left out. */
export function timeByStage(profile: CpuProfile, role: Role): Map<string, number> {
  const stages = stageOfNodes(profile, role);
  const times = new Map<string, number>();
  profile.samples.forEach((node, i) => {
    const stage = stages.get(node);
    if (stage) times.set(stage, (times.get(stage) ?? 0) + (profile.timeDeltas[i] ?? 0));
  });
  return times;
}

function stageOfNodes({ nodes }: CpuProfile, role: Role): Map<number, string | null> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(
    nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)),
  );
  const frameName = (id: number) => {
    const frame = byId.get(id)?.callFrame;
    return frame ? `${frame.url} ${frame.functionName}` : '';
  };
  return new Map(
    nodes.map(({ id, callFrame }) => {
      if (callFrame.functionName === '(idle)') return [id, null];
      const stack: string[] = [];
      for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) stack.push(frameName(at));
      return [id, firstMatch(stack, own[role]) ?? firstMatch(stack, shared)];
    }),
  );
}

function firstMatch(stack: readonly string[], rules: readonly Rule[]): string | null {
  return rules.find(([, where]) => stack.some((frame) => where.test(frame)))?.[0] ?? null;
}
