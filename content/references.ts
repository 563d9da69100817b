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
  rumelhart1986: {
    authors: "D. E. Rumelhart, G. E. Hinton, R. J. Williams",
    year: 1986,
    title: "Learning representations by back-propagating errors",
    where: "Nature 323, 533–536",
    url: "https://doi.org/10.1038/323533a0",
  },
  werbos1990: {
    authors: "P. J. Werbos",
    year: 1990,
    title: "Backpropagation through time: what it does and how to do it",
    where: "Proceedings of the IEEE 78(10), 1550–1560",
    url: "https://doi.org/10.1109/5.58337",
  },
  williams1990: {
    authors: "R. J. Williams, J. Peng",
    year: 1990,
    title: "An efficient gradient-based algorithm for on-line training of recurrent network trajectories",
    where: "Neural Computation 2(4), 490–501",
    url: "https://doi.org/10.1162/neco.1990.2.4.490",
  },
  schuster1997: {
    authors: "M. Schuster, K. K. Paliwal",
    year: 1997,
    title: "Bidirectional recurrent neural networks",
    where: "IEEE Transactions on Signal Processing 45(11), 2673–2681",
    url: "https://doi.org/10.1109/78.650093",
  },
  elhihi1996: {
    authors: "S. El Hihi, Y. Bengio",
    year: 1996,
    title: "Hierarchical recurrent neural networks for long-term dependencies",
    where: "Advances in Neural Information Processing Systems 8, 493–499",
  },
  graves2013: {
    authors: "A. Graves, A. Mohamed, G. Hinton",
    year: 2013,
    title: "Speech recognition with deep recurrent neural networks",
    where: "ICASSP 2013, 6645–6649",
    url: "https://arxiv.org/abs/1303.5778",
  },
  devlin2019: {
    authors: "J. Devlin, M.-W. Chang, K. Lee, K. Toutanova",
    year: 2019,
    title: "BERT: pre-training of deep bidirectional transformers for language understanding",
    where: "Proceedings of NAACL-HLT 2019, 4171–4186",
    url: "https://arxiv.org/abs/1810.04805",
  },
  shannon1951: {
    authors: "C. E. Shannon",
    year: 1951,
    title: "Prediction and entropy of printed English",
    where: "Bell System Technical Journal 30(1), 50–64",
    url: "https://doi.org/10.1002/j.1538-7305.1951.tb01366.x",
  },
  bahdanau2015: {
    authors: "D. Bahdanau, K. Cho, Y. Bengio",
    year: 2015,
    title: "Neural machine translation by jointly learning to align and translate",
    where: "ICLR 2015",
    url: "https://arxiv.org/abs/1409.0473",
  },
  luong2015: {
    authors: "M.-T. Luong, H. Pham, C. D. Manning",
    year: 2015,
    title: "Effective approaches to attention-based neural machine translation",
    where: "Proceedings of EMNLP 2015, 1412–1421",
    url: "https://doi.org/10.18653/v1/D15-1166",
  },
  sutskever2014: {
    authors: "I. Sutskever, O. Vinyals, Q. V. Le",
    year: 2014,
    title: "Sequence to sequence learning with neural networks",
    where: "Advances in Neural Information Processing Systems 27",
    url: "https://arxiv.org/abs/1409.3215",
  },
  jain2019: {
    authors: "S. Jain, B. C. Wallace",
    year: 2019,
    title: "Attention is not explanation",
    where: "Proceedings of NAACL-HLT 2019, 3543–3556",
    url: "https://doi.org/10.18653/v1/N19-1357",
  },
  vaswani2017: {
    authors:
      "A. Vaswani, N. Shazeer, N. Parmar, J. Uszkoreit, L. Jones, A. N. Gomez, Ł. Kaiser, I. Polosukhin",
    year: 2017,
    title: "Attention is all you need",
    where: "Advances in Neural Information Processing Systems 30",
    url: "https://arxiv.org/abs/1706.03762",
  },
  bengio2015: {
    authors: "S. Bengio, O. Vinyals, N. Jaitly, N. Shazeer",
    year: 2015,
    title: "Scheduled sampling for sequence prediction with recurrent neural networks",
    where: "Advances in Neural Information Processing Systems 28",
    url: "https://arxiv.org/abs/1506.03099",
  },
  yao2015: {
    authors: "K. Yao, G. Zweig",
    year: 2015,
    title: "Sequence-to-sequence neural net models for grapheme-to-phoneme conversion",
    where: "Interspeech 2015, 3330–3334",
    url: "https://arxiv.org/abs/1506.00196",
  },
  rao2015: {
    authors: "K. Rao, F. Peng, H. Sak, F. Beaufays",
    year: 2015,
    title: "Grapheme-to-phoneme conversion using long short-term memory recurrent neural networks",
    where: "Proceedings of ICASSP 2015, 4225–4229",
    url: "https://doi.org/10.1109/ICASSP.2015.7178767",
  markov1913: {
    authors: "A. A. Markov",
    year: 1913,
    title:
      "An example of statistical investigation of the text Eugene Onegin concerning the connection of samples in chains",
    where: "translated in Science in Context 19(4), 2006, 591–600",
    url: "https://doi.org/10.1017/S0269889706001074",
  },
  shannon1948: {
    authors: "C. E. Shannon",
    year: 1948,
    title: "A mathematical theory of communication",
    where: "Bell System Technical Journal 27(3), 379–423",
    url: "https://doi.org/10.1002/j.1538-7305.1948.tb01338.x",
  },
  viterbi1967: {
    authors: "A. J. Viterbi",
    year: 1967,
    title: "Error bounds for convolutional codes and an asymptotically optimum decoding algorithm",
    where: "IEEE Transactions on Information Theory 13(2), 260–269",
    url: "https://doi.org/10.1109/TIT.1967.1054010",
  },
  baum1970: {
    authors: "L. E. Baum, T. Petrie, G. Soules, N. Weiss",
    year: 1970,
    title:
      "A maximization technique occurring in the statistical analysis of probabilistic functions of Markov chains",
    where: "Annals of Mathematical Statistics 41(1), 164–171",
    url: "https://doi.org/10.1214/aoms/1177697196",
  },
  jelinek1977: {
    authors: "F. Jelinek, R. L. Mercer, L. R. Bahl, J. K. Baker",
    year: 1977,
    title: "Perplexity: a measure of the difficulty of speech recognition tasks",
    where: "Journal of the Acoustical Society of America 62(S1), S63",
    url: "https://doi.org/10.1121/1.2016299",
  },
  katz1987: {
    authors: "S. M. Katz",
    year: 1987,
    title:
      "Estimation of probabilities from sparse data for the language model component of a speech recognizer",
    where: "IEEE Transactions on Acoustics, Speech, and Signal Processing 35(3), 400–401",
    url: "https://doi.org/10.1109/TASSP.1987.1165125",
  },
  rabiner1989: {
    authors: "L. R. Rabiner",
    year: 1989,
    title: "A tutorial on hidden Markov models and selected applications in speech recognition",
    where: "Proceedings of the IEEE 77(2), 257–286",
    url: "https://doi.org/10.1109/5.18626",
  },
  chen1999: {
    authors: "S. F. Chen, J. Goodman",
    year: 1999,
    title: "An empirical study of smoothing techniques for language modeling",
    where: "Computer Speech & Language 13(4), 359–394",
    url: "https://doi.org/10.1006/csla.1999.0128",
  },
  vandermaaten2008: {
    authors: "L. van der Maaten, G. Hinton",
    year: 2008,
    title: "Visualizing data using t-SNE",
    where: "Journal of Machine Learning Research 9, 2579–2605",
    url: "https://www.jmlr.org/papers/v9/vandermaaten08a.html",
  },
} satisfies Record<string, Reference>;

export type ReferenceKey = keyof typeof references;
