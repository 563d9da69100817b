/**
 * TeX for every lesson. `\term{h}{h_t}` tags a symbol with the quantity that it stands for: the same quantity in code,
 * figures and charts has its colour and lights up with it.
 */
export const MACROS: Record<string, string> = {
  "\\term": "\\htmlClass{term}{\\htmlData{term=#1}{#2}}",
  "\\R": "\\mathbb{R}",
  "\\loss": "\\term{loss}{\\mathcal{L}}",
  "\\hid": "\\term{h}{h_{#1}}",
  "\\inp": "\\term{x}{x_{#1}}",
  "\\out": "\\term{y}{y_{#1}}",
  "\\cell": "\\term{c}{c_{#1}}",
  "\\Wx": "\\term{Wx}{W_x}",
  "\\Wh": "\\term{Wh}{W_h}",
  "\\Wy": "\\term{Wy}{W_y}",
  "\\onehot": "\\term{x}{o_{#1}}",
  "\\emb": "\\term{h}{e_{#1}}",
  "\\ctx": "\\term{y}{\\theta_{#1}}",
  "\\norm": "\\left\\lVert #1 \\right\\rVert",
  "\\diag": "\\operatorname{diag}",
  "\\softmax": "\\operatorname{softmax}",
};
