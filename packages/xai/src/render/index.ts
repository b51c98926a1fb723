export { colorMapNames, colorTable, type ColorMapName } from './color-maps.ts';
export { renderMaps, strongestOverChannels, tableEntry, type Rendering, type RenderOptions } from './render.ts';
export { scaleOf, type Scale, type ScaleOptions } from './scale.ts';
export {
  blankPicture,
  drawPicture,
  drawText,
  fillBox,
  LINE_HEIGHT,
  textWidth,
  wrapText,
  type Box,
  type Color,
} from './figure/drawing.ts';
export { evolutionAnimation, evolutionFrames } from './figure/evolution-animation.ts';
export { evolutionFigure } from './figure/evolution-figure.ts';
export {
  evolutionHeading,
  evolutionNotes,
  evolutionPanels,
  type EvolutionContent,
  type EvolutionPanel,
  type EvolutionStep,
} from './figure/evolution-panels.ts';
export { colorBar, overlay, resizedMap } from './figure/panels.ts';
export { pictureFigure, picturesOf, type PictureFigureContent } from './figure/picture-figure.ts';
export { BAR_HEIGHT, drawScale, type ScalePlace } from './figure/scale-bar.ts';
