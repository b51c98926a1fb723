export { readOnnx } from '@convscope/formats';
