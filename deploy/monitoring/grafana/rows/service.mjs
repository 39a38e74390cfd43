import { COLORS, graph, quantiles, rate } from '../panels.mjs';

const { good, busy, slow, bad, quiet } = COLORS;

export const http = {
  title: 'HTTP',
  panels: [
    graph({
      title: 'Requests a second, by status',
      description:
        'Responses of all apis. 499 is a client that went before the response; 503 says “come again later”; any other 5xx is a fault, save 504.',
      queries: [
        {
          expr: `sum(${rate('inkqueue_http_requests_total{status=~"2..|3.."}')})`,
          legend: 'ok',
          color: good,
        },
        {
          expr: `sum(${rate('inkqueue_http_requests_total{status=~"4..",status!="499"}')})`,
          legend: '4xx',
          color: slow,
        },
        { expr: `sum(${rate('inkqueue_http_requests_total{status="499"}')})`, legend: '499', color: quiet },
        {
          expr: `sum by (status) (${rate('inkqueue_http_requests_total{status=~"5.."}')})`,
          legend: '{{status}}',
        },
      ],
      unit: 'reqps',
    }),
    graph({
      title: 'Requests a second, by route',
      description: 'Which operations clients use.',
      queries: [
        {
          expr: `sum by (method, route) (${rate('inkqueue_http_requests_total')})`,
          legend: '{{method}} {{route}}',
        },
      ],
      unit: 'reqps',
    }),
    quantiles({
      title: 'POST /predict',
      description:
        'From the headers of the request to the end of the response. It includes the upload, which a slow client makes long.',
      histogram: 'inkqueue_http_request_duration_seconds',
      matchers: '{route="/predict"}',
    }),
  ],
};

export const trouble = {
  title: 'What went wrong',
  panels: [
    graph({
      title: 'Problems that clients got, by code',
      description:
        'Problem documents a second. docs/api.md says what each code means; 4xx codes are faults of requests or images.',
      queries: [{ expr: `sum by (code) (${rate('inkqueue_problems_total')})`, legend: '{{code}}' }],
      unit: 'cps',
    }),
    graph({
      title: 'Failed pictures, by code',
      description:
        'Pictures a second that ended without a result. internal, worker-lost and upload-expired are faults of the service, all others of the image.',
      queries: [
        { expr: `sum by (code) (${rate('inkqueue_prediction_failures_total')})`, legend: '{{code}}' },
      ],
      unit: 'cps',
    }),
    graph({
      title: 'Refused with 503, by route',
      description:
        'Requests a second that were told to come again later. Probes of the health routes are left out.',
      queries: [
        {
          expr: `sum by (route) (${rate('inkqueue_http_requests_total{status="503",route!~"/health.*"}')})`,
          legend: '{{route}}',
        },
      ],
      unit: 'reqps',
    }),
    graph({
      title: 'Jobs taken over from lost workers',
      description:
        'Each is a worker that was killed, ran out of memory, or stood still for five seconds. A deployment causes none.',
      queries: [
        {
          expr: 'sum(increase(inkqueue_jobs_taken_over_total[$__rate_interval]))',
          legend: 'taken over',
          color: slow,
        },
      ],
      isBars: true,
    }),
    graph({
      title: 'Attempts that failed and are retried',
      description: 'Attempts that ended with an error of the worker. A job has three.',
      queries: [
        {
          expr: 'sum(increase(inkqueue_jobs_retried_total[$__rate_interval]))',
          legend: 'retried',
          color: slow,
        },
      ],
      isBars: true,
    }),
    graph({
      title: 'Poisoned pictures',
      description: 'Pictures that failed because three workers were lost while reading them.',
      queries: [
        {
          expr: 'sum(increase(inkqueue_pictures_poisoned_total[$__rate_interval]))',
          legend: 'poisoned',
          color: bad,
        },
      ],
      isBars: true,
    }),
  ],
};

export const resources = {
  title: 'Resources',
  panels: [
    graph({
      title: 'Memory, by process',
      description:
        'Resident memory. docker-compose.yml bounds it: API_MEM_LIMIT, WORKER_MEM_LIMIT. Processes for heavy pictures come on top.',
      queries: [
        { expr: 'process_resident_memory_bytes{job=~"inkqueue-.*"}', legend: '{{job}} {{instance}}' },
      ],
      unit: 'bytes',
    }),
    graph({
      title: 'CPU, by process',
      description:
        'Cores that each process uses. Node.js runs JavaScript on one thread; decoding and the network have threads of their own.',
      queries: [
        { expr: rate('process_cpu_seconds_total{job=~"inkqueue-.*"}'), legend: '{{job}} {{instance}}' },
      ],
    }),
    graph({
      title: 'Event loop lag (p99)',
      description:
        'How late a process reacts. An alert fires for an api above 0.2 s, and for a worker above 1 s.',
      queries: [
        { expr: 'nodejs_eventloop_lag_p99_seconds{job=~"inkqueue-.*"}', legend: '{{job}} {{instance}}' },
      ],
      unit: 's',
    }),
    graph({
      title: 'How full Redis and the queue are',
      description:
        'Shares of what they may hold. Above 85 % of Redis, or 100 % of the queue, the api refuses pictures. Redis without a limit has no line.',
      queries: [
        { expr: 'inkqueue:redis_fill', legend: 'memory of Redis', color: busy },
        { expr: 'inkqueue:queue_fill{bound="pictures"}', legend: 'pictures in the queue', color: slow },
        { expr: 'inkqueue:queue_fill{bound="bytes"}', legend: 'bytes in the queue', color: quiet },
      ],
      unit: 'percentunit',
      max: 1,
      limit: 0.8,
    }),
    graph({
      title: 'Open sockets',
      description: 'Pages and programs that follow something over socket.io, by api.',
      queries: [{ expr: 'inkqueue_live_connections', legend: '{{instance}}' }],
      isStacked: true,
    }),
    graph({
      title: 'Processes, by version',
      description:
        'Processes that Prometheus sees, by role and version. During a deployment two versions stand on top of one another.',
      queries: [{ expr: 'sum by (role, version) (inkqueue_build_info)', legend: '{{role}} {{version}}' }],
      isStacked: true,
    }),
  ],
};
