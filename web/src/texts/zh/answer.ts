import type { answer as english } from '../en/answer.ts';
import { formatBytes, formatLongTime, formatNumber } from '../formats.ts';
import type { Translation } from '../translation.ts';

export const answer: Translation<typeof english> = {
  answer: '识别结果',
  yourDrawing: '你写的数字',
  readFirst: (read) => `${read}，`,
  reading: '正在识别…',
  sending: '正在发送…',
  stillSending: '仍在发往服务的途中。',
  uploading: ({ sent, total }) => `已发送 ${formatBytes(sent)} / ${formatBytes(total)}。`,
  stillWaiting: '轮到它时就会发送。',
  stillReading: '仍在识别。',
  stillQueued: '仍在识别。你的排队位置已保留。',
  ahead: (count) => (count === 0 ? '下一个就轮到它。' : `前面还有 ${formatNumber(count)} 张图片。`),
  aheadFor: (count, ms) =>
    count === 0
      ? `下一个就轮到它，大约还要 ${formatLongTime(ms)}。`
      : `前面还有 ${formatNumber(count)} 张图片，大约还要 ${formatLongTime(ms)}。`,
  sure: {
    certain: '几乎确定',
    very: '非常有把握',
    fairly: '比较有把握',
    unsure: '不太确定',
    guess: '只是猜测',
    'perhaps-none': '可能不是数字',
    'perhaps-not-all': '可能不全是数字',
  },
  ifDigit: (percent) => `如果是数字：${percent}`,
  ifAllDigits: (percent) => `如果全是数字：${percent}`,
  uncertain: '建议核对：这可能不是数字，或者写得不够清楚。',
  nextBest: (digit, percent) => `也可能是 ${digit}（${percent}）。`,
  probabilities: '每个数字的概率',
  spoken: (read, sure, percent) => `${read}。${sure}，${percent}。`,
  spokenPerhapsNone: (read, percent) => `${read}，如果它真是数字：${percent}。建议核对。`,
  spokenPerhapsNotAll: (read, percent) => `${read}，如果这些真的全是数字：${percent}。建议核对。`,
  uncertainNumber: '建议核对这串数字：有些地方不够清楚。',
  doubts: () => '建议核对带下划线的数字。',
  copyNumber: '复制数字',
  digits: '图片中的数字',
  networkInput: {
    caption: '网络看到的样子',
    captionOf: (place, count) => `第 ${place}\u00a0个数字（共\u00a0${count}\u00a0个），网络看到的样子`,
    missing: '不可用',
    inWords: (width, height, ink) => `${width} × ${height} 像素，黑底白字，墨迹占 ${Math.round(ink * 100)} %`,
  },
  feedback: {
    open: (digit) => `不是 ${digit}？告诉我们是什么`,
    question: '它到底是什么？',
    noDigit: '不是数字',
    thanks: (digit) => (digit === null ? '谢谢，已记为“不是数字”。' : `谢谢，已记为 ${digit}。`),
    change: '更改',
    notSaved: '没有保存成功。',
  },
  journey: {
    heading: '这次识别的过程',
    steps: { sent: '发送', queued: '排队', running: '识别', back: '返回', done: '完成' },
    stagesOf: '工作进程做了什么',
    stages: {
      decode: '解码',
      normalize: '归一化',
      network: '网络',
      explain: '解释',
      rest: '其他',
    },
    stage: (name, time) => `${name} ${time}`,
    model: (name, version) => `${name} ${version}`,
    worker: (id) => `工作进程 ${id}`,
    together: (others, inputs) =>
      others > 0
        ? `与另外 ${formatNumber(others)} 张图片一起识别`
        : inputs > 1
          ? `单独识别，一次处理 ${formatNumber(inputs)} 个候选`
          : '单独识别',
  },
};
