/** The words of the bilingual grammar; tables, so that they can be read and changed. */

export type NounClass = "person" | "animal" | "thing" | "food" | "place";

export interface Noun {
  /** English, singular and plural */
  en: readonly [string, string];
  /** French, singular and plural */
  fr: readonly [string, string];
  gender: "m" | "f";
  class: NounClass;
}

const noun = (words: string, gender: Noun["gender"], kind: NounClass): Noun => {
  const [one, many, un, plusieurs] = words.split(" ");
  return { en: [one, many], fr: [un, plusieurs], gender, class: kind };
};

export const NOUNS: readonly Noun[] = [
  noun("man men homme hommes", "m", "person"),
  noun("woman women femme femmes", "f", "person"),
  noun("boy boys garçon garçons", "m", "person"),
  noun("girl girls fille filles", "f", "person"),
  noun("child children enfant enfants", "m", "person"),
  noun("teacher teachers professeur professeurs", "m", "person"),
  noun("friend friends ami amis", "m", "person"),
  noun("cat cats chat chats", "m", "animal"),
  noun("dog dogs chien chiens", "m", "animal"),
  noun("bird birds oiseau oiseaux", "m", "animal"),
  noun("horse horses cheval chevaux", "m", "animal"),
  noun("cow cows vache vaches", "f", "animal"),
  noun("house houses maison maisons", "f", "thing"),
  noun("car cars voiture voitures", "f", "thing"),
  noun("book books livre livres", "m", "thing"),
  noun("letter letters lettre lettres", "f", "thing"),
  noun("tree trees arbre arbres", "m", "thing"),
  noun("hat hats chapeau chapeaux", "m", "thing"),
  noun("table tables table tables", "f", "thing"),
  noun("boat boats bateau bateaux", "m", "thing"),
  noun("apple apples pomme pommes", "f", "food"),
  noun("orange oranges orange oranges", "f", "food"),
  noun("cake cakes gâteau gâteaux", "m", "food"),
  noun("egg eggs œuf œufs", "m", "food"),
  noun("garden gardens jardin jardins", "m", "place"),
  noun("school schools école écoles", "f", "place"),
  noun("city cities ville villes", "f", "place"),
  noun("church churches église églises", "f", "place"),
  noun("market markets marché marchés", "m", "place"),
  noun("hotel hotels hôtel hôtels", "m", "place"),
  noun("beach beaches plage plages", "f", "place"),
  noun("park parks parc parcs", "m", "place"),
];

export interface Adjective {
  en: string;
  /** masculine, feminine, masculine plural, feminine plural, masculine before a vowel */
  fr: readonly string[];
  /** stands before its noun in French */
  isBefore: boolean;
  classes: readonly NounClass[];
}

const LIVING: readonly NounClass[] = ["person", "animal"];
const OBJECTS: readonly NounClass[] = ["animal", "thing", "food"];
const ALL: readonly NounClass[] = ["person", "animal", "thing", "food", "place"];

const adjective = (words: string, isBefore: boolean, classes: readonly NounClass[]): Adjective => {
  const [en, ...fr] = words.split(" ");
  return { en, fr: [...fr, fr[0]].slice(0, 5), isBefore, classes };
};

export const ADJECTIVES: readonly Adjective[] = [
  adjective("small petit petite petits petites", true, ALL),
  adjective("big grand grande grands grandes", true, ALL),
  adjective("young jeune jeune jeunes jeunes", true, LIVING),
  adjective("old vieux vieille vieux vieilles vieil", true, ["person", "animal", "thing", "place"]),
  adjective("beautiful beau belle beaux belles bel", true, ["person", "animal", "thing", "place"]),
  adjective("new nouveau nouvelle nouveaux nouvelles nouvel", true, ["thing", "place"]),
  adjective("good bon bonne bons bonnes", true, ["food"]),
  adjective("red rouge rouge rouges rouges", false, ["thing", "food"]),
  adjective("green vert verte verts vertes", false, ["thing", "food"]),
  adjective("black noir noire noirs noires", false, OBJECTS),
  adjective("white blanc blanche blancs blanches", false, OBJECTS),
  adjective("happy heureux heureuse heureux heureuses", false, LIVING),
  adjective("tired fatigué fatiguée fatigués fatiguées", false, LIVING),
  adjective("hungry affamé affamée affamés affamées", false, LIVING),
  adjective("quiet calme calme calmes calmes", false, ["person", "animal", "place"]),
];

export interface Verb {
  /** base form and form after he, each with its particle: "look for", "looks for" */
  en: readonly [string, string];
  /** with je, il, nous, vous, ils */
  fr: readonly string[];
  /** what it acts on; empty when it takes nothing */
  objects: readonly NounClass[];
  /** between the verb and its object, in both languages */
  preposition?: readonly [en: string, fr: string];
}

const verb = (
  en: string,
  fr: string,
  objects: readonly NounClass[],
  preposition?: Verb["preposition"],
): Verb => {
  const [base, third] = en.split("/");
  return { en: [base, third], fr: fr.split(" "), objects, preposition };
};

const GOODS: readonly NounClass[] = ["animal", "thing", "food"];
const SIGHTS: readonly NounClass[] = ["person", "animal", "thing", "place"];

export const VERBS: readonly Verb[] = [
  verb("see/sees", "vois voit voyons voyez voient", SIGHTS),
  verb("love/loves", "aime aime aimons aimez aiment", ALL),
  verb("look for/looks for", "cherche cherche cherchons cherchez cherchent", ALL),
  verb("find/finds", "trouve trouve trouvons trouvez trouvent", ALL),
  verb("watch/watches", "regarde regarde regardons regardez regardent", SIGHTS),
  verb("draw/draws", "dessine dessine dessinons dessinez dessinent", SIGHTS),
  verb("buy/buys", "achète achète achetons achetez achètent", GOODS),
  verb("sell/sells", "vends vend vendons vendez vendent", GOODS),
  verb("eat/eats", "mange mange mangeons mangez mangent", ["food"]),
  verb("help/helps", "aide aide aidons aidez aident", ["person"]),
  verb("wait for/waits for", "attends attend attendons attendez attendent", ["person"]),
  verb("go/goes", "vais va allons allez vont", ["place"], ["to", "à"]),
  verb("come/comes", "viens vient venons venez viennent", ["place"], ["from", "de"]),
  verb("speak/speaks", "parle parle parlons parlez parlent", ["person"], ["to", "à"]),
  verb("dream/dreams", "rêve rêve rêvons rêvez rêvent", ["person", "place"], ["of", "de"]),
  verb("sleep/sleeps", "dors dort dormons dormez dorment", ["place"], ["in", "dans"]),
  verb("sing/sings", "chante chante chantons chantez chantent", []),
  verb("run/runs", "cours court courons courez courent", []),
];

export const BE: Pick<Verb, "fr"> = { fr: ["suis", "est", "sommes", "êtes", "sont"] };

/** English and French pronouns; `form` picks the verb's form: je, il, nous, vous, ils. */
export const SUBJECTS: readonly { en: string; fr: string; form: number; gender: "m" | "f" }[] = [
  { en: "i", fr: "je", form: 0, gender: "m" },
  { en: "he", fr: "il", form: 1, gender: "m" },
  { en: "she", fr: "elle", form: 1, gender: "f" },
  { en: "we", fr: "nous", form: 2, gender: "m" },
  { en: "you", fr: "vous", form: 3, gender: "m" },
  { en: "they", fr: "ils", form: 4, gender: "m" },
];

export const OBJECT_PRONOUNS: readonly (readonly [en: string, fr: string])[] = [
  ["him", "le"],
  ["her", "la"],
  ["them", "les"],
];

/** French determiners: masculine, feminine, plural, masculine before a vowel, feminine before a vowel. */
export const DETERMINERS: Readonly<Record<string, readonly string[]>> = {
  the: ["le", "la", "les", "le", "la"],
  a: ["un", "une", "", "un", "une"],
  some: ["", "", "des", "", ""],
  this: ["ce", "cette", "", "cet", "cette"],
  these: ["", "", "ces", "", ""],
  my: ["mon", "ma", "mes", "mon", "mon"],
  his: ["son", "sa", "ses", "son", "son"],
  our: ["notre", "notre", "nos", "notre", "notre"],
};
