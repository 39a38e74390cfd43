import type { model as english } from '../en/model.ts';
import { formatNumber } from '../formats.ts';
import type { Translation } from '../translation.ts';

export const model: Translation<typeof english> = {
  title: (name, version) => `${name}，版本 ${version}`,
  loading: '正在获取服务提供的模型信息…',
  notFound: (name) => ({
    what: `当前没有工作进程在运行 ${name}。`,
    next: '只有就绪的工作进程所用的模型才有页面。',
  }),
  howWell: '识别得怎么样',
  setOf: (set, n) => `${set}：${formatNumber(n)} 张单个数字的图片`,
  readRight: (share) => `${share} 识别正确`,
  byKind: '按种类，最难的在前',
  share: (share) => `${formatNumber(share * 100)} %`,
  shareOf: (share, n) => `${share}，共 ${formatNumber(n)} 张`,
  misreads: '认错的数字',
  misreadsNone: '没有把一个数字认成另一个。',
  misread: (digit, read, count) => `${digit} 认成 ${read}，${formatNumber(count)} 次`,
  reliability: '把握与正确率的对照',
  reliabilityInWords: '可靠性图，后面的表格列出同样的数据。',
  reliabilityCaption:
    '每个点代表一组把握相近的结果，点越大，结果越多。在线上方，正确率高于它的把握；在线下方，正确率低于它的把握。',
  asTable: '以表格显示',
  sure: '把握',
  right: '正确率',
  pictures: '图片',
  tick: (share) => `${Math.round(share * 100)}`,
  card: '模型卡',
};
