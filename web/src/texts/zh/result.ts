import type { result as english } from '../en/result.ts';
import { formatDate } from '../formats.ts';
import type { Translation } from '../translation.ts';

export const result: Translation<typeof english> = {
  title: (when) => `${formatDate(when)} 的结果`,
  loading: '正在获取结果…',
  noNetworkInput: '图片本身不会保留。',
  drawNew: '重新写一个',
  actions: '复制与分享',
  copyCurl: '复制为 curl',
  copyJson: '复制 JSON',
  gone: '服务已不再保存这个结果。',
  ownCopy: '这是此浏览器保留的副本，其他人打开链接时看不到。',
};
