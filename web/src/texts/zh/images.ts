import type { images as english } from '../en/images.ts';
import { formatBytes, formatNumber } from '../formats.ts';
import type { Translation } from '../translation.ts';

export const images: Translation<typeof english> = {
  ways: {
    label: '输入数字的方式',
    draw: '手写',
    photo: '照片',
    photoHint: '拍照，或选择一张照片',
    files: '文件',
    filesHint: '选择图片，一张或上千张都行',
    another: '再拍一张',
  },
  examples: {
    heading: '看看它能识别什么',
    reads: '手写的数字，一个或一串都行：钢笔、铅笔或粉笔，浅底深字或深底浅字。不识别字母。',
    drop: '将图片或文件夹拖到此页面的任意位置，或直接粘贴图片。',
  },
  samples: '可以试试的图片',
  sampleImages: {
    pen: '蓝色钢笔字照片',
    pencil: '方格纸上的铅笔字',
    chalk: '黑板上的粉笔字',
    star: '不是数字',
  },
  sampleOutcomes: { pen: '识别为 7', pencil: '识别为 2', chalk: '识别为 5', star: '不确定' },
  dropHere: '松开即可识别',
  notices: {
    text: '无法识别文字。请粘贴图片，或图片的地址。',
    'http-address': '图片地址必须以 https:// 开头。请先保存图片，再在这里选择。',
    'closed-address': '只有原来的网页才能打开这张图片。请复制图片本身再粘贴，或先保存图片再在这里选择。',
    'no-pictures': '这个文件夹里没有图片。',
    'others-left-out': '已加入这个文件夹里的图片，其他文件未加入。',
  },
  closeNotice: '关闭此消息',
  images: '图片',
  imagesDone: (done, all, failed) =>
    `已完成 ${formatNumber(done)} / ${formatNumber(all)}${failed > 0 ? `，${formatNumber(failed)} 张未识别` : ''}`,
  imagesSending: ({ sent, total }) => `已发送 ${formatBytes(sent)} / ${formatBytes(total)}`,
  imagesEnded: (count, failed) =>
    `${formatNumber(count)} 张图片已全部完成。${failed > 0 ? `${formatNumber(failed)} 张无法识别。` : ''}`,
  imagesProgress: '全部图片的发送和识别进度',
  leftOut: (count, max) =>
    `有 ${formatNumber(count)} 张图片未加入：这里一次最多放 ${formatNumber(max)} 张。请移除已完成的图片，再发送其余的。`,
  removeAll: '全部移除',
  remove: (name) => `移除 ${name}`,
  showImage: (name, state, read) => (read === null ? `${name}：${state}` : `${read}，${state}，${name}`),
  cardResult: (percent, uncertain) => (uncertain ? '请核对' : percent),
  pastedName: '粘贴的图片',
  backToDrawing: '返回画布',
  notShown: {
    pending: '此浏览器无法显示这张图片，但服务可能仍能识别。',
    done: '此浏览器无法显示这张图片。',
    address: '这张图片由工作进程获取，此页面没有图片本身。',
    gone: '页面重新加载后，图片本身没有保留。',
  },
  states: {
    waiting: '等待中',
    sending: '发送中',
    queued: '排队中',
    running: '识别中',
  },
};
