/** A metric that an expression reads, and by which labels it chooses series of it. */
export interface Selector {
  metric: string;
  matchers: { label: string; operator: string; value: string }[];
}

const TOKENS = /"(?:[^"\\]|\\.)*"|\[[^\]]*\]|[\d.]+\w*|[a-zA-Z_:][\w:]*|[=!]~|!=|\S/g;
const MATCHERS = /(\w+)\s*(=~|!~|!=|=)\s*"((?:[^"\\]|\\.)*)"/g;
/** Words that a list of labels in parentheses follows. */
const LABEL_LISTS = new Set(['by', 'without', 'on', 'ignoring', 'group_left', 'group_right']);
const OPERATORS = new Set(['and', 'or', 'unless', 'bool', 'offset', 'atan2']);

/** What a PromQL expression reads. It need not be valid: promtool checks that. */
export function selectorsOf(expression: string): Selector[] {
  const tokens: string[] = expression.match(TOKENS) ?? [];
  const found: Selector[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const [token, next] = [tokens[at]!, tokens[at + 1]];
    if (LABEL_LISTS.has(token)) {
      at = tokens.indexOf(')', at);
    } else if (/^[a-zA-Z_:]/.test(token) && !OPERATORS.has(token)) {
      const end = next === '{' ? tokens.indexOf('}', at) : at;
      const isFunction = next === '(' || next === 'by' || next === 'without';
      if (!isFunction)
        found.push({ metric: token, matchers: matchersOf(tokens.slice(at + 1, end + 1).join('')) });
      at = end;
    }
  }
  return found;
}

/** The names of the metrics that a PromQL expression reads, each once. */
export function metricNamesOf(expression: string): string[] {
  return [...new Set(selectorsOf(expression).map(({ metric }) => metric))];
}

function matchersOf(braces: string): Selector['matchers'] {
  return [...braces.matchAll(MATCHERS)].map(([, label = '', operator = '', value = '']) => ({
    label,
    operator,
    value,
  }));
}
