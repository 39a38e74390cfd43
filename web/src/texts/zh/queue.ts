import type { queue as english } from '../en/queue.ts';
import { formatBytes, formatDate, formatLongTime, formatNumber, formatRate } from '../formats.ts';
import type { Translation } from '../translation.ts';

export const queue: Translation<typeof english> = {
  heading: '队列',
  link: '查看全貌：队列页面',
  paused: '管理员已暂停队列。仍会接收图片，图片会等待。',
  drained: '管理员正在排空队列。暂不接收图片。',
  pausedAndDrained: '管理员已停止队列：不接收图片，也不识别。',
  empty: '没有等待的图片。',
  grows: (perSecond) => `来的比识别的多：每秒多 ${formatRate(perSecond)} 张。`,
  stands: '最近半分钟没有识别任何图片。',
  drains: (ms) => `如果来的图片不再增多，大约 ${formatLongTime(ms)} 后排空。`,
  figures: {
    oldest: '最长等待时间',
    drain: '排空所需时间',
    arrivals: '每秒进入',
    departures: '每秒完成',
  },
  growing: '还在增加',
  never: '停滞',
  spans: { label: '时间范围', minutes: '5 分钟', hour: '1 小时', day: '24 小时' },
  since: { minutes: '5 分钟前', hour: '1 小时前', day: '24 小时前' },
  flow: '进入与完成',
  came: (count) => `进入 ${formatNumber(count)} 张`,
  went: (count) => `完成 ${formatNumber(count)} 张`,
  flowInWords: (came, went, canceled) =>
    canceled > 0
      ? `进入 ${formatNumber(came)} 张，完成 ${formatNumber(went)} 张，其中 ${formatNumber(canceled)} 张已取消。`
      : `进入 ${formatNumber(came)} 张，完成 ${formatNumber(went)} 张。`,
  canceled: (count) => `已取消 ${formatNumber(count)} 张`,
  bounds: {
    heading: '距离上限还有多远',
    hint: '达到上限后，会拒绝新的图片，直到有空位。',
    pictures: '图片',
    bytes: '图片的字节数',
    memory: 'Redis 的内存',
    count: (used, max) => `${formatNumber(used)} / ${formatNumber(max)}`,
    size: (used, max) => `${formatBytes(used)} / ${formatBytes(max)}`,
    unbounded: (used) => `${formatBytes(used)}，无上限`,
  },
  turns: {
    heading: '轮到谁',
    hint: '在队列中超过 32 张图片的发送者，会与同样的发送者轮流，因此大量发送不会耽误只发几张的人。',
    at_once: '首先：单张图片，先到先识别',
    in_turns: '其次：大量发送单张图片的发送者，轮流识别',
    batches: '再次：成批图片，轮流识别',
    again: '稍后：再次尝试',
    jobs: (count) => `${formatNumber(count)} 个任务`,
  },
  refused: {
    heading: '被拒绝',
    none: '没有图片被拒绝。',
  },
  failed: {
    heading: '无法识别',
    none: '每张图片都已识别。',
    last: '最近几次',
    open: '打开',
  },
  workers: {
    name: (id) => `工作进程 ${id}`,
    host: (host, pid) => `${host}，进程 ${pid}`,
    holds: '正在处理',
    nothing: '无',
    pictures: (count) => `${formatNumber(count)} 张图片`,
    picturesFor: (count, ms) => `${formatNumber(count)} 张图片，已 ${formatLongTime(ms)}`,
    rate: '速度',
    perSecond: (rate) => `每秒 ${formatRate(rate)} 张`,
    finished: '已识别',
    memory: '内存',
    uptime: '已运行',
    beat: '上次心跳',
    ago: (ms) => `${formatLongTime(ms)} 前`,
  },
  operate: {
    heading: '管理',
    enter: '以管理员身份登录',
    entering: '正在等待输入密码…',
    wrongPassword: '控制台不接受这个密码。',
    console: '控制台',
    actions: {
      pause: '暂停',
      drain: '排空',
      resume: '恢复',
      'retry-failed': '重试失败的图片',
      purge: '全部取消…',
    },
    about: {
      pause: '工作进程不再取新图片。仍会接收图片。',
      drain: '不接收图片，等待中的会继续识别。',
      resume: '结束暂停和排空。',
      'retry-failed': '重新识别因服务出错而失败、且仍保留的图片。',
      purge: '取消所有等待中的图片。',
    },
    sure: (pictures) =>
      pictures === 1
        ? '要取消队列中的 1 张图片吗？此操作无法撤销。'
        : `队列中有 ${formatNumber(pictures)} 张图片，要取消其中等待的吗？此操作无法撤销。`,
    confirm: '取消所有等待中的图片',
    keep: '保留',
    done: ({ action, count }) => {
      const n = formatNumber(count ?? 0);
      switch (action) {
        case 'pause':
          return '已暂停。工作进程会完成手上的图片。';
        case 'drain':
          return '正在排空。暂不接收图片。';
        case 'resume':
          return '已恢复接收和识别图片。';
        case 'purge':
          return `已取消 ${n} 张等待中的图片。`;
        case 'retry-failed':
          return `正在重新识别 ${n} 张图片。`;
      }
    },
    audit: '管理员操作记录',
    nobody: '还没有记录。',
    entry: (by, at) => `${by}，${formatDate(at)}`,
  },
};
