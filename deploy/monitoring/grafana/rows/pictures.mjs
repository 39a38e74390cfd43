import { COLORS, graph, list, number, quantiles, rate } from '../panels.mjs';

const { good, busy, slow, bad, quiet } = COLORS;
/** The mean time that a picture spends in a stage. @param {string} stage */
const meanOf = (stage) =>
  `sum(${rate(`inkqueue_prediction_${stage}_duration_seconds_sum`)}) / sum(${rate(`inkqueue_prediction_${stage}_duration_seconds_count`)})`;

export const atAGlance = {
  title: 'At a glance',
  panels: [
    number({
      title: 'Oldest waiting picture',
      description:
        'How long the picture that waits longest has waited, since the api accepted it. It rises while nothing is read. Below a second all is well; above 30 seconds an alert fires.',
      queries: [{ expr: 'max(inkqueue_queue_oldest_waiting_seconds)' }],
      unit: 's',
      steps: [
        [null, good],
        [10, slow],
        [30, bad],
      ],
      none: 'unknown',
    }),
    number({
      title: 'Workers ready',
      description:
        'Workers that announced themselves in the last four seconds. With 0, pictures wait and are not read.',
      queries: [{ expr: 'max(inkqueue_workers_ready)' }],
      steps: [
        [null, bad],
        [1, good],
      ],
      none: 'unknown',
    }),
    number({
      title: 'Redis',
      description:
        'Whether the apis reach Redis, which holds the queue. While Redis is away the api responds 503, and nothing is lost.',
      queries: [{ expr: 'max(inkqueue_redis_up{job="inkqueue-api"})' }],
      steps: [
        [null, bad],
        [1, good],
      ],
      words: { 0: 'away', 1: 'there' },
      none: 'unknown',
    }),
    number({
      title: 'Answered a second',
      description:
        'Pictures that all workers finished, with whatever result, in a second, over the last minutes.',
      queries: [{ expr: `sum(${rate('inkqueue_predictions_total')})` }],
      steps: [[null, busy]],
    }),
    list({
      title: 'Alerts that fire',
      description: 'The alerts of Prometheus that fire now. docs/runbook.md has a section for each.',
      queries: [{ expr: 'ALERTS{alertstate="firing"}' }],
      column: 'alertname',
    }),
    graph({
      title: 'In the queue',
      description:
        'Pictures that wait for a worker, and pictures that workers read now. A hill that goes down again is a burst, and no trouble.',
      queries: [
        { expr: 'max(inkqueue_queue_predictions{state="waiting"})', legend: 'waiting', color: slow },
        { expr: 'max(inkqueue_queue_predictions{state="running"})', legend: 'running', color: busy },
      ],
      isStacked: true,
    }),
    graph({
      title: 'Oldest waiting picture',
      description:
        'The age of the picture that waits longest. A straight line upwards means that nothing is read; a batch waits behind all others.',
      queries: [{ expr: 'max(inkqueue_queue_oldest_waiting_seconds)', legend: 'oldest', color: slow }],
      unit: 's',
      limit: 30,
    }),
    graph({
      title: 'Pictures that come and go',
      description:
        'Pictures that the apis accepted and pictures that the workers ended, a second. Where accepted stays above ended, the queue grows.',
      queries: [
        { expr: `sum(${rate('inkqueue_predictions_accepted_total')})`, legend: 'accepted', color: quiet },
        {
          expr: `sum(${rate('inkqueue_predictions_total{outcome="succeeded"}')})`,
          legend: 'succeeded',
          color: good,
        },
        {
          expr: `sum(${rate('inkqueue_predictions_total{outcome="failed"}')})`,
          legend: 'failed',
          color: bad,
        },
        {
          expr: `sum(${rate('inkqueue_predictions_total{outcome="canceled"}')})`,
          legend: 'canceled',
          color: slow,
        },
      ],
      unit: 'cps',
    }),
  ],
};

export const latency = {
  title: 'How long a picture takes, by stage',
  panels: [
    quantiles({
      title: 'From acceptance to the end',
      description:
        'What a client waits for: from the acceptance by the api to the end in the worker. Successful pictures only.',
      histogram: 'inkqueue_prediction_duration_seconds',
    }),
    quantiles({
      title: 'Waiting in the queue',
      description:
        'From acceptance until a worker began. More workers make this shorter, and nothing else on this row.',
      histogram: 'inkqueue_prediction_queue_duration_seconds',
    }),
    quantiles({
      title: 'Decoding',
      description: 'From the bytes of the image to its pixels. Photos of many megapixels take long.',
      histogram: 'inkqueue_prediction_decode_duration_seconds',
    }),
    quantiles({
      title: 'Preprocessing',
      description: 'Finding the digits and bringing them to the 28×28 pixels that the network reads.',
      histogram: 'inkqueue_prediction_preprocess_duration_seconds',
    }),
    quantiles({
      title: 'Inference',
      description: 'The run of the network in which the picture had its part, together with other pictures.',
      histogram: 'inkqueue_prediction_inference_duration_seconds',
    }),
    graph({
      title: 'Where the time goes',
      description: 'The mean time of each stage, on top of one another.',
      queries: [
        { expr: meanOf('queue'), legend: 'waiting', color: slow },
        { expr: meanOf('decode'), legend: 'decoding', color: quiet },
        { expr: meanOf('preprocess'), legend: 'preprocessing', color: busy },
        { expr: meanOf('inference'), legend: 'inference', color: good },
      ],
      unit: 's',
      isStacked: true,
    }),
  ],
};

export const throughput = {
  title: 'Throughput',
  panels: [
    graph({
      title: 'Pictures a second, by worker',
      description: 'What each worker ends. One that stays far below the others hangs or gets too little CPU.',
      queries: [
        { expr: `sum by (instance) (${rate('inkqueue_predictions_total')})`, legend: '{{instance}}' },
      ],
      unit: 'cps',
      isStacked: true,
    }),
    graph({
      title: 'Pictures running, by worker',
      description: 'Pictures that each worker holds at this moment.',
      queries: [{ expr: 'inkqueue_predictions_running', legend: '{{instance}}' }],
      isStacked: true,
    }),
    graph({
      title: 'Size of a run of the network',
      description:
        'Candidates for digits that one run of the network reads together: the mean, and the largest of twenty. Under load it grows.',
      queries: [
        {
          expr: `sum(${rate('inkqueue_inference_batch_size_sum')}) / sum(${rate('inkqueue_inference_batch_size_count')})`,
          legend: 'mean',
          color: busy,
        },
        {
          expr: `histogram_quantile(0.95, sum by (le) (${rate('inkqueue_inference_batch_size_bucket')}))`,
          legend: 'p95',
          color: quiet,
        },
      ],
    }),
  ],
};
