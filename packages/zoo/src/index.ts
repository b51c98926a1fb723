export { architectureNamed, architectureNames, type Architecture, type ArchitectureSizes } from './architecture.ts';
export { CIFAR10_CLASSES, cifar10DataSet, CIFAR10_FILE_NAMES, type NamedBytes } from './data/cifar10.ts';
export { type DataSet } from './data/data-set.ts';
export { DIGIT_SIZE, digits, drawDigit, type DigitDrawing } from './data/digits.ts';
export { FASHION_MNIST_CLASSES } from './data/fashion-mnist.ts';
export { idxDataSet, IDX_FILE_NAMES, idxTrainingSets, type IdxPair, type IdxSource } from './data/idx-folder.ts';
export { pictureDataSet, splitClasses, type PictureClass, type PictureSize } from './data/picture-folder.ts';
export { drawShape, SHAPE_SIZE, shapes, type MaskedDataSet, type ShapeDrawing } from './data/shapes.ts';
export {
  DIGIT_SEEDS,
  digitTrainingSets,
  firstOf,
  sampleDigits,
  sampleShapes,
  SHAPE_SEEDS,
  shapeTrainingSets,
  type TrainingSets,
} from './data/training-sets.ts';
export {
  loadCheckpoints,
  readSnapshots,
  writeSnapshots,
  type ModelCheckpoints,
  type ParameterSnapshot,
} from './model-checkpoints.ts';
export { loadModel, modelAddress, modelNames, type FetchBytes } from './models.ts';
export { parseRecipe, recipeNamed, recipeNames, type Recipe } from './recipe.ts';
export { trainerFor, trainRecipe, type TrainedModel, type TrainRecipeOptions } from './train.ts';
export {
  adapterName,
  fingerprintOf,
  readTrainingCheckpoint,
  writeTrainingCheckpoint,
  type TrainingCheckpoint,
  type TrainingState,
} from './training-checkpoint.ts';
