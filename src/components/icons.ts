import { LabIcon } from '@jupyterlab/ui-components';
import branchSvg from '../../style/icons/branch.svg';
import cloudSvg from '../../style/icons/cloud.svg';
import dataladSvg from '../../style/icons/datalad.svg';
import datasetSvg from '../../style/icons/dataset.svg';
import datasetAbsentSvg from '../../style/icons/dataset-absent.svg';
import mergeSvg from '../../style/icons/merge.svg';
import pinSvg from '../../style/icons/pin.svg';
import tagSvg from '../../style/icons/tag.svg';

/** The mark of this extension: side bar tab, status bar, tool bar, menus. */
export const dataladIcon = new LabIcon({ name: 'jupyterlab-datalad:datalad', svgstr: dataladSvg });
export const datasetIcon = new LabIcon({ name: 'jupyterlab-datalad:dataset', svgstr: datasetSvg });
/** A registered subdataset that is not installed. */
export const datasetAbsentIcon = new LabIcon({ name: 'jupyterlab-datalad:dataset-absent', svgstr: datasetAbsentSvg });
/** Content that is not here. */
export const cloudIcon = new LabIcon({ name: 'jupyterlab-datalad:cloud', svgstr: cloudSvg });
export const pinIcon = new LabIcon({ name: 'jupyterlab-datalad:pin', svgstr: pinSvg });
/** Names and kinds of commits. */
export const branchIcon = new LabIcon({ name: 'jupyterlab-datalad:branch', svgstr: branchSvg });
export const mergeIcon = new LabIcon({ name: 'jupyterlab-datalad:merge', svgstr: mergeSvg });
export const tagIcon = new LabIcon({ name: 'jupyterlab-datalad:tag', svgstr: tagSvg });
