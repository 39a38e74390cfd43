import { IMAGE_MAX_BYTES } from '../../state/image-limit.ts';
import type * as english from '../en/failures.ts';
import { formatBytes } from '../formats.ts';
import type { Translation } from '../translation.ts';

export const keptHere = '你的图片已保留在这里。';

const tooLarge = '文件太大。';
const sendAgain = '请重新发送。';
const waitedTooLong = '图片在队列中等待过久。';
const sendPictureAgain = '请重新发送图片。';
const reloadPage = '请重新加载页面。';
const tryInAMoment = '请稍后重试。';
const offline = '你已离线。';
const unreachable = '无法连接服务。';
const queueAway = '暂时无法连接队列。';

export const serviceWords = false;

export const failures: Translation<typeof english.failures> = {
  'no-ink': { what: '没有找到数字。', next: '请写大一些、深一些，或拍得更清楚。' },
  'too-large': {
    what: tooLarge,
    get next() {
      return IMAGE_MAX_BYTES === null
        ? '请发送更小的图片。'
        : `请发送更小的图片，最大 ${formatBytes(IMAGE_MAX_BYTES)}。`;
    },
  },
  'too-large-for-proxy': { what: tooLarge, next: '服务前面的服务器不允许通过。请发送更小的图片。' },
  'too-many-pixels': { what: '图片的像素过多。', next: '请缩小图片，或裁剪到只留数字。' },
  'too-small': { what: '图片太小，无法识别。', next: '请发送像素更多的图片。' },
  'unsupported-format': {
    what: '这不是我们能识别的图片。',
    next: '请选择 PNG、JPEG、WebP、GIF、TIFF、AVIF 或 BMP 文件。',
  },
  'unreadable-image': { what: '图片已损坏。', next: '请重新保存，或选择其他图片。' },
  'empty-file': { what: '文件是空的。', next: '请选择其他文件。' },
  'headers-too-large': {
    what: '此浏览器随请求发送的内容过多。',
    next: '请删除本站的 Cookie，然后重试。',
  },
  drained: { what: '服务暂时不接收图片。', next: keptHere },
  'queue-full': { what: '队列已满。', next: keptHere },
  busy: { what: '服务正忙。', next: keptHere },
  'redis-unavailable': { what: queueAway, next: keptHere },
  canceled: { what: '这张图片已取消。', next: sendAgain },
  'deadline-passed': { what: waitedTooLong, next: sendAgain },
  'upload-expired': { what: waitedTooLong, next: sendAgain },
  'upload-timeout': { what: '发送时间过长。', next: '请重试，或选择更小的图片。' },
  'worker-lost': { what: '工作进程在识别时停止了。', next: sendAgain },
  'prediction-expired': { what: '这个结果已不再保留。', next: sendPictureAgain },
  'batch-expired': { what: '这些结果已不再保留。', next: sendPictureAgain },
  'batch-not-found': { what: '服务找不到这些图片。', next: sendPictureAgain },
  'prediction-not-found': { what: '服务找不到这次识别。', next: sendPictureAgain },
  'feedback-full': { what: '反馈已满，无法再接收。', next: '请改天再试。' },
  'feedback-off': { what: '服务已不再收集反馈。', next: reloadPage },
  internal: { what: '服务内部出错了。', next: tryInAMoment },
  'unreadable-file': {
    what: '无法打开这个文件。',
    next: '文件夹无法读取，请选择其中的图片。如果文件已移动，请重新选择。',
  },
  'not-sent': { what: '这张图片没有发送。', next: '轮到它之前页面重新加载了。请重新选择。' },
  'address-refused': {
    what: '此服务不从其他网页获取图片。',
    next: '请先保存图片再在这里选择，或复制图片本身再粘贴。',
  },
  'fetch-refused': { what: '服务不允许从这个地址获取图片。', next: '请先保存图片，再在这里选择。' },
  'fetch-failed': {
    what: '没有从这个地址获取到图片。',
    next: '请检查地址，或先保存图片再在这里选择。',
  },
  'changed-file': {
    what: '无法再读取这个文件。',
    next: '文件在选择后发生了变化，或此浏览器无权打开。请重新选择。',
  },
  'altered-drawing': {
    what: '此浏览器改动了你写的内容。',
    next: '它的防指纹保护会改变网页绘制的内容，因此没有发送。请允许此页面使用画布数据，或发送照片。',
  },
  'page-error': {
    what: '页面出错了。',
    next: '请重新加载。如果仍不行，可能是浏览器太旧：请更新浏览器。',
  },
  offline: { what: offline, next: '网络恢复后会继续识别。' },
  unreachable: { what: unreachable, next: keptHere },
  'unexpected-response': { what: '服务返回了此页面无法理解的内容。', next: reloadPage },
};

export const otherFailure: Translation<typeof english.otherFailure> = {
  what: '服务拒绝了这张图片。',
  next: '请重新加载页面，或换一张图片。',
};

export const resultMayBeThere = '结果可能还在。';

const noResult = { what: '此链接下没有结果。', next: '请检查链接是否复制完整，或重新写一个。' };

export const resultFailures: Translation<typeof english.resultFailures> = {
  'prediction-expired': {
    what: '这个结果已过期。',
    next: '结果只保留一段时间。请重新书写或发送。',
  },
  'prediction-not-found': noResult,
  'invalid-request': noResult,
  offline: { what: offline, next: '网络恢复后会显示结果。' },
  unreachable: { what: unreachable, next: resultMayBeThere },
  'redis-unavailable': { what: queueAway, next: resultMayBeThere },
};

export const batchFailures: Translation<typeof english.batchFailures> = {
  'batch-expired': {
    what: '这些图片已过期。',
    next: '结果只保留一段时间。请重新发送图片。',
  },
  'batch-not-found': {
    what: '此链接下没有图片。',
    next: '请检查链接是否复制完整，或重新发送图片。',
  },
};

export const otherResultFailure: Translation<typeof english.otherResultFailure> = {
  what: '无法显示结果。',
  next: tryInAMoment,
};
