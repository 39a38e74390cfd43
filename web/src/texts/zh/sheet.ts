import type { sheet as english } from '../en/sheet.ts';
import type { Translation } from '../translation.ts';

export const sheet: Translation<typeof english> = {
  invitation: '写一个数字，或一串数字',
  sheetLabel: '书写数字的画布',
  sheetHint: '在这里写一个数字。使用键盘时：方向键移动画笔，空格键落笔和抬笔，E 键切换橡皮擦。',
  penDown: '已落笔',
  penUp: '已抬笔',
  tools: '书写工具',
  undo: '撤销',
  redo: '重做',
  eraser: '橡皮擦',
  clear: '清空',
  penWidth: '笔画粗细',
  pens: { fine: '细', medium: '中', broad: '粗' },
  sample: '演示一下',
  sampleHint: '写一个示例数字并识别',
};
