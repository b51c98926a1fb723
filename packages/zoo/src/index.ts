export { type DataSet } from './data/data-set.ts';
export { DIGIT_SIZE, digits, drawDigit, type DigitDrawing } from './data/digits.ts';
export { idxDataSet, IDX_FILE_NAMES, type IdxSource } from './data/idx-folder.ts';
