import type { help as english } from '../en/help.ts';
import type { Translation } from '../translation.ts';

export const help: Translation<typeof english> = {
  open: '键盘',
  heading: '使用键盘',
  or: '或',
  keys: { space: '空格', arrows: '方向键' },
  page: '任意位置',
  sheet: '在画布上',
  number: '在一串数字上',
  batch: '在多张图片中',
  actions: {
    help: '显示这些按键',
    paste: '识别复制的图片',
    move: '画笔移动一格',
    pen: '落笔和抬笔',
    giveUp: '放弃这一笔',
    eraser: '切换画笔和橡皮擦',
    choose: '查看下一个或上一个数字',
    go: '转到下一张或上一张图片',
    ends: '转到第一张或最后一张图片',
    setRight: '更正已打开图片的识别结果',
  },
};
