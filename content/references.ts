/** Every source that the course cites, by key. A typed table: the build tells a misspelt field before a reader does. */
export interface Reference {
  authors: string;
  year: number;
  title: string;
  /** journal, conference or publisher */
  where: string;
  url?: string;
}

export const references = {
  bengio1994: {
    authors: "Y. Bengio, P. Simard, P. Frasconi",
    year: 1994,
    title: "Learning long-term dependencies with gradient descent is difficult",
    where: "IEEE Transactions on Neural Networks 5(2), 157–166",
    url: "https://doi.org/10.1109/72.279181",
  },
  hochreiter1997: {
    authors: "S. Hochreiter, J. Schmidhuber",
    year: 1997,
    title: "Long short-term memory",
    where: "Neural Computation 9(8), 1735–1780",
    url: "https://doi.org/10.1162/neco.1997.9.8.1735",
  },
  pascanu2013: {
    authors: "R. Pascanu, T. Mikolov, Y. Bengio",
    year: 2013,
    title: "On the difficulty of training recurrent neural networks",
    where: "Proceedings of ICML 2013, 1310–1318",
    url: "https://proceedings.mlr.press/v28/pascanu13.html",
  },
  srivastava2015: {
    authors: "R. K. Srivastava, K. Greff, J. Schmidhuber",
    year: 2015,
    title: "Highway networks",
    where: "arXiv 1505.00387",
    url: "https://arxiv.org/abs/1505.00387",
  },
  elman1990: {
    authors: "J. L. Elman",
    year: 1990,
    title: "Finding structure in time",
    where: "Cognitive Science 14(2), 179–211",
    url: "https://doi.org/10.1207/s15516709cog1402_1",
  },
  williams1989: {
    authors: "R. J. Williams, D. Zipser",
    year: 1989,
    title: "A learning algorithm for continually running fully recurrent neural networks",
    where: "Neural Computation 1(2), 270–280",
    url: "https://doi.org/10.1162/neco.1989.1.2.270",
  },
  holtzman2020: {
    authors: "A. Holtzman, J. Buys, L. Du, M. Forbes, Y. Choi",
    year: 2020,
    title: "The curious case of neural text degeneration",
    where: "ICLR 2020",
    url: "https://arxiv.org/abs/1904.09751",
  },
  kingma2015: {
    authors: "D. P. Kingma, J. Ba",
    year: 2015,
    title: "Adam: a method for stochastic optimization",
    where: "ICLR 2015",
    url: "https://arxiv.org/abs/1412.6980",
  },
  zhang2023: {
    authors: "A. Zhang, Z. C. Lipton, M. Li, A. J. Smola",
    year: 2023,
    title: "Dive into Deep Learning",
    where: "Cambridge University Press; version 1.0.3",
    url: "https://d2l.ai",
  },
  saxe2014: {
    authors: "A. M. Saxe, J. L. McClelland, S. Ganguli",
    year: 2014,
    title: "Exact solutions to the nonlinear dynamics of learning in deep linear neural networks",
    where: "ICLR 2014",
    url: "https://arxiv.org/abs/1312.6120",
  },
  cho2014: {
    authors: "K. Cho, B. van Merriënboer, C. Gulcehre, D. Bahdanau, F. Bougares, H. Schwenk, Y. Bengio",
    year: 2014,
    title: "Learning phrase representations using RNN encoder–decoder for statistical machine translation",
    where: "Proceedings of EMNLP 2014, 1724–1734",
    url: "https://doi.org/10.3115/v1/D14-1179",
  },
  mikolov2013a: {
    authors: "T. Mikolov, K. Chen, G. Corrado, J. Dean",
    year: 2013,
    title: "Efficient estimation of word representations in vector space",
    where: "arXiv 1301.3781",
    url: "https://arxiv.org/abs/1301.3781",
  },
  mikolov2013b: {
    authors: "T. Mikolov, I. Sutskever, K. Chen, G. Corrado, J. Dean",
    year: 2013,
    title: "Distributed representations of words and phrases and their compositionality",
    where: "Advances in Neural Information Processing Systems 26",
    url: "https://arxiv.org/abs/1310.4546",
  },
  mikolov2013c: {
    authors: "T. Mikolov, W. Yih, G. Zweig",
    year: 2013,
    title: "Linguistic regularities in continuous space word representations",
    where: "Proceedings of NAACL-HLT 2013, 746–751",
    url: "https://aclanthology.org/N13-1090/",
  },
  pennington2014: {
    authors: "J. Pennington, R. Socher, C. D. Manning",
    year: 2014,
    title: "GloVe: global vectors for word representation",
    where: "Proceedings of EMNLP 2014, 1532–1543",
    url: "https://doi.org/10.3115/v1/D14-1162",
  },
  levy2015: {
    authors: "O. Levy, Y. Goldberg, I. Dagan",
    year: 2015,
    title: "Improving distributional similarity with lessons learned from word embeddings",
    where: "Transactions of the Association for Computational Linguistics 3, 211–225",
    url: "https://doi.org/10.1162/tacl_a_00134",
  },
  maaten2008: {
    authors: "L. van der Maaten, G. Hinton",
    year: 2008,
    title: "Visualizing data using t-SNE",
    where: "Journal of Machine Learning Research 9, 2579–2605",
    url: "https://www.jmlr.org/papers/v9/vandermaaten08a.html",
  },
} satisfies Record<string, Reference>;

export type ReferenceKey = keyof typeof references;
