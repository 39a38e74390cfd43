import type { history as english } from '../en/history.ts';
import { formatNumber } from '../formats.ts';
import type { Translation } from '../translation.ts';

export const history: Translation<typeof english> = {
  heading: '历史记录',
  where: '此浏览器中的结果，只保存在这台设备上。',
  drawing: '手写',
  count: (count, searched) =>
    searched
      ? count === 0
        ? '没有找到'
        : `找到 ${formatNumber(count)} 条`
      : `已保存 ${formatNumber(count)} 条`,
  remove: (read, name) => `删除 ${read}，${name}`,
  removeAll: '全部删除',
  removed: (count) => (count === 1 ? '已删除。' : `已删除 ${formatNumber(count)} 条。`),
  empty: '这里还没有内容。',
  emptyNext: '你书写和发送的内容识别后会列在这里。',
};
