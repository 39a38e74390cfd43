import type { activity as english } from '../en/activity.ts';
import { formatDuration, formatNumber, formatRate } from '../formats.ts';
import type { Translation } from '../translation.ts';

export const activity: Translation<typeof english> = {
  heading: '幕后',
  hint: '队列、工作进程，以及它们的识别速度',
  loading: '正在加载…',
  retrying: '正在重试…',
  stale: '显示的是最近一次的状态。',
  queueAway: '暂时无法连接队列。不会丢失任何内容，恢复后会继续识别。',
  noWorkers: '没有正在运行的工作进程。图片会在队列中等待。',
  waiting: '等待的任务',
  running: '正在识别的任务',
  pictures: '队列中的图片',
  workers: '工作进程',
  columns: { worker: '工作进程', model: '模型', running: '进行中' },
  moreWorkers: (count) => `另有 ${formatNumber(count)} 个`,
  finished: '已识别图片',
  latency: '出结果的时间',
  minutesAgo: (minutes) => `${minutes} 分钟前`,
  now: '现在',
  perSecond: (rate) => `每秒 ${formatNumber(rate)} 张`,
  rate: (rate) => `当前每秒 ${formatRate(rate)} 张。`,
  readInAll: (succeeded, failed, minutes) =>
    succeeded + failed === 0
      ? `最近 ${minutes} 分钟没有图片。`
      : `最近 ${minutes} 分钟 ${formatNumber(succeeded)} 张${failed > 0 ? `，${formatNumber(failed)} 张无法识别` : ''}。`,
  half: (ms) => `一半在 ${formatDuration(ms)} 内`,
  most: (ms) => `95 % 在 ${formatDuration(ms)} 内`,
  noTimes: '这段时间没有完成任何识别。',
};
