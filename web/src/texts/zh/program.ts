import type { program as english } from '../en/program.ts';
import type { Translation } from '../translation.ts';

export const program: Translation<typeof english> = {
  heading: '在程序中使用',
  loading: '正在加载…',
  request: '请求',
  response: '响应，实时更新',
  none: '有识别结果后显示在这里。',
  language: '编程语言',
  languages: { curl: 'curl', javascript: 'JavaScript', python: 'Python' },
  save: (name) => `保存 ${name}`,
  needs: {
    curl: (_file, name) => `请在 ${name} 所在的文件夹中运行。`,
    javascript: (file, name) =>
      `请保存为 ${file}，与 ${name} 放在一起，然后运行“node ${file}”。只需 Node.js 20 或更高版本。`,
    python: (file, name) =>
      `请保存为 ${file}，与 ${name} 放在一起，然后运行“python3 ${file}”。只需 Python 3。`,
  },
  // In Latin letters: they stand in commands.
  someName: 'digit.png',
  drawingName: 'drawing.png',
};
