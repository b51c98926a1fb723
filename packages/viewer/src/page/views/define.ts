import { LabShare } from '../share/share-menu.ts';
import { LabTour } from '../tour.ts';
import { CsKernelCard } from '../kernels/cs-kernel-card.ts';
import { CsCoverageCard } from '../model-file/cs-coverage-card.ts';
import { LabTile } from '../wall/lab-tile.ts';
import { LabWall } from '../wall/lab-wall.ts';
import { LabWorth } from '../worth/lab-worth.ts';
import { LabActivations } from './activations-view.ts';
import { LabDeconvnet } from './deconvnet-view.ts';
import { LabFilters } from './filters-view.ts';
import { LabHierarchy } from './hierarchy-view.ts';
import { LabOverview } from './overview-view.ts';
import { LabPictures } from './picture-view.ts';
import { LabTopPictures } from './top-pictures.ts';
import { LabUnitPicture } from './unit-picture.ts';
import { LabUnitStrip } from './unit-strip.ts';

/** Registers the parts of the page. */
export function defineViews(): void {
  const parts = {
    'cs-coverage-card': CsCoverageCard,
    'cs-kernel-card': CsKernelCard,
    'lab-activations': LabActivations,
    'lab-deconvnet': LabDeconvnet,
    'lab-filters': LabFilters,
    'lab-hierarchy': LabHierarchy,
    'lab-overview': LabOverview,
    'lab-pictures': LabPictures,
    'lab-share': LabShare,
    'lab-tile': LabTile,
    'lab-top-pictures': LabTopPictures,
    'lab-tour': LabTour,
    'lab-unit-picture': LabUnitPicture,
    'lab-unit-strip': LabUnitStrip,
    'lab-wall': LabWall,
    'lab-worth': LabWorth,
  };
  for (const [name, part] of Object.entries(parts)) {
    if (customElements.get(name) === undefined) customElements.define(name, part);
  }
}
