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

/** A stage, and the code whose time it takes. */
interface Rule {
  stage: string;
  /** Folders ("worker/pipeline/decode/") and modules ("worker/consumer") of this project, without their src or dist. */
  code?: readonly string[];
  /** Packages, and files of packages. */
  packages?: readonly string[];
  /** Node.js's own modules. */
  builtins?: readonly string[];
  /** Of all these, only the functions of this name. */
  functions?: RegExp;
}

/**
 * Where the time of a sample belongs: the first of these that fits any frame of its stack, so the narrow ones come first.
 * Where none fits, {@link SHARED} has the rest.
 */
export const OWN: Record<Role, readonly Rule[]> = {
  api: [
    {
      stage: 'parse',
      code: ['api/http/bodies/'],
      packages: ['multer', 'busboy', 'streamsearch', 'append-field', '@remix-run/multipart-parser'],
    },
    { stage: 'notify', code: ['api/live/'], packages: ['socket.io', 'engine.io'] },
    { stage: 'notify', packages: ['bullmq/dist/esm/classes/queue-events.js'] },
    { stage: 'store', code: ['shared/node/uploads'] },
    { stage: 'enqueue', code: ['api/queue/'], packages: ['bullmq'] },
    { stage: 'answer', code: ['api/'] },
    { stage: 'answer', packages: ['koa-helmet', 'helmet'] },
    { stage: 'answer', packages: ['koa'], functions: /^respond$/ },
  ],
  worker: [
    { stage: 'decode', code: ['worker/pipeline/decode/'], packages: ['sharp'] },
    { stage: 'normalise', code: ['worker/pipeline/normalize/', 'worker/pipeline/normalize'] },
    { stage: 'normalise', code: ['worker/pipeline/preprocess'], functions: /^toTensor$/ },
    {
      stage: 'infer',
      code: ['worker/pipeline/model', 'worker/pipeline/batcher', 'worker/pipeline/postprocess'],
    },
    { stage: 'infer', packages: ['onnxruntime-node', 'onnxruntime-common'] },
    { stage: 'complete', code: ['worker/consumer'] },
    { stage: 'complete', code: ['shared/node/uploads'], functions: /^release$/ },
    {
      stage: 'complete',
      packages: ['bullmq'],
      functions: /^(moveTo(Completed|Finished|Failed).*|handleCompleted|handleFailed)$/,
    },
    { stage: 'process', code: ['worker/'], packages: ['p-limit'] },
    { stage: 'take', code: ['shared/node/uploads'], packages: ['bullmq'] },
  ],
};

/** For what is left in either process. The last takes everything. */
export const SHARED: readonly Rule[] = [
  { stage: 'garbage collection', functions: /^\(garbage collector\)$/ },
  { stage: 'Redis client', packages: ['ioredis', 'standard-as-callback'] },
  {
    stage: 'HTTP',
    packages: ['koa', 'koa-compose', '@koa/router', 'on-finished'],
    builtins: ['_http', 'http', 'internal/http'],
  },
  { stage: 'sockets and event loop' },
];

/** Order of the rows in a table. */
export const STAGE_ORDER: readonly string[] = [
  ...new Set([
    'HTTP',
    ...['parse', 'store', 'enqueue', 'take', 'decode', 'normalise', 'infer', 'process', 'complete'],
    ...['notify', 'answer'],
    ...SHARED.map(({ stage }) => stage),
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
  const stackOf = (id: number): Frame[] => {
    const stack: Frame[] = [];
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
      const frame = byId.get(at)?.callFrame;
      if (frame) stack.push(frame);
    }
    return stack;
  };
  return new Map(
    nodes.map(({ id, callFrame }) => {
      if (callFrame.functionName === '(idle)') return [id, null];
      const stack = stackOf(id);
      return [id, firstFit(stack, OWN[role]) ?? firstFit(stack, SHARED)];
    }),
  );
}

type Frame = CpuProfile['nodes'][number]['callFrame'];

function firstFit(stack: readonly Frame[], rules: readonly Rule[]): string | null {
  return rules.find((rule) => stack.some((frame) => fits(frame, rule)))?.stage ?? null;
}

function fits(
  { url, functionName }: Frame,
  { code = [], packages = [], builtins = [], functions }: Rule,
): boolean {
  if (functions && !functions.test(functionName)) return false;
  const isAnywhere = code.length + packages.length + builtins.length === 0;
  return (
    isAnywhere ||
    code.some((path) => url.includes(compiledPath(path))) ||
    packages.some((path) => url.includes(`/node_modules/${path}${path.endsWith('.js') ? '' : '/'}`)) ||
    builtins.some((name) => url.startsWith(`node:${name}`))
  );
}

/** "worker/pipeline/decode/" → "/worker/dist/pipeline/decode/", "worker/consumer" → "/worker/dist/consumer.js". */
function compiledPath(path: string): string {
  const compiled = path.replace('/', '/dist/');
  return `/${compiled}${path.endsWith('/') ? '' : '.js'}`;
}
