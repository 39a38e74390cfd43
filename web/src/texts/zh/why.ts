import type { Region } from '../../state/prediction/why-map.ts';
import type { why as english } from '../en/why.ts';
import type { Translation } from '../translation.ts';

const places: Record<Region, string> = {
  'top-left': '左上方',
  'top-centre': '上方',
  'top-right': '右上方',
  'middle-left': '左侧',
  'middle-centre': '中间',
  'middle-right': '右侧',
  'bottom-left': '左下方',
  'bottom-centre': '下方',
  'bottom-right': '右下方',
};

export const why: Translation<typeof english> = {
  ask: '为什么是这个数字？',
  asking: '正在逐处遮住墨迹…',
  legend:
    '橙色墨迹支持这个数字，蓝色墨迹不支持：遮住橙色的，可能性会降低；遮住蓝色的，可能性会升高。指向或选择一个条形，可查看其他数字。',
  pick: (digit) => `哪些墨迹支持 ${digit}`,
  words(digit, found) {
    if (found.for && found.against)
      return `${places[found.for]}的墨迹最支持 ${digit}，${places[found.against]}的墨迹则不支持。`;
    if (found.for) return `${places[found.for]}的墨迹最支持 ${digit}。`;
    if (found.against) return `${places[found.against]}的墨迹最不支持 ${digit}。`;
    return `没有哪处墨迹明显支持或不支持 ${digit}。`;
  },
  failed: (what) => `无法解释。${what}`,
  beyond: '一长串数字中，只解释前几个数字。',
};
