export { colorMapNames, colorTable, type ColorMapName } from './color-maps.ts';
export { renderMaps, strongestOverChannels, tableEntry, type Rendering, type RenderOptions } from './render.ts';
export { scaleOf, type Scale, type ScaleOptions } from './scale.ts';
