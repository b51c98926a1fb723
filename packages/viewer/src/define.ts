import './elements/class-scores/define.ts';
import './elements/feature-maps/define.ts';
import './elements/heatmap/define.ts';
import './elements/image-input/define.ts';
import './elements/picture/define.ts';
