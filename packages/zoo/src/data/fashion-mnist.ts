/**
 * The classes of Fashion-MNIST by label (Xiao, Rasul, Vollgraf, "Fashion-MNIST: a Novel Image Dataset for Benchmarking
 * Machine Learning Algorithms", arXiv:1708.07747, table 2). Its files are named as MNIST's.
 */
export const FASHION_MNIST_CLASSES: readonly string[] = [
  'T-shirt/top',
  'Trouser',
  'Pullover',
  'Dress',
  'Coat',
  'Sandal',
  'Shirt',
  'Sneaker',
  'Bag',
  'Ankle boot',
];

/** The class names of a data set that its name tells; undefined where numbers have to do. */
export function classNamesOf(dataSet: string): readonly string[] | undefined {
  return /fashion/i.test(dataSet) ? FASHION_MNIST_CLASSES : undefined;
}
