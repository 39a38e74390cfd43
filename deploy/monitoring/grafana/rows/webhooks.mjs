import { COLORS, graph, quantiles, rate } from '../panels.mjs';

const { good, slow, bad, quiet } = COLORS;
/** Attempts a second with an outcome. @param {string} outcome */
const attempts = (outcome) => `sum(${rate(`inkqueue_webhook_attempts_total{outcome="${outcome}"}`)})`;

export const webhooks = {
  title: 'Webhooks, where WEBHOOK_SECRET is set',
  panels: [
    graph({
      title: 'Attempts at deliveries, by outcome',
      description:
        'Attempts a second. A retried one is attempted again, a failed one was the last; refused: the receiver wants no more, or its address is private; dropped, without a further attempt: the prediction is gone or deleted.',
      queries: [
        { expr: attempts('delivered'), legend: 'delivered', color: good },
        { expr: attempts('retried'), legend: 'retried', color: slow },
        { expr: attempts('failed'), legend: 'failed', color: bad },
        { expr: attempts('refused'), legend: 'refused', color: quiet },
        { expr: attempts('dropped'), legend: 'dropped' },
      ],
      unit: 'cps',
    }),
    quantiles({
      title: 'How long an attempt takes',
      description:
        'From the look-up of the receiver to the end of its response. After 15 seconds an attempt has failed.',
      histogram: 'inkqueue_webhook_attempt_duration_seconds',
    }),
    graph({
      title: 'Deliveries that have not ended',
      description:
        'Those whose predictions have not ended, and those that failed and are attempted again, for up to 28 hours.',
      queries: [{ expr: 'max(inkqueue_webhook_deliveries_pending)', legend: 'pending', color: slow }],
    }),
    graph({
      title: 'Oldest overdue delivery',
      description:
        'For how long nobody looked at a delivery that should have been looked at. An alert fires above two minutes.',
      queries: [{ expr: 'max(inkqueue_webhook_overdue_seconds)', legend: 'overdue', color: bad }],
      unit: 's',
      limit: 120,
    }),
  ],
};
